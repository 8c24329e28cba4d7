from django.urls import path

from comity.modules.library.views import curating, desk, editing, home, importing, matrix, reading, records, steps

app_name = "library"
urlpatterns = [
    path("", home.home, name="home"),
    path("records/", records.listing, name="records"),
    path("articles/", home.articles, name="articles"),
    path("articles/<str:instrument>/<str:article>/", home.article, name="article"),
    path("old/<path:value>/", home.old, name="old"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/<str:iso3>/to-do/", matrix.todo_list, name="todo"),
    path("desk/", desk.desk, name="desk"),
    path("desk/import/", importing.upload, name="import"),
    path("desk/import/<int:pk>/", importing.import_job, name="import_job"),
    path("desk/new/<slug:kind>/", editing.new, name="new"),
    path("desk/<str:number>/", reading.work, name="work"),
    path("desk/<str:number>/text/<str:key>/", reading.work_provision, name="work_provision"),
    path("desk/<str:number>/edit/", editing.edit, name="edit"),
    path("desk/<str:number>/edit/<slug:name>/", editing.part, name="part"),
    path("desk/<str:number>/files/", editing.file_list, name="files"),
    path("desk/<str:number>/provisions/", editing.provision, name="add_provision"),
    path("desk/<str:number>/provisions/<str:key>/", editing.provision, name="edit_provision"),
    path("desk/<str:number>/tags/", curating.tag, name="tags"),
    path("desk/<str:number>/names/<str:key>/", curating.names, name="names"),
    path("desk/<str:number>/suggestions/", matrix.suggested, name="suggestions"),
    path("desk/<str:number>/history/", desk.history, name="history"),
    path("desk/<str:number>/history/<int:pk>/", desk.version, name="version"),
    path("desk/<str:number>/publish/", steps.publish, name="publish"),
    path("desk/<str:number>/supersede/", steps.supersede, name="supersede"),
    *[path(f"desk/<str:number>/{name}/", steps.step, {"name": name}, name=name) for name in steps.STEPS],
    path("<str:number>/", reading.record, name="record"),
    path("<str:number>/files/<str:digest>/", reading.file, name="file"),
    path("<str:number>/<str:key>/", reading.provision, name="provision"),
]
