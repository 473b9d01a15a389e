from django.urls import path

from surveys.results import views

app_name = "surveys"
urlpatterns = [
    path("", views.waves, name="waves"),
    path("<int:year>/", views.wave, name="wave"),
    path("<int:year>/savings/extrapolation/", views.extrapolation, name="extrapolation"),
    path("<int:year>/<slug:slug>/", views.table, name="table"),
    path("<int:year>/<slug:slug>.csv", views.table_file, name="table_file"),
    path("<int:year>/<slug:slug>/dictionary/", views.dictionary, name="dictionary"),
]
