from django.urls import path

from surveys.release import views as release
from surveys.results import views

app_name = "surveys"
urlpatterns = [
    path("", views.waves, name="waves"),
    path("<int:year>/", views.wave, name="wave"),
    path("<int:year>/running/next/", release.prepare, name="prepare"),
    path("<int:year>/running/plan/", release.plan, name="plan"),
    path("<int:year>/running/close/", release.close, name="close"),
    path("<int:year>/running/levels/", release.levels, name="levels"),
    path("<int:year>/running/bench/", release.bench, name="bench"),
    path("<int:year>/running/bench/leave-out/", release.leave_out, name="leave_out"),
    path("<int:year>/running/bench/rows/<int:key>/print/", release.print_again, name="print_again"),
    path("<int:year>/running/bench/tables/<slug:slug>/", release.code, name="code"),
    path("<int:year>/running/bench/tables/<slug:slug>/undo/", release.uncode, name="uncode"),
    path("<int:year>/running/bench/tables/<slug:slug>/rule/", release.rule, name="rule"),
    path("<int:year>/running/propose/", release.propose, name="propose"),
    path("<int:year>/running/take-back/", release.take_back, name="take_back"),
    path("<int:year>/running/publish/", release.confirm, name="publish"),
    path("<int:year>/savings/extrapolation/", views.extrapolation, name="extrapolation"),
    path("<int:year>/<slug:slug>/", views.table, name="table"),
    path("<int:year>/<slug:slug>.csv", views.table_file, name="table_file"),
    path("<int:year>/<slug:slug>/dictionary/", views.dictionary, name="dictionary"),
]
