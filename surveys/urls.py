from django.urls import path

from surveys.release import views as release
from surveys.results import views

app_name = "surveys"
urlpatterns = [
    path("", views.waves, name="waves"),
    path("<int:year>/", views.wave, name="wave"),
    path("<int:year>/running/next/", release.prepare, name="prepare"),
    path("<int:year>/running/plan/", release.plan, name="plan"),
    path("<int:year>/savings/extrapolation/", views.extrapolation, name="extrapolation"),
    path("<int:year>/<slug:slug>/", views.table, name="table"),
    path("<int:year>/<slug:slug>.csv", views.table_file, name="table_file"),
    path("<int:year>/<slug:slug>/dictionary/", views.dictionary, name="dictionary"),
]
