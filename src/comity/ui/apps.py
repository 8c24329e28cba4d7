"""The common look of every page. Knows no subject and keeps no records."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base page, components, static files and template tags."""

    name = "comity.ui"
    label = "ui"
    verbose_name = "Common look"
