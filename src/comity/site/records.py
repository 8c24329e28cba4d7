"""All records of a node as JSON Lines that any database can take back, whatever the version of the tables."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps as installed
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

#: Made by every database for itself, or meant to end with the node: neither saved nor restored.
NOT_KEPT = frozenset({"contenttypes.contenttype", "auth.permission", "sessions.session"})
_BATCH = 500

Migrations = list[list[str]]


def applied_migrations() -> Migrations:
    """The migrations the records are at, as sorted [app, name]."""
    return sorted([app, name] for app, name in MigrationLoader(connection).applied_migrations)


def unknown_migrations(migrations: Migrations) -> list[str]:
    """Those that this version of Comity does not have."""
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    return [f"{app}.{name}" for app, name in migrations if (app, name) not in known]


def _targets(loader: MigrationLoader, migrations: Migrations) -> list[tuple[str, str]]:
    """The last migration of each app among those given."""
    given = {(app, name) for app, name in migrations if (app, name) in loader.graph.nodes}
    return [
        node
        for node in sorted(given)
        if not any(c.key in given and c.key[0] == node[0] for c in loader.graph.node_map[node].children)
    ]


def models_at(migrations: Migrations) -> list[type[models.Model]]:
    """The tables as they were after those migrations, the many-to-many ones included."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    targets = _targets(loader, migrations)
    registry = installed
    if set(targets) != set(loader.graph.leaf_nodes()):
        registry = loader.project_state(targets).apps
    return [
        model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in NOT_KEPT
    ]


def migrate_to(migrations: Migrations) -> None:
    """Brings empty records to the state after those migrations."""
    executor = MigrationExecutor(connection)
    executor.migrate(_targets(executor.loader, migrations))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def dump(model: type[models.Model], path: Path) -> int:
    """Writes every row of a table to `path`, one JSON object a line; returns how many."""
    fields = model._meta.concrete_fields
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for row in model._base_manager.order_by("pk").iterator(chunk_size=2000):
            values: dict[str, Any] = {}
            for field in fields:
                value = field.value_from_object(row)
                values[field.attname] = (
                    field.value_to_string(row)
                    if isinstance(field, models.DurationField) and value is not None
                    else _plain(value)
                )
            out.write(json.dumps(values, ensure_ascii=False) + "\n")
            count += 1
    return count


def load(model: type[models.Model], lines: Iterable[str]) -> int:
    """Inserts rows that `dump` wrote, with their keys and times as they were; returns how many."""
    fields = model._meta.concrete_fields
    size = max(1, min(_BATCH, connection.ops.bulk_batch_size(fields, [None] * _BATCH)))
    count = 0
    for batch in _batches((_row(model, json.loads(line)) for line in lines), size):
        # `raw` keeps what was stored: no field may fill itself with the present moment.
        model._base_manager.all()._insert(  # type: ignore[attr-defined]
            batch, fields=fields, using=connection.alias, raw=True
        )
        count += len(batch)
    return count


def _row(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    taken: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.attname not in values:
            continue
        value = values[field.attname]
        if isinstance(field, models.JSONField):
            taken[field.attname] = (
                models.Value(None, models.JSONField()) if value is None and not field.null else value
            )
        else:
            taken[field.attname] = None if value is None else field.to_python(value)
    return model(**taken)


def _batches(rows: Iterator[models.Model], size: int) -> Iterator[list[models.Model]]:
    batch: list[models.Model] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def load_all(tables: list[type[models.Model]], folder: Path, counts: dict[str, int]) -> None:
    """Replaces all rows of all tables by those in the folder, in one transaction.

    Raises ValueError where a table of the backup is unknown or a file holds fewer rows than it should.
    """
    by_label = {model._meta.label_lower: model for model in tables}
    if strange := sorted(set(counts) - set(by_label)):
        raise ValueError(f"This version of Comity has no table {strange[0]}.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            for model in tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        for label, expected in counts.items():
            with (folder / f"{label}.jsonl").open(encoding="utf-8") as lines:
                if load(by_label[label], lines) != expected:
                    raise ValueError(f"The backup lacks rows of {label}.")
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), tables):
                cursor.execute(statement)


def drop_all_tables() -> None:
    """Empties a PostgreSQL database of every table, inside the caller's transaction."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
