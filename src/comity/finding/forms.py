"""The forms about saved searches."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Name(forms.Form):
    """What a saved search is called."""

    name = forms.CharField(label=_("Name"), max_length=120)


class Save(Name):
    """A search that is kept, and whether new results come by mail."""

    by_mail = forms.BooleanField(
        label=_("Send me a mail when something new is found"), required=False, initial=True,
        help_text=_("Titles of public texts stand in the mail; what is for officials is only counted there."),
    )  # fmt: skip
