from __future__ import annotations

from django.urls import path

from comity.modules.programmes import urls_exchange
from comity.modules.programmes.views import (
    editing,
    evaluations,
    files,
    portfolio,
    project,
    record,
    records,
    steps,
    training,
)

app_name = "programmes"
_RECORD = "records/<slug:kind>/<slug:code>/"
urlpatterns = [
    path("", portfolio.home, name="home"),
    path("training/", training.enter, name="training"),
    path("training/<slug:code>/", training.saved, name="training_saved"),
    path("training/<slug:code>/undo/", training.undo, name="training_undo"),
    path("evaluations/", evaluations.evaluations, name="evaluations"),
    path("projects/<slug:code>/", project.project, name="project"),
    path("add/<slug:kind>/", editing.add, name="add"),
    path("records/<slug:kind>.<slug:fmt>", files.of_list, name="list_file"),
    path("records/<slug:kind>/", records.list_of, name="records"),
    path(_RECORD, record.record, name="record"),
    path(f"{_RECORD}edit/", editing.edit, name="edit"),
    path(f"{_RECORD}step/<slug:to>/", steps.move, name="move"),
    path(f"{_RECORD}take-back/", steps.withdraw, name="withdraw"),
    path(f"{_RECORD}restore/", steps.restore, name="restore"),
    *urls_exchange.urlpatterns,
]
