"""One provision: where it stands and its words in each language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as __

from comity.core.texts.models import TextStatus
from comity.modules.library import content as c
from comity.modules.library import vocabulary as v
from comity.modules.library.forms.typed import MORE_ROWS, RowForm, Rows, every_valid, languages, typed, words
from comity.modules.library.importers.drafting import STEMS
from comity.modules.library.importers.numbers import stem
from comity.modules.library.presentation.texts import piece_of


class PlaceForm(forms.Form):
    """Kind, number and the group above."""

    kind = forms.ChoiceField(label=__("Kind"), choices=v.ProvisionKind.choices, initial=v.ProvisionKind.ARTICLE)
    number = words(__("Number"), 120, help_text=__("Without the word: 3, 111-1, 2 bis"))
    parent = forms.ChoiceField(label=__("Stands in"), required=False)
    remove = forms.BooleanField(label=__("Take this provision away; what stands below it moves up"), required=False)

    def __init__(self, *args: Any, content: c.Content, key: str, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [p for p in content.provisions if p.kind not in v.CITED_KINDS and p.key != key]
        choices = [(p.key, f"{piece_of(p, lang).label} {piece_of(p, lang).heading}".strip()) for p in groups]
        held = self.initial.get("parent", "")
        if held and held not in {k for k, _label in choices}:
            choices.append((held, held))
        field = self.fields["parent"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "—"), *choices]
        if not key:
            del self.fields["remove"]


class ProvisionTextRow(RowForm):
    """A provision's words in one language."""

    marks = ("label", "heading", "text")
    lang = forms.ChoiceField(label=__("Language"), required=False)
    status = forms.ChoiceField(label=__("What it is"), choices=TextStatus.choices, required=False)
    label = words(__("As printed"), 300, help_text=__("Section 3, Artículo 5"))
    heading = words(__("Heading"), 2000)
    text = words(__("Wording"), 500_000, rows=8, help_text=__("One line for each paragraph"))

    def __init__(self, *args: Any, lang: str = "en", status: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].initial = status
        field = self.fields["lang"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = languages(lang, [str(self.initial.get("lang", ""))])
        field.initial = lang


class ProvisionForm:
    """The whole form of a provision; gives the content with it changed, added or taken away."""

    def __init__(self, data: Any, *, content: c.Content, key: str, lang: str, after: str = "") -> None:
        self.content, self.key, self.after = content, key, after
        self.old = next((p for p in content.provisions if p.key == key), None)
        self.adding = bool(data and data.get("add"))
        beside = next((p for p in content.provisions if p.key == after), None)
        plain = self.old.model_dump() if self.old else {"parent": beside.parent if beside else ""}
        if not self.old and beside:
            plain["kind"] = beside.kind
        status = TextStatus.UNOFFICIAL if plain.get("texts") else TextStatus.ORIGINAL
        checked = data if data and not self.adding else None
        self.place = PlaceForm(checked, initial=plain, content=content, key=key, lang=lang)
        if self.adding:
            self.place.initial = typed(PlaceForm, data, "", self.place)
        self.texts = Rows(
            ProvisionTextRow, prefix="texts", initial=plain.get("texts", []), data=data, unchecked=self.adding,
            more=MORE_ROWS * self.adding, options=lambda: {"lang": lang, "status": status},
        )  # fmt: skip

    @property
    def all_forms(self) -> list[forms.Form]:
        """Every form on the page."""
        return [self.place, *self.texts.forms]

    def is_valid(self) -> bool:
        """True where everything can be read; the content then stands in `made`."""
        if self.adding or not every_valid(self.all_forms):
            return False
        texts = self.texts.values(c.ProvisionText)
        if texts is None:
            return False
        data = self.place.cleaned_data
        rows = list(self.content.provisions)
        if self.old is not None and data.get("remove"):
            gone, above = self.old.key, self.old.parent
            kept = [p.model_copy(update={"parent": above}) if p.parent == gone else p for p in rows if p.key != gone]
            tags = [t for t in self.content.tags if t.provision != gone]
            self.made = self.content.model_copy(update={"provisions": kept, "tags": tags})
            return True
        values = {"kind": data["kind"], "number": data["number"], "parent": data["parent"], "texts": texts}
        if self.old is not None:
            rows[rows.index(self.old)] = self.old.model_copy(update=values)
        else:
            self.key = self._fresh_key(data["kind"], data["number"])
            rows.insert(self._position(data["parent"]), c.Provision(key=self.key, **values))
        self.made = self.content.model_copy(update={"provisions": rows})
        return True

    def _fresh_key(self, kind: str, number: str) -> str:
        key = f"{STEMS[v.ProvisionKind(kind)]}-{stem(number)}".strip("-")
        taken = {p.key for p in self.content.provisions}
        return next(k for k in (key, *(f"{key}-{n}" for n in range(2, 10_000))) if k not in taken)

    def _position(self, parent: str) -> int:
        """After the provision named by `after`, else at the end of the group, else at the end."""
        keys = [p.key for p in self.content.provisions]
        if self.after in keys:
            return keys.index(self.after) + 1
        last = max((n for n, p in enumerate(self.content.provisions) if parent in (p.key, p.parent)), default=-1)
        return last + 1 if parent and last >= 0 else len(keys)
