from django.urls import path

from comity.modules.treaties.views import desk, importing, instruments, states

app_name = "treaties"
urlpatterns = [
    path("treaties/", instruments.instrument_list, name="instruments"),
    path("treaties/changes/", instruments.change_list, name="changes"),
    path("treaties/changes.atom", instruments.change_feed, name="feed"),
    path("treaties/<str:code>/", instruments.instrument, name="instrument"),
    path("treaties/<str:code>/articles/<str:number>/", instruments.article, name="article"),
    path("treaties/<str:code>/articles/", instruments.article_list, name="articles"),
    path("treaties/<str:code>/statements/", instruments.statement_list, name="statements"),
    path("treaties/<str:code>/non-parties/", instruments.non_parties, name="non_parties"),
    path("states/", states.state_list, name="states"),
    path("states/<str:iso3>/", states.state, name="state"),
    path("between/", states.between, name="between"),
    path("between/<str:first>/<str:second>/", states.between_two, name="between_two"),
    path("desk/treaties/", desk.desk, name="desk"),
    path("desk/treaties/import/", importing.upload, name="import"),
    path("desk/treaties/import/<int:pk>/", importing.import_job, name="import_job"),
    path("desk/treaties/new/<slug:subject>/", desk.enter, name="enter"),
    path("desk/treaties/<int:pk>/", desk.proposal, name="proposal"),
    path("desk/treaties/<int:pk>/publish/", desk.publish, name="publish"),
    path("desk/treaties/<int:pk>/reject/", desk.reject, name="reject"),
    path("desk/treaties/<slug:subject>/<uuid:fact>/correct/", desk.correct, name="correct"),
    path("desk/treaties/<slug:subject>/<uuid:fact>/withdraw/", desk.withdraw, name="withdraw"),
]
