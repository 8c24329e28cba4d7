from django.urls import path

from comity.modules.directory.views import asking, desk, steps
from comity.modules.directory.views import search as pages

app_name = "directory"
urlpatterns = [
    path("", pages.search, name="search"),
    path("ask/", asking.ask, name="ask"),
    path("networks/", pages.networks, name="networks"),
    path("networks/<slug:code>/", pages.network, name="network"),
    path("desk/", desk.desk, name="desk"),
    path("desk/reports/<int:pk>/", desk.report_detail, name="report_detail"),
    path("desk/new/", desk.nominate, name="nominate"),
    path("<slug:code>/", pages.authority, name="authority"),
    path("<slug:code>/work/", desk.under_work, name="work"),
    path("<slug:code>/edit/", desk.edit, name="edit"),
    path("<slug:code>/history/", pages.history, name="history"),
    path("<slug:code>/report/", steps.report, name="report"),
    path("<slug:code>/confirm/", steps.confirm, name="confirm"),
    path("<slug:code>/verify/", steps.verify, name="verify"),
    path("<slug:code>/return/", steps.send_back, name="return"),
    path("<slug:code>/publish/", steps.publish, name="publish"),
    path("<slug:code>/withdraw/", steps.withdraw, name="withdraw"),
    path("<slug:code>/restore/", steps.restore, name="restore"),
]
