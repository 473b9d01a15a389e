from django.urls import path

from kpis.facts import views as facts
from kpis.volumes import views as volumes

app_name = "kpis"
urlpatterns = [
    path("facts/", facts.facts, name="facts"),
    path("facts/new/", facts.new, name="new_fact"),
    path("facts/dictionary/", facts.dictionary, name="facts_dictionary"),
    path("facts/<slug:slug>/", facts.fact, name="fact"),
    path("facts/<slug:slug>/succeed/", facts.succeed, name="succeed_fact"),
    path("services/", volumes.services, name="services"),
    path("services/top-20/", volumes.top_20, name="top_20"),
    path("services/top-20/dictionary/", volumes.dictionary, name="top_20_dictionary"),
]
