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
    path("cases/<int:key>/", views.case, name="case"),
    path("cases/<int:key>/decide/", views.decide, name="decide"),
]
