"""Forms that work without JavaScript: more rows on request, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from pydantic import BaseModel, ValidationError

from comity.core.texts.languages import LANGUAGE_CHOICES, UN_LANGUAGES
from comity.modules.library.presentation.texts import language_name

M = TypeVar("M", bound=BaseModel)
#: Languages beside the six in which laws are often written.
_MORE = (
    "am", "az", "be", "bg", "bn", "bs", "cs", "da", "de", "el", "et", "fa", "fi", "he", "hi", "hr", "hu", "hy", "id",
    "is", "it", "ja", "ka", "kk", "km", "ko", "ky", "lo", "lt", "lv", "mk", "mn", "ms", "my", "ne", "nl", "no", "pl",
    "ps", "pt", "ro", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "tg", "th", "tk", "tr", "uk", "ur", "uz", "vi",
)  # fmt: skip
#: The empty choice where a fact is not stated.
NOT_STATED = __("not stated")
#: Further rows that one press of "add rows" gives.
MORE_ROWS = 3
#: Most rows of one list; more are refused, never cut off.
MAX_ROWS = 400


def languages(lang: str, held: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Languages to choose from: the six, then others by their name in the reader's language."""
    others = {code: language_name(code, lang) for code in {*_MORE, *held} if code and code not in UN_LANGUAGES}
    return [*LANGUAGE_CHOICES, *sorted(others.items(), key=lambda pair: pair[1])]


def optional(choices: Any, empty: Any = NOT_STATED) -> list[tuple[str, Any]]:
    """Choices with an empty one in front."""
    return [("", empty), *choices]


def day(label: Any) -> forms.DateField:
    """A day that need not be given."""
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


def words(label: Any, length: int = 300, rows: int = 0, help_text: Any = "") -> forms.CharField:
    """Words that need not be given; with `rows` in several lines."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=length, widget=widget, help_text=help_text)


def choice(label: Any, choices: Any, empty: Any = NOT_STATED) -> forms.ChoiceField:
    """One of a list, or nothing."""
    return forms.ChoiceField(label=label, required=False, choices=optional(choices, empty))


def every_valid(every: Sequence[forms.Form]) -> bool:
    """Checks all of them, also after the first that is wrong, so that every mistake is shown at once."""
    wrong = [form for form in every if not form.is_valid()]
    return not wrong


class LinesField(forms.CharField):
    """Several values, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


class RowForm(forms.Form):
    """A row of a list. It counts where it stood there before or one of the fields `marks` is filled, unless removed."""

    marks: tuple[str, ...] = ()
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=__("Remove"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "remove"), "remove"])

    @property
    def counts(self) -> bool:
        """True for a row to keep."""
        data = self.cleaned_data
        return not data.get("remove") and any(data.get(name) for name in ("key", *self.marks))


def made(model: type[M], form: forms.Form, **more: Any) -> M | None:
    """The value that a form gives, or None with the value's own complaints tied to the form's fields."""
    empty = ("", None)
    fields = model.model_fields
    given = {
        name: value
        for name, value in form.cleaned_data.items()
        if name in fields and (value not in empty or fields[name].is_required())
    }
    try:
        return model(**{**given, **more})
    except ValidationError as error:
        for one in error.errors():
            name = str(one["loc"][0]) if one["loc"] else ""
            form.add_error(name if name in form.fields else NON_FIELD_ERRORS, str(one["msg"]))
        return None


def typed(form_class: type[forms.Form], data: Any, prefix: str, form: forms.Form) -> dict[str, Any]:
    """What stands in a form as it was sent, for showing it again unchecked."""
    return {
        name: field.widget.value_from_datadict(data, {}, f"{prefix}-{name}" if prefix else name)
        for name, field in form.fields.items()
    }


class Rows:
    """A list of rows: shown, checked, or (`unchecked`) shown again as typed, with `more` empty rows."""

    def __init__(
        self, form_class: type[RowForm], *, prefix: str, initial: list[dict[str, Any]], data: Any = None,
        extra: int = 1, unchecked: bool = False, more: int = 0,
        options: Callable[[], dict[str, Any]] | None = None,
    ) -> None:
        kwargs = options() if options else {}
        self.prefix, self.form_class, self.checked = prefix, form_class, data is not None and not unchecked
        if data is None:
            rows = initial + [{}] * extra
            self.forms = [form_class(initial=row, prefix=f"{prefix}-{i}", **kwargs) for i, row in enumerate(rows)]
            return
        count = self._count(data)
        self.forms = []
        for i in range(count + more):
            name = f"{prefix}-{i}"
            if self.checked:
                self.forms.append(form_class(data, prefix=name, **kwargs))
            else:
                blank = form_class(prefix=name, **kwargs)
                first = typed(form_class, data, name, blank) if i < count else {}
                self.forms.append(form_class(initial=first, prefix=name, **kwargs))

    def _count(self, data: Any) -> int:
        text = data.get(f"{self.prefix}-count", "")
        if not (text.isascii() and text.isdigit() and int(text) <= MAX_ROWS):
            raise BadRequest(_("The form came incomplete. Open it again."))
        return int(text)

    @property
    def count(self) -> int:
        """How many rows the page shows."""
        return len(self.forms)

    def is_valid(self) -> bool:
        """True where every row can be read."""
        return every_valid(self.forms)

    def values(self, model: type[M], stem: str = "") -> list[M] | None:
        """The rows that count, as values; a new row gets a free key. None where one of them is not right."""
        kept = [form for form in self.forms if form.counts]
        taken = {form.cleaned_data.get("key") for form in kept}
        found: list[M] = []
        for form in kept:
            more: dict[str, Any] = {}
            if stem and not form.cleaned_data.get("key"):
                key = next(f"{stem}{n}" for n in range(1, 10_000) if f"{stem}{n}" not in taken)
                taken.add(key)
                more["key"] = key
            value = made(model, form, **more)
            if value is not None:
                found.append(value)
        return found if len(found) == len(kept) else None
