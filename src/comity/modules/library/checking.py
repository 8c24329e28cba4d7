"""What a content must meet beyond its shape: references that exist, keys that are unique, what publishing demands."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Hashable, Iterable

from django.utils.translation import gettext as _

from comity.core.people.models import Participant
from comity.core.texts.models import Term
from comity.core.vault import files
from comity.modules.library import vocabulary as v
from comity.modules.library.content import Case, Content, to_plain
from comity.modules.treaties import public as treaties

#: Vocabularies whose terms tags name.
VOCABULARIES = {v.TagScheme.CRIME_TYPE: "crime-types", v.TagScheme.ISSUE: "cross-cutting-issues"}
_ARTICLE = re.compile(r"^([A-Za-z0-9_-]{1,40}):(\d{1,3}(?: ?(?:bis|ter|quater))?(?:\([0-9a-z]{1,4}\)){0,4})$")
_ADDRESS = re.compile(r"^https?://[^\s]+$", re.I)
_KEYWORD = re.compile(r"^[\w][\w .'’-]{0,119}$")


class Incomplete(Exception):
    """Something has to be put right first; `problems` says what, each for a person to read."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
        self.reason = "\n".join(problems)


def problems(content: Content) -> list[str]:
    """What is wrong with the content, each with its place; empty where nothing is."""
    return [
        *_shape(content),
        *_texts(content),
        *_tree(content),
        *tag_problems(content),
        *(_case(content.case) if content.case else []),
        *_outside(content),
    ]


def unready(content: Content) -> list[str]:
    """What publishing demands and is not there."""
    found = []
    if content.text(v.TextField.TITLE) is None and not content.listing:
        found.append(_("A title is missing."))
    if content.kind == v.Kind.CASE and not content.listing and content.text(v.TextField.SUMMARY) is None:
        found.append(_("A fact summary is missing: a case is not published without one."))
    return found


def _shape(content: Content) -> list[str]:
    found = []
    given = {kind for kind in v.Kind.values if getattr(content, kind) is not None}
    if given != {content.kind}:
        found.append(_("kind: give what a “%(kind)s” has, and nothing of another kind.") % {"kind": content.kind})
    if not content.state and not content.body:
        found.append(_("state: give the State, or the body the record belongs to."))
    if content.state and not Participant.objects.filter(pk=content.state).exists():
        found.append(
            _("state: “%(text)s” is no State known here. Use its code of three letters, such as ALB.")
            % {"text": content.state}
        )
    if "\\u0000" in json.dumps(to_plain(content)):
        found.append(_("A text holds a sign that is no text (NUL)."))
    return found


def _texts(content: Content) -> list[str]:
    return [
        *_twice("texts", ((t.field, t.lang) for t in content.texts)),
        *_twice("aliases", ((a.scheme, a.value) for a in content.aliases)),
        *_twice("files", ((f.digest, f.name) for f in content.files)),
    ]


def _twice(field: str, keys: Iterable[Hashable]) -> list[str]:
    return [
        _("%(field)s: “%(text)s” stands there twice.")
        % {"field": field, "text": " ".join(map(str, key)) if isinstance(key, tuple) else key}
        for key, count in Counter(keys).items()
        if count > 1
    ]


def _tree(content: Content) -> list[str]:
    """Keys are unique and a provision stands after the one above it: so there is no circle."""
    found = _twice("provisions", (p.key for p in content.provisions))
    before: set[str] = set()
    for provision in content.provisions:
        if provision.parent and provision.parent not in before:
            found.append(
                _("provisions.%(key)s: “%(parent)s” does not stand above it.")
                % {"key": provision.key, "parent": provision.parent}
            )
        found += _twice(f"provisions.{provision.key}", (t.lang for t in provision.texts))
        before.add(provision.key)
    return found


def tag_problems(content: Content) -> list[str]:
    """What is wrong with the tags of a content."""
    if not content.tags:
        return []
    found = _twice("tags", ((t.scheme, t.value, t.provision) for t in content.tags))
    keys = {p.key for p in content.provisions}
    known = _known_values()
    for tag in content.tags:
        if tag.provision and tag.provision not in keys:
            found.append(_("tags: there is no provision “%(key)s”.") % {"key": tag.provision})
        if tag.scheme == v.TagScheme.ARTICLE:
            match = _ARTICLE.match(tag.value)
            right = match is not None and match[1] in known["instruments"]
        elif tag.scheme == v.TagScheme.KEYWORD:
            right = bool(_KEYWORD.match(tag.value))
        else:
            right = tag.value in known[tag.scheme]
        if not right:
            found.append(_("tags: “%(text)s” is unknown (%(scheme)s).") % {"text": tag.value, "scheme": tag.scheme})
    return found


def _known_values() -> dict[str, set[str]]:
    terms: dict[str, set[str]] = {scheme: set() for scheme in VOCABULARIES}
    schemes = {code: scheme for scheme, code in VOCABULARIES.items()}
    for code, term in Term.objects.filter(vocabulary__in=schemes).values_list("vocabulary_id", "code"):
        terms[schemes[code]].add(term)
    return {**terms, "instruments": {i.code for i in treaties.instruments("en")}}


def _case(case: Case) -> list[str]:
    persons = {p.key for p in case.persons}
    charges = {c.key for c in case.charges}
    found = [
        *_twice("case.persons", (p.key for p in case.persons)),
        *_twice("case.charges", (c.key for c in case.charges)),
        *_twice("case.proceedings", (p.key for p in case.proceedings)),
        *_twice("case.sentences", (s.key for s in case.sentences)),
    ]
    no_person = _("%(place)s: there is no person “%(key)s” in this case.")
    for charge in case.charges:
        place = f"case.charges.{charge.key}"
        found += [no_person % {"place": place, "key": key} for key in charge.persons if key not in persons]
    for sentence in case.sentences:
        place = f"case.sentences.{sentence.key}"
        if sentence.person not in persons:
            found.append(no_person % {"place": place, "key": sentence.person})
        if sentence.charge and sentence.charge not in charges:
            found.append(
                _("%(place)s: there is no charge “%(key)s” in this case.") % {"place": place, "key": sentence.charge}
            )
    found += [
        _("case.persons.%(key)s: the most is less than the least.") % {"key": p.key}
        for p in case.persons
        if p.count_max is not None and p.count_max < p.count_min
    ]
    return found


def _outside(content: Content) -> list[str]:
    """Addresses, files and instruments that the content refers to."""
    found = []
    editions = content.publication.editions if content.publication else []
    for url in [s.url for s in content.sources] + [e.url for e in editions]:
        if url and not _ADDRESS.match(url):
            found.append(_("sources: “%(text)s” is no address of a web page.") % {"text": url[:80]})
    found += [
        _("files: “%(text)s” is not kept here. Give the file again.") % {"text": file.name}
        for file in content.files
        if not files.is_kept(file.digest)
    ]
    if content.guide and content.guide.instrument not in {i.code for i in treaties.instruments("en")}:
        found.append(
            _("guide: no instrument “%(text)s” here. Use its code, such as UNTOC.") % {"text": content.guide.instrument}
        )
    return found
