"""The words and marks every page is made of: {% load ui %}."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from babel.numbers import format_decimal
from django import template
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.texts.languages import LANGUAGE_CHOICES, direction
from comity.ui import dates, fields, maps, timeline
from comity.ui.icons import ICONS, MIRRORED

register = template.Library()


def _language() -> str:
    return get_language() or "en"


def _query(context: Context) -> Any:
    """A copy of this address's parameters; empty where there is no request."""
    request = context.get("request")
    return request.GET.copy() if request is not None else None


def _with(context: Context, drop: tuple[str, ...] = (), **changes: str) -> str:
    """Returns this address's query with parameters dropped and set: "?…"."""
    query = _query(context)
    if query is None:
        return "?" + urlencode(changes)
    for name in (*drop, *changes):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


# --- text -----------------------------------------------------------------------------------------


def _shown_in(lang: str) -> str:
    """Says in which language a text is shown; whole sentences, because grammars differ."""
    said = {
        "ar": _("shown in Arabic"),
        "en": _("shown in English"),
        "es": _("shown in Spanish"),
        "fr": _("shown in French"),
        "ru": _("shown in Russian"),
        "zh": _("shown in Chinese"),
    }
    return said.get(lang) or _("language shown: %(code)s") % {"code": lang}


def text_notes(shown: Any) -> list[str]:
    """Returns what a reader must know of a shown text: fallback language, status, staleness."""
    notes = []
    lang = maps.read(shown, "lang", "")
    if maps.read(shown, "is_fallback", False):
        notes.append(_shown_in(lang.split("-")[0]))
    status = str(maps.read(shown, "status", ""))
    if status == "unofficial":
        notes.append(_("unofficial translation"))
    if status == "machine":
        notes.append(_("machine translation"))
    if maps.read(shown, "stale", False):
        notes.append(_("translation out of date"))
    return notes


@register.simple_tag
def localised(shown: Any, note: bool = True) -> SafeString | str:
    """A text with its language and direction, and a small note where it is not what was asked for."""
    if shown is None or shown == "":
        return gap()
    if isinstance(shown, str):
        return shown
    lang = maps.read(shown, "lang", _language())
    value = maps.read(shown, "value", "")
    text = format_html('<span lang="{}" dir="{}">{}</span>', lang, direction(lang), value)
    notes = text_notes(shown) if note else []
    if not notes:
        return text
    return format_html('{} <small class="text-note">({})</small>', text, _join(notes))


def _join(words: list[str]) -> str:
    return {"ar": "، ", "zh": "，"}.get(_language(), ", ").join(words)


@register.simple_tag
def content(text: str, lang: str = "") -> SafeString | str:
    """A block of text written by people: escaped, in paragraphs, with its language and direction."""
    if not text:
        return gap()
    code = lang or _language()
    return format_html(
        '<div class="content-text" lang="{}" dir="{}">{}</div>',
        code,
        direction(code) if lang else "auto",
        mark_safe(linebreaks(text, autoescape=True)),  # noqa: S308 (escaped by linebreaks)
    )


@register.simple_tag
def language_name(code: str) -> SafeString:
    """A language by its own name, marked as being in that language."""
    name = dict(LANGUAGE_CHOICES).get(code, code)
    return format_html('<span lang="{}" dir="{}">{}</span>', code, direction(code), name)


@register.simple_tag
def gap(text: str = "") -> SafeString:
    """What our sources lack, shown as a gap."""
    return format_html('<span class="gap">{}</span>', text or _("not in our sources"))


@register.simple_tag(name="date")
def date_tag(value: date | datetime | str | None, empty: str | None = None) -> SafeString | str:
    """A day that cannot be misread: "29 September 2003" in the language of the page."""
    if value is None or value == "":
        return gap() if empty is None else empty
    words = dates.spoken(value, _language())
    return format_html('<time datetime="{}">{}</time>', dates.machine(value), words)


@register.simple_tag
def moment(value: datetime | None, empty: str | None = None) -> SafeString | str:
    """A day and time with its zone named."""
    if value is None:
        return gap() if empty is None else empty
    exact = (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return format_html('<time datetime="{}">{}</time>', exact, dates.spoken_moment(value, _language()))


@register.filter
def number(value: Any) -> str:
    """A whole number with the separators of the page's language; anything else as it is."""
    if isinstance(value, int) and not isinstance(value, bool):
        return format_decimal(value, locale=dates.locale_of(_language()))
    return str(value)


# --- marks ----------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative picture beside words; its names stand in `comity.ui.icons`."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"icon {name!r} is not in comity.ui.icons.ICONS")
    classes = "icon icon-mirrored" if name in MIRRORED else "icon"
    address = static("vendor/icons.svg")
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false" width="16" height="16">'
        '<use href="{}#{}"/></svg>',
        classes,
        address,
        name,
    )


_BADGES = {
    "ok": "check",
    "info": "info",
    "warn": "warning",
    "stop": "stop",
    "quiet": "",
    "draft": "edit",
    "new": "bell",
}


@register.simple_tag
def badge(text: Any, kind: str = "quiet") -> SafeString:
    """A state in a word, with a mark and a colour."""
    if kind not in _BADGES:
        raise template.TemplateSyntaxError(f"badge {kind!r} is none of {', '.join(_BADGES)}")
    mark = icon(_BADGES[kind]) if _BADGES[kind] else ""
    return format_html('<span class="mark mark-{}">{}{}</span>', kind, mark, text)


@register.inclusion_tag("ui/tags/stat.html")
def stat(value: Any, label: Any, note: Any = "", url: str = "") -> dict[str, Any]:
    """One number and what it counts."""
    return {"value": value, "label": label, "note": note, "url": url}


@register.simple_tag
def crumb(label: Any, url: str = "") -> SafeString:
    """One step of the path to this page; the last one has no address."""
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, label)
    return format_html('<li aria-current="page">{}</li>', label)


@register.inclusion_tag("ui/tags/empty_state.html")
def empty_state(title: Any, text: Any = "", action_url: str = "", action_label: Any = "") -> dict[str, Any]:
    """Nothing here: says so, why, and what to do next."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label}


@register.inclusion_tag("ui/tags/source_note.html")
def source_note(
    text: Any = "", url: str = "", as_of: Any = None, ends: Any = None, lang: str = ""
) -> dict[str, Any]:
    """Where a fact is from, of which day that is, and where the source ends."""
    return {"text": text, "url": url, "as_of": as_of, "ends": ends, "lang": lang}


@register.inclusion_tag("ui/tags/progress.html")
def progress(value: int, max: int = 100, label: Any = "") -> dict[str, Any]:
    """How far a job is."""
    return {"value": value, "max": max, "label": label}


# --- moving about ---------------------------------------------------------------------------------


@register.inclusion_tag("ui/tags/subnav.html")
def subnav(items: list[dict[str, Any]], label: Any) -> dict[str, Any]:
    """Parts of one thing as links: items of label, url, current, count."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/tags/as_of.html", takes_context=True)
def as_of(context: Context, on: Any = None, known_at: Any = None) -> dict[str, Any]:
    """A form for the day a page speaks of, and the moment of knowledge; keeps other parameters."""
    query = _query(context)
    kept = (
        []
        if query is None
        else [
            (name, value)
            for name, values in query.lists()
            for value in values
            if name not in ("on", "known_at", "after", "before")
        ]
    )
    today = datetime.now(UTC).date()
    day = dates.as_date(on) if on else today
    return {
        "on": day,
        "known_at": known_at,
        "is_today": day == today,
        "kept": kept,
        "reset": _with(context, drop=("on", "known_at", "after", "before")),
    }


@register.inclusion_tag("ui/tags/sort_header.html", takes_context=True)
def sort_header(
    context: Context, key: str, label: Any, default: bool = False, numeric: bool = False
) -> dict[str, Any]:
    """A column's head that sorts by the column: ?sort=key, then ?sort=-key."""
    query = _query(context)
    current = (query.get("sort", "") if query is not None else "") or (key if default else "")
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    wanted = f"-{key}" if state == "ascending" else key
    url = _with(context, drop=("after", "before"), sort=wanted)
    return {"label": label, "state": state, "url": url, "numeric": numeric}


@register.inclusion_tag("ui/tags/pager.html", takes_context=True)
def pager(context: Context, page: Any) -> dict[str, Any]:
    """Links to the rows before and after, by key."""
    return {
        "page": page,
        "next": page.next and _with(context, drop=("before",), after=page.next),
        "previous": page.previous and _with(context, drop=("after",), before=page.previous),
        "first": page.previous and _with(context, drop=("after", "before")),
    }


@register.inclusion_tag("ui/tags/export_links.html", takes_context=True)
def export_links(
    context: Context,
    csv: str = "",
    json: str = "",
    feed: str = "",
    api: str = "",
    pdf: str = "",
    vcard: str = "",
) -> dict[str, Any]:
    """The same rows to take away. Without addresses: this one as CSV and JSON."""
    if not (csv or json or feed or api or pdf or vcard):
        csv = _with(context, drop=("after", "before"), format="csv")
        json = _with(context, drop=("after", "before"), format="json")
    links = [("CSV", csv), ("JSON", json), ("PDF", pdf), ("vCard", vcard), ("API", api)]
    return {"links": [(label, url) for label, url in links if url], "feed": feed}


# --- pictures -------------------------------------------------------------------------------------


@register.inclusion_tag("ui/tags/dot_map.html")
def dot_map(points: Any, legend: Any, title: Any) -> dict[str, Any]:
    """The map: see `comity.ui.maps`."""
    rows, dots, unplaced = maps.draw(points, legend)
    return {
        "rows": rows,
        "dots": dots,
        "unplaced": unplaced,
        "title": title,
        "land": static("vendor/land.svg"),
        "has_land": maps.LAND.is_file(),
        "width": maps.WIDTH,
        "height": maps.HEIGHT,
    }


@register.inclusion_tag("ui/tags/timeline.html", name="timeline")
def timeline_tag(series: Any, title: Any) -> dict[str, Any]:
    """The step line: see `comity.ui.timeline`."""
    return {"drawing": timeline.draw(series), "title": title, "room": timeline}


# --- forms ----------------------------------------------------------------------------------------


@register.inclusion_tag("ui/tags/field.html")
def field(field: BoundField) -> dict[str, Any]:
    """One field with its label, help and error."""
    return fields.drawn(field)


@register.inclusion_tag("ui/tags/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form, hidden ones first."""
    return {"form": form}


@register.inclusion_tag("ui/tags/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form, at its top, with a link to each place."""
    return {"problems": fields.problems(form) if form.is_bound else []}
