import comity.core.counting.codes
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(choices=[('public', 'Public'), ('officials', 'Officials of any State'), ('own_state', 'Own State and secretariat'), ('secretariat', 'Secretariat')], db_index=True, default='own_state', max_length=20)),
                ('owner_state', models.CharField(blank=True, default='', max_length=3)),
                ('visible_from', models.DateTimeField(blank=True, null=True)),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('lang', models.CharField(choices=[('ar', 'العربية'), ('zh', '中文'), ('en', 'English'), ('fr', 'Français'), ('ru', 'Русский'), ('es', 'Español')], max_length=3)),
                ('file_name', models.CharField(max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('content', models.JSONField()),
                ('imported_by', models.CharField(max_length=120)),
                ('imported_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-imported_at'],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=80)),
                ('period_start', models.DateField(blank=True, null=True)),
                ('period_end', models.DateField(blank=True, null=True)),
                ('as_of', models.DateField()),
                ('known_at', models.DateTimeField()),
                ('value', models.DecimalField(decimal_places=10, max_digits=30)),
                ('numerator', models.DecimalField(decimal_places=10, max_digits=30, null=True)),
                ('denominator', models.DecimalField(decimal_places=10, max_digits=30, null=True)),
                ('basis', models.CharField(choices=[('computed', 'computed from records'), ('declared', 'not computed: declared count'), ('overridden', 'not computed: overridden')], default='computed', max_length=12)),
                ('records', models.PositiveIntegerField(default=0)),
                ('digest', models.CharField(max_length=64)),
                ('released', models.JSONField(blank=True, default=dict)),
                ('code_version', models.CharField(max_length=40)),
                ('computed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('computed_by', models.CharField(max_length=120)),
                ('approved_by', models.CharField(blank=True, max_length=120)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ['edition', 'slug', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DeclaredCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(choices=[('public', 'Public'), ('officials', 'Officials of any State'), ('own_state', 'Own State and secretariat'), ('secretariat', 'Secretariat')], db_index=True, default='own_state', max_length=20)),
                ('owner_state', models.CharField(blank=True, default='', max_length=3)),
                ('visible_from', models.DateTimeField(blank=True, null=True)),
                ('fact', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('recorded_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
                ('superseded_at', models.DateTimeField(blank=True, db_index=True, editable=False, null=True)),
                ('code', models.SlugField(db_index=False, max_length=60)),
                ('title', models.JSONField(default=dict)),
                ('value', models.DecimalField(decimal_places=10, max_digits=30)),
                ('unit', models.CharField(blank=True, max_length=80)),
                ('starts', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('document', models.CharField(max_length=300)),
                ('step', models.CharField(choices=[('draft', 'waiting for a second person'), ('confirmed', 'confirmed'), ('withdrawn', 'withdrawn')], default='draft', max_length=12)),
                ('fictitious', models.BooleanField(default=False)),
                ('entered_by', models.CharField(max_length=120)),
                ('step_by', models.CharField(max_length=120)),
                ('reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('code',), name='declared_current_once'), models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='declared_period')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(choices=[('public', 'Public'), ('officials', 'Officials of any State'), ('own_state', 'Own State and secretariat'), ('secretariat', 'Secretariat')], db_index=True, default='own_state', max_length=20)),
                ('owner_state', models.CharField(blank=True, default='', max_length=3)),
                ('visible_from', models.DateTimeField(blank=True, null=True)),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('state', models.CharField(choices=[('open', 'open'), ('collecting', 'collecting'), ('frozen', 'figures frozen'), ('drafting', 'drafting'), ('cleared', 'cleared'), ('in_translation', 'in translation'), ('submitted', 'submitted'), ('issued', 'issued'), ('corrected', 'corrected')], default='open', max_length=16)),
                ('title', models.JSONField(default=dict)),
                ('subtitle', models.JSONField(blank=True, default=dict)),
                ('summary', models.JSONField(blank=True, default=dict)),
                ('organization', models.JSONField(blank=True, default=dict)),
                ('organ', models.JSONField(blank=True, default=dict)),
                ('session', models.JSONField(blank=True, default=dict)),
                ('agenda_item', models.JSONField(blank=True, default=dict)),
                ('symbols', comity.core.counting.codes.CodesField(blank=True, default='')),
                ('original', models.CharField(choices=[('ar', 'العربية'), ('zh', '中文'), ('en', 'English'), ('fr', 'Français'), ('ru', 'Русский'), ('es', 'Español')], default='en', max_length=3)),
                ('period_start', models.DateField()),
                ('period_end', models.DateField()),
                ('as_of', models.DateField()),
                ('known_at', models.DateTimeField(blank=True, null=True)),
                ('previous', models.CharField(blank=True, max_length=60)),
                ('word_limit', models.PositiveIntegerField(default=8500)),
                ('allowed', comity.core.counting.codes.CodesField(blank=True, default='')),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('fictitious', models.BooleanField(default=False)),
                ('created_by', models.CharField(max_length=120)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-period_end', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('period_end__gte', models.F('period_start'))), name='edition_period_order')],
            },
        ),
        migrations.CreateModel(
            name='EditionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'open'), ('collecting', 'collecting'), ('frozen', 'figures frozen'), ('drafting', 'drafting'), ('cleared', 'cleared'), ('in_translation', 'in translation'), ('submitted', 'submitted'), ('issued', 'issued'), ('corrected', 'corrected')], max_length=16)),
                ('actor', models.CharField(max_length=120)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='reports.edition')),
            ],
            options={
                'ordering': ['edition', 'id'],
            },
        ),
        migrations.CreateModel(
            name='FigureDefinition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fact', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('recorded_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
                ('superseded_at', models.DateTimeField(blank=True, db_index=True, editable=False, null=True)),
                ('slug', models.CharField(db_index=True, max_length=80)),
                ('version', models.PositiveIntegerField(default=1)),
                ('content', models.JSONField()),
                ('edited_by', models.CharField(max_length=120)),
                ('reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ['slug', 'version'],
                'constraints': [models.UniqueConstraint(fields=('slug', 'version'), name='figure_version_once'), models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('slug',), name='figure_current_once')],
            },
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=80)),
                ('value', models.DecimalField(decimal_places=10, max_digits=30)),
                ('reason', models.CharField(max_length=500)),
                ('document', models.CharField(max_length=300)),
                ('proposed_by', models.CharField(max_length=120)),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_by', models.CharField(blank=True, max_length=120)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='reports.edition')),
            ],
            options={
                'ordering': ['edition', 'slug', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('title', models.JSONField(default=dict)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='reports.edition')),
            ],
            options={
                'ordering': ['edition', 'order'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'order'), name='section_order_once')],
            },
        ),
        migrations.CreateModel(
            name='Paragraph',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('key', models.SlugField(max_length=60)),
                ('mandates', comity.core.counting.codes.CodesField(blank=True, default='')),
                ('owner', models.CharField(blank=True, max_length=200)),
                ('written_by', models.CharField(blank=True, max_length=120)),
                ('cleared_by', models.CharField(blank=True, max_length=120)),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paragraphs', to='reports.edition')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paragraphs', to='reports.section')),
            ],
            options={
                'ordering': ['edition', 'order'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'key'), name='paragraph_key_once'), models.UniqueConstraint(fields=('edition', 'order'), name='paragraph_order_once')],
            },
        ),
        migrations.CreateModel(
            name='SnapshotRecords',
            fields=[
                ('snapshot', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='evidence', serialize=False, to='reports.snapshot')),
                ('rows', models.JSONField(default=list)),
            ],
        ),
        migrations.AddField(
            model_name='snapshot',
            name='definition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.figuredefinition'),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='reports.edition'),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='previous',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='reports.snapshot'),
        ),
        migrations.CreateModel(
            name='Binding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=80)),
                ('period_start', models.DateField(blank=True, null=True)),
                ('period_end', models.DateField(blank=True, null=True)),
                ('as_of', models.DateField(blank=True, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bindings', to='reports.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'slug'), name='binding_once')],
            },
        ),
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('archive', models.CharField(max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.CharField(max_length=120)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='reports.edition')),
            ],
            options={
                'ordering': ['edition', 'number'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'number'), name='issue_once')],
            },
        ),
        migrations.CreateModel(
            name='ParagraphText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lang', models.CharField(max_length=3)),
                ('value', models.TextField()),
                ('status', models.CharField(choices=[('original', 'original'), ('official', 'official translation'), ('unofficial', 'unofficial translation'), ('machine', 'machine translation')], max_length=12)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
                ('of_version', models.PositiveIntegerField(default=1)),
                ('written_by', models.CharField(blank=True, max_length=120)),
                ('paragraph', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='reports.paragraph')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('paragraph', 'lang'), name='paragraph_text_once')],
            },
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(fields=['edition', 'slug', 'id'], name='reports_sna_edition_c20458_idx'),
        ),
    ]
