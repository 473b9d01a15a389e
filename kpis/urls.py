from django.urls import path

from kpis.comparison import coverage
from kpis.comparison import views as comparison
from kpis.facts import views as facts
from kpis.indicators import open_data
from kpis.indicators import views as indicators
from kpis.reach import views as reach
from kpis.services import views as services
from kpis.shift import views as shift
from kpis.volumes import views as volumes

app_name = "kpis"
urlpatterns = [
    path("facts/", facts.facts, name="facts"),
    path("facts/new/", facts.new, name="new_fact"),
    path("facts/dictionary/", facts.dictionary, name="facts_dictionary"),
    path("facts/<slug:slug>/", facts.fact, name="fact"),
    path("facts/<slug:slug>/succeed/", facts.succeed, name="succeed_fact"),
    path("figures/reach/", reach.reach, name="reach"),
    path("figures/reach/new/", reach.enter, name="enter_reach"),
    path("services/", services.services, name="services"),
    path("services/coverage/", coverage.coverage, name="coverage"),
    path("services/coverage/dictionary/", coverage.dictionary, name="coverage_dictionary"),
    path("services/top-20/", volumes.top_20, name="top_20"),
    path("services/top-20/dictionary/", volumes.dictionary, name="top_20_dictionary"),
    path("services/channel-shift/", shift.channel_shift, name="channel_shift"),
    path("services/channel-shift/case/", shift.shift_into_case, name="shift_into_case"),
    path("services/returns/", open_data.published, name="published"),
    path("services/<slug:slug>/", services.service, name="service"),
    path("services/<slug:slug>/beside/<slug:council_slug>/", comparison.comparison, name="comparison"),
    path("services/<slug:slug>/returns/<slug:council_slug>/<slug:quarter>/", indicators.versions, name="versions"),
    path("councils/<slug:slug>/indicators/", indicators.indicators, name="indicators"),
    path("councils/<slug:slug>/indicators/return/", indicators.return_figures, name="return"),
    path("councils/<slug:slug>/indicators/upload/", indicators.upload, name="upload"),
    path("councils/<slug:slug>/indicators/template.csv", indicators.template, name="template"),
    path("councils/<slug:slug>/indicators/top/", indicators.top, name="top"),
]
