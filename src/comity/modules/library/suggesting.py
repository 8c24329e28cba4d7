"""Likely treaty articles of untagged provisions, made from meaning. A curator confirms or rejects each.

An article is described by its title (in English and in the provision's language) and by the legislative guide's
explanation where there is one; the texts of treaties themselves are not bundled.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import transaction

from comity.core.search import engine
from comity.modules.library import vocabulary as v
from comity.modules.library.models import Record, RecordText, Suggestion
from comity.modules.library.selectors.todo import untagged_provisions
from comity.modules.treaties import public as treaties

#: So many articles are suggested for a provision at most.
MOST = 3
#: Nearness below which nothing is suggested (cosine; chosen on headings of our own demonstration laws).
LEAST = 0.35


def described_articles(lang: str) -> dict[str, str]:
    """Returns a description for each article we know: "UNTOC:5" to its title with the instrument's name."""
    explained = _explanations(lang)
    found = {}
    for instrument in treaties.instruments_with_articles(lang):
        for article in treaties.articles(instrument.code, lang):
            value = f"{instrument.code}:{article.number}"
            if article.title:
                found[value] = f"{article.title}. {instrument.short}. {explained.get(value, '')}".strip()
    return found


def _explanations(lang: str) -> dict[str, str]:
    guides = Record.objects.filter(kind=v.Kind.GUIDE, step=v.Step.PUBLISHED)
    texts = RecordText.objects.filter(record__in=guides, field=v.TextField.EXPLANATION, lang=lang)
    by_record: dict[int, str] = {text.record_id: text.value[:600] for text in texts}
    found: dict[str, str] = defaultdict(str)
    for guide in guides.filter(pk__in=by_record).prefetch_related("tags"):
        for tag in guide.tags.all():
            if tag.scheme == v.TagScheme.ARTICLE and not tag.provision_key:
                found[tag.value] += " " + by_record[guide.pk]
    return found


def suggest(progress: Any, *, record: int) -> dict[str, int]:
    """The job `library:suggest`: makes suggestions for the untagged provisions of a law, in small pieces.

    What was decided before is not asked again. Returns how many provisions were looked at and suggestions made.
    """
    law = Record.objects.get(pk=record)
    waiting = untagged_provisions(law)
    candidates = {lang: described_articles(lang) for lang in {t.lang for p in waiting for t in p.texts.all()}}
    made, done = 0, int(progress.checkpoint.get("done", 0))
    for number, provision in enumerate(waiting[done:], start=done + 1):
        nearest: dict[str, float] = {}
        for text in provision.texts.all():
            words = f"{text.heading}. {text.text[:1500]}".strip(". ")
            for value, score in engine.closest(words, text.lang, candidates[text.lang])[:MOST] if words else ():
                nearest[value] = max(score, nearest.get(value, 0.0))
        best = sorted(nearest.items(), key=lambda item: (-item[1], item[0]))[:MOST]
        with transaction.atomic():
            rows = [
                Suggestion(record=law, provision_key=provision.key, article=value, score=round(score, 4))
                for value, score in best
                if score >= LEAST
            ]
            made += len(Suggestion.objects.bulk_create(rows, ignore_conflicts=True))
            progress.checkpoint["done"] = number
            progress.step(number, len(waiting), provision.number)
    return {"provisions": len(waiting), "suggestions": made}
