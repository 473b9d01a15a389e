from django.urls import path

from kpis.facts import views as facts

app_name = "kpis"
urlpatterns = [
    path("facts/", facts.facts, name="facts"),
    path("facts/new/", facts.new, name="new_fact"),
    path("facts/dictionary/", facts.dictionary, name="facts_dictionary"),
    path("facts/<slug:slug>/", facts.fact, name="fact"),
    path("facts/<slug:slug>/succeed/", facts.succeed, name="succeed_fact"),
]
