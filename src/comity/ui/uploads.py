"""Files that people send: a field of several, and how an upload is kept for the job that reads it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from comity.core.vault.uploads import keep_upload


class SeveralFiles(forms.FileField):
    """A field of one file or more, `most` at once. `accept` is what a browser offers first."""

    def __init__(self, *, most: int, accept: str = "", **options: Any) -> None:
        widget = forms.FileInput(attrs={"accept": accept} if accept else {})
        widget.allow_multiple_selected = True
        widget.attrs["multiple"] = True
        self.most = most
        super().__init__(widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The uploads, each checked alone."""
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) > self.most:
            raise forms.ValidationError(_("At most %(number)d files at once.") % {"number": self.most})
        return [super(SeveralFiles, self).clean(one, initial) for one in given] or [super().clean(None, initial)]


def kept(file: UploadedFile) -> dict[str, str]:
    """Keeps an upload; its digest and its plain name are what a job is told."""
    return {"digest": keep_upload(file.chunks()), "name": PurePosixPath(file.name or "upload").name[-200:]}
