"""How a form's fields are drawn: label, control, help and error tied together for every reader."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


def kind_of(widget: forms.Widget) -> str:
    """Returns "check" for one box, "group" for several, else "input"."""
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "group"
    return "check" if isinstance(widget, forms.CheckboxInput) else "input"


def _prepare(widget: forms.Widget) -> dict[str, Any]:
    """Gives a widget its class, and a date its calendar; own attributes of the form stay."""
    own = widget.attrs
    name = next(classes for kind, classes in _CLASSES if isinstance(widget, kind))
    others = [part for part in str(own.get("class", "")).split() if part not in (name, "is-invalid")]
    attributes: dict[str, Any] = {"class": " ".join([name, *others])}
    if isinstance(widget, forms.DateInput) and widget.input_type == "text":
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.EmailInput | forms.URLInput | forms.NumberInput):
        attributes["dir"] = own.get("dir", "ltr")
    elif isinstance(widget, forms.TextInput | forms.Textarea):
        attributes["dir"] = own.get("dir", "auto")
    if isinstance(widget, forms.Textarea):
        attributes["rows"] = own.get("rows") if own.get("rows") not in (None, "10") else "4"
    return attributes


def drawn(field: BoundField) -> dict[str, Any]:
    """Returns what the template of one field needs: control with all ties made, ids, kind."""
    widget = field.field.widget
    attributes = _prepare(widget)
    identity = field.auto_id or field.html_name
    ties = []
    if field.help_text:
        ties.append(f"{identity}_help")
    if field.errors:
        ties.append(f"{identity}_error")
        attributes["class"] += " is-invalid"
        attributes["aria-invalid"] = "true"
    kind = kind_of(widget)
    if kind == "group":
        widget.attrs.update(attributes)
    elif ties:
        attributes["aria-describedby"] = " ".join(ties)
    return {
        "field": field,
        "kind": kind,
        "control": "" if kind == "group" else field.as_widget(attrs=attributes),
        "choices": list(field.subwidgets) if kind == "group" else [],
        "id": field.id_for_label or identity,
        "help_id": f"{identity}_help",
        "error_id": f"{identity}_error",
        "described": " ".join(ties),
        "optional": not field.field.required and kind != "check",
    }


def problems(form: forms.BaseForm) -> list[tuple[str, str, str]]:
    """Returns every error of a form as (id of the control or "", label, message)."""
    found = [("", "", str(message)) for message in form.non_field_errors()]
    for field in form:
        identity = field.id_for_label or f"{field.auto_id}_0"
        found += [("" if field.is_hidden else identity, str(field.label), str(m)) for m in field.errors]
    return found
