"""What a record becomes when a file speaks of it again: the same language is brought up to date, another is added.

The result does not depend on the order in which the files of two languages come. Pure: no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from comity.core.texts.models import TextStatus
from comity.modules.library.content import Content, FileRef, Provision, Tag, Text, to_plain
from comity.modules.library.services.versions import carry
from comity.modules.library.vocabulary import TextField

_PARTS = ("law", "case", "publication", "guide")
_FIELDS = list(TextField.values)


def join(old: Content, new: Content) -> Content:
    """Returns the record `old` with what a file now says of it.

    Texts of the file's languages are the file's; those of other languages stay. Tags stay: curators set them, and
    files seldom hold them; one whose provision is gone then speaks of the whole record. Facts are the file's, except
    that of two languages the one of the record's first original language wins.
    """
    languages = set(new.languages())
    others = set(old.languages()) - languages
    values = dict(new)
    if others:
        rules = _first_language((old, new)) not in others
        values = _facts(old, new, rules)
        values["texts"] = _texts(old, new, languages)
        values["provisions"] = _provisions(old, new, languages, rules)
    else:
        values["texts"] = _versions(old.texts, new.texts)
    keys = {provision.key for provision in values["provisions"]}
    values["tags"] = _tags([*old.tags, *new.tags], keys)
    values["aliases"] = _once([*old.aliases, *new.aliases])
    values["sources"] = new.sources if not others else _once([*old.sources, *new.sources])
    values["files"] = _files(old.files, new.files)
    values["identity"] = old.identity
    return Content.model_validate({name: _plain(value) for name, value in values.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.model_dump() if hasattr(value, "model_dump") else value


def _first_language(contents: Iterable[Content]) -> str:
    texts = [text for content in contents for text in content.texts]
    original = [text.lang for text in texts if text.status == TextStatus.ORIGINAL]
    return min(original or [text.lang for text in texts], default="")


def _facts(old: Content, new: Content, rules: bool) -> dict[str, Any]:
    """Field by field what is stated: where `rules` the new before the old, else the old before the new."""
    first, second = (new, old) if rules else (old, new)
    values = dict(second) | {name: value for name, value in first if value not in ("", None, [], False)}
    for name in _PARTS:
        one, two = getattr(first, name), getattr(second, name)
        if one is not None and two is not None:
            stated = _stated(two) | _stated(one)
            values[name] = type(one).model_validate(stated)
    return values


def _stated(part: Any) -> dict[str, Any]:
    plain: dict[str, Any] = part.model_dump(exclude_defaults=True)
    return plain


def _texts(old: Content, new: Content, languages: set[str]) -> list[Text]:
    kept = [text for text in old.texts if text.lang not in languages]
    texts = _versions(old.texts, [*kept, *new.texts])
    return sorted(texts, key=lambda text: (_FIELDS.index(text.field), text.lang))


def _versions(old: list[Text], new: list[Text]) -> list[Text]:
    """The new texts with the versions of the old ones, raised where a file words one anew."""
    before = {(text.field, text.lang): text for text in old}
    if any(before.get((text.field, text.lang), text).value != text.value for text in new):
        return carry(old, new)
    return [
        text.model_copy(update={"version": was.version, "of_version": was.of_version})
        if (was := before.get((text.field, text.lang)))
        else text
        for text in new
    ]


def _provisions(old: Content, new: Content, languages: set[str], rules: bool) -> list[Provision]:
    """The tree of both languages: provisions of one key are one, the others keep their place behind the same one.

    Where `rules`, the new file's order and kinds hold, else the old ones.
    """
    kept = {}
    for provision in old.provisions:
        texts = [text for text in provision.texts if text.lang not in languages]
        kept[provision.key] = provision.model_copy(update={"texts": texts})
    fresh = {provision.key: provision for provision in new.provisions}
    needed = _with_parents(kept, {key for key, provision in kept.items() if provision.texts}) | (kept.keys() & fresh)
    kept = {key: provision for key, provision in kept.items() if key in needed}
    first, second = (fresh, kept) if rules else (kept, fresh)
    joined = []
    for key in _order(list(first), list(second)):
        shapes = [side[key] for side in (first, second) if key in side]
        texts = sorted((text for shape in shapes for text in shape.texts), key=lambda text: text.lang)
        joined.append(shapes[0].model_copy(update={"texts": texts}))
    return joined


def _with_parents(provisions: dict[str, Provision], keys: set[str]) -> set[str]:
    found = set(keys)
    for key in keys:
        while (key := provisions[key].parent if key in provisions else "") and key not in found:
            found.add(key)
    return found


def _order(order: list[str], keys: list[str]) -> list[str]:
    """Returns `order` with those `keys` it lacks, each behind the one that stands before it among `keys`."""
    present, last = set(order), ""
    behind: dict[str, list[str]] = {"": []}
    for key in keys:
        if key in present:
            last = key
        else:
            behind.setdefault(last, []).append(key)
    return behind[""] + [one for key in order for one in (key, *behind.get(key, ()))]


def _tags(tags: list[Tag], keys: set[str]) -> list[Tag]:
    moved = [tag if tag.provision in keys | {""} else tag.model_copy(update={"provision": ""}) for tag in tags]
    return _once(moved)


def _files(old: list[FileRef], new: list[FileRef]) -> list[FileRef]:
    """A file takes the place of the one before of its language; where one of both has none, of its name."""

    def replaced(file: FileRef) -> bool:
        return any(n.lang == file.lang if n.lang and file.lang else n.name == file.name for n in new)

    return _once([*(file for file in old if file in new or not replaced(file)), *new])


def _once(values: list[Any]) -> list[Any]:
    """The values in order, each once."""
    found: list[Any] = []
    seen: set[str] = set()
    for value in values:
        name = value.model_dump_json()
        if name not in seen:
            seen.add(name)
            found.append(value)
    return found


def same(one: Content, two: Content) -> bool:
    """True where both say the same."""
    return to_plain(one) == to_plain(two)
