"""A translated file comes back: first what it holds and which numbers were altered, then it is stored or not."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from comity.core.actions.decorator import Denied
from comity.core.texts.languages import UN_LANGUAGES, direction
from comity.core.vault.errors import Unreadable
from comity.core.vault.uploads import keep_upload, uploads
from comity.modules.reports import vocabulary as v
from comity.modules.reports.forms.steps import TranslationForm
from comity.modules.reports.models import Edition
from comity.modules.reports.outputs.returning import LIMIT, Returned
from comity.modules.reports.policies import can
from comity.modules.reports.selectors import editions
from comity.modules.reports.services import translations
from comity.modules.reports.views.demanding import demand
from comity.modules.reports.views.steps import work_url
from comity.modules.reports.views.work import workable
from comity.ui.requests import ActorRequest

_DIGEST = re.compile(r"[0-9a-f]{64}")
#: Changed paragraphs shown before they are stored.
_SHOWN = 200


def translation(request: ActorRequest, code: str) -> HttpResponse:
    """Takes a file, shows what it would change, and stores it once that was seen."""
    found = workable(request.actor, code)
    demand(request.actor, can(request.actor, v.TAKE_TRANSLATION, found))
    if request.method == "POST" and request.POST.get("digest"):
        return _store(request, found)
    form = TranslationForm(request.POST or None, request.FILES or None, original=found.original)
    context: dict[str, Any] = {"edition": found, "form": form, "cancel_url": work_url(found)}
    if request.method == "POST" and form.is_valid():
        file, lang = form.cleaned_data["file"], form.cleaned_data["lang"]
        if file.size > LIMIT:
            form.add_error("file", _("The file is larger than 50 MB."))
        else:
            content = file.read()
            try:
                returned = translations.look(found, lang=lang, content=content)
            except Unreadable as refused:
                form.add_error("file", refused.reason)
            else:
                digest = keep_upload([content])
                context |= _seen(found, returned, lang) | {"digest": digest, "file_name": file.name}
    return render(request, "reports/translation.html", context, status=422 if form.errors else 200)


def _seen(found: Edition, returned: Returned, lang: str) -> dict[str, Any]:
    """What the file holds, for the page: problems by place, and paragraphs whose text would change."""
    parts = editions.outline(found)
    ordered = [paragraph for section in parts.sections for paragraph in parts.below(section)]
    changed = []
    for number, paragraph in enumerate(ordered, 1):
        new, old = returned.paragraphs.get(paragraph.key), parts.text(paragraph, lang)
        if new is not None and new != old:
            changed.append({"number": number, "key": paragraph.key, "old": old, "new": new})
    return {
        "returned": returned, "lang": lang, "dir": direction(lang), "changed": changed[:_SHOWN],
        "changed_count": len(changed), "read_count": len(returned.paragraphs), "all_count": len(ordered),
    }  # fmt: skip


def _store(request: ActorRequest, found: Edition) -> HttpResponse:
    digest, lang = request.POST.get("digest", ""), request.POST.get("lang", "")
    path = uploads() / digest
    if not _DIGEST.fullmatch(digest) or lang not in UN_LANGUAGES or not path.is_file():
        messages.error(request, _("The file is no longer here. Upload it again."))
        return redirect("reports:translation", found.code)
    try:
        returned = translations.look(found, lang=lang, content=path.read_bytes())
        changed = translations.take(request.actor, edition=found, lang=lang, returned=returned)
    except Denied as refused:
        messages.error(request, refused.reason)
        return redirect("reports:translation", found.code)
    except Unreadable as refused:
        messages.error(request, refused.reason)
        return redirect("reports:translation", found.code)
    messages.success(request, _("%(count)d paragraphs were stored.") % {"count": len(changed)})
    return redirect(work_url(found, "paragraphs"))
