"""Addresses of what comes in and goes out as files; `urls.py` includes them."""

from django.urls import path

from comity.modules.programmes.views import importing

urlpatterns = [
    path("import/", importing.upload, name="import"),
    path("import/template/", importing.template, name="template"),
    path("import/<int:pk>/", importing.import_job, name="import_job"),
    path("export/<slug:kind>/", importing.export, name="export"),
]
