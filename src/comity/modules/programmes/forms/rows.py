"""Child rows of a record: shown, checked, or shown again as typed with more empty rows. Works without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

#: Further rows that one press of "Add rows" gives.
MORE_ROWS = 3
#: Most rows of one record on a page; more are refused, never cut off. An import takes any number.
MAX_ROWS = 400


class Rows:
    """Row forms of one class. A row counts where one of `marks` is filled and it is not marked for removal. An added
    row begins with the values that the one before has in the fields `alike`.

    `make(**kwargs)` returns a form that may have a field `remove`. Raises BadRequest where the number of rows that the
    page sent is missing or too great.
    """

    def __init__(
        self, make: Any, *, prefix: str, marks: Sequence[str], initial: Sequence[Mapping[str, Any]] = (),
        data: Any = None, unchecked: bool = False, extra: int = 1, alike: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.prefix, self.marks, self.checked = prefix, tuple(marks), data is not None and not unchecked
        if data is None:
            self.forms = [make(initial=row, prefix=self._name(i)) for i, row in enumerate([*initial, *[{}] * extra])]
            return
        count = self._count(data)
        if self.checked:
            self.forms = [make(data, prefix=self._name(i), empty_permitted=True) for i in range(count)]
            return
        self.forms = []
        last: dict[str, Any] = {}
        for i in range(count + extra):
            given = typed(make(prefix=self._name(i)), data) if i < count else {n: last.get(n) for n in alike}
            self.forms.append(make(initial=given, prefix=self._name(i)))
            last = given

    def _name(self, place: int) -> str:
        return f"{self.prefix}-{place}"

    def _count(self, data: Any) -> int:
        text = data.get(f"{self.prefix}-count", "")
        if not (text.isascii() and text.isdigit() and int(text) <= MAX_ROWS):
            raise BadRequest(_("The form came incomplete. Open it again."))
        return int(text)

    @property
    def count(self) -> int:
        """How many rows the page shows."""
        return len(self.forms)

    def _filled(self, form: Any) -> bool:
        values = typed(form, form.data)
        return not values.get("remove") and any(values.get(name) not in (None, "") for name in self.marks)

    @property
    def kept(self) -> list[Any]:
        """The rows that count."""
        return [form for form in self.forms if self._filled(form)]

    def is_valid(self) -> bool:
        """True where every row that counts can be read; all mistakes are found at once."""
        wrong = [form for form in self.kept if not form.is_valid()]
        return not wrong

    @property
    def wrong(self) -> bool:
        """True where a row that counts is not right."""
        return self.checked and any(form.errors for form in self.kept)


def typed(form: forms.BaseForm, data: Any) -> dict[str, Any]:
    """Returns what was sent for a form, unchecked."""
    return {n: f.widget.value_from_datadict(data, {}, form.add_prefix(n)) for n, f in form.fields.items()}


def remove_field() -> forms.BooleanField:
    """The box that takes a row away."""
    return forms.BooleanField(label=__("Remove"), required=False)
