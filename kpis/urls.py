from django.urls import path

from kpis.volumes import views as volumes

app_name = "kpis"
urlpatterns = [
    path("services/", volumes.services, name="services"),
    path("services/top-20/", volumes.top_20, name="top_20"),
    path("services/top-20/dictionary/", volumes.dictionary, name="top_20_dictionary"),
]
