from django.urls import path

from kpis.indicators import views as indicators
from kpis.services import views as services

app_name = "kpis"
urlpatterns = [
    path("services/", services.services, name="services"),
    path("services/<slug:slug>/", services.service, name="service"),
    path("services/<slug:slug>/returns/<slug:council_slug>/<slug:quarter>/", indicators.versions, name="versions"),
    path("councils/<slug:slug>/indicators/", indicators.indicators, name="indicators"),
    path("councils/<slug:slug>/indicators/return/", indicators.return_figures, name="return"),
    path("councils/<slug:slug>/indicators/upload/", indicators.upload, name="upload"),
    path("councils/<slug:slug>/indicators/template.csv", indicators.template, name="template"),
    path("councils/<slug:slug>/indicators/top/", indicators.top, name="top"),
]
