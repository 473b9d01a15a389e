from django.urls import path, register_converter

from steering import views
from steering.addresses import DayConverter

register_converter(DayConverter, "day")

app_name = "steering"
urlpatterns = [
    path("", views.board, name="board"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/new/", views.hold, name="hold"),
    path("meetings/<day:held_on>/", views.meeting, name="meeting"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<slug:number>/", views.decision, name="decision"),
    path("decisions/<slug:number>/review/", views.review, name="review"),
    path("motions/new/", views.ask, name="ask"),
    path("motions/<slug:reference>/", views.motion, name="motion"),
    path("motions/<slug:reference>/remind/", views.remind, name="remind"),
    path("motions/<slug:reference>/conclude/", views.conclude, name="conclude"),
    path("seats/<slug:body>/representative/", views.representative, name="representative"),
    path("promises/", views.promises, name="promises"),
    path("strategy/", views.strategy, name="strategy"),
    path("strategy/terms/", views.terms, name="terms"),
    path("strategy/departments/<slug:department>/<slug:part>/", views.impact, name="impact"),
    path("strategy/departments/<slug:department>/<slug:part>/fill/", views.fill_impact, name="fill_impact"),
    path("strategy/planting-the-flag/", views.flag, name="flag"),
    path("strategy/planting-the-flag/<slug:council>/", views.flag_of_council, name="flag_of_council"),
    path("strategy/planting-the-flag/<slug:council>/assess/", views.assess, name="assess"),
    path("cases/<int:key>/", views.case, name="case"),
    path("cases/<int:key>/decide/", views.decide, name="decide"),
]
