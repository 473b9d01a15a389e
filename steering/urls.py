from django.urls import path, register_converter

from steering import views
from steering.addresses import DayConverter

register_converter(DayConverter, "day")

app_name = "steering"
urlpatterns = [
    path("", views.board, name="board"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/new/", views.hold, name="hold"),
    path("meetings/<day:day>/", views.meeting, name="meeting"),
    path("meetings/plan/", views.plan, name="plan"),
    path("meetings/<day:day>/move/", views.move, name="move"),
    path("meetings/<day:day>/cancel/", views.cancel, name="cancel"),
    path("meetings/<day:day>/coming/", views.coming, name="coming"),
    path("meetings/<day:day>/held/", views.held, name="held"),
    path("meetings/<day:day>/agenda/", views.agenda, name="agenda"),
    path("meetings/<day:day>/agenda/add/", views.add_item, name="add_item"),
    path("meetings/<day:day>/agenda/<int:number>/", views.change_item, name="change_item"),
    path("meetings/<day:day>/agenda/<int:number>/turn/", views.turn_item, name="turn_item"),
    path("meetings/<day:day>/agenda/<int:number>/minutes/", views.minute, name="minute"),
    path("meetings/<day:day>/papers/add/", views.add_paper, name="add_paper"),
    path("meetings/<day:day>/papers/export/", views.export_papers, name="export_papers"),
    path("papers/<int:number>/", views.paper, name="paper"),
    path("papers/<int:number>/keep/", views.keep_paper, name="keep_paper"),
    path("papers/<int:number>/remove/", views.remove_paper, name="remove_paper"),
    path("actions/", views.actions, name="actions"),
    path("actions/new/", views.give, name="give"),
    path("actions/<int:number>/", views.action, name="action"),
    path("actions/<int:number>/done/", views.finish, name="finish"),
    path("actions/<int:number>/move/", views.move_action, name="move_action"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/new/", views.decide_about, name="decide_about"),
    path("decisions/<slug:number>/", views.decision, name="decision"),
    path("decisions/<slug:number>/conditions/", views.conditions, name="conditions"),
    path("decisions/<slug:number>/implementation/", views.implementation, name="implementation"),
    path("decisions/<slug:number>/review/", views.review, name="review"),
    path("motions/new/", views.ask, name="ask"),
    path("motions/<slug:reference>/", views.motion, name="motion"),
    path("motions/<slug:reference>/remind/", views.remind, name="remind"),
    path("motions/<slug:reference>/conclude/", views.conclude, name="conclude"),
    path("seats/", views.seats, name="seats"),
    path("seats/new/", views.seat, name="seat"),
    path("seats/<slug:body>/end/", views.end_seat, name="end_seat"),
    path("seats/<slug:body>/representative/", views.representative, name="representative"),
    path("promises/", views.promises, name="promises"),
    path("cases/<int:key>/", views.case, name="case"),
    path("cases/<int:key>/decide/", views.decide, name="decide"),
    path("assessments/<slug:slug>/new/", views.assess, name="assess"),
    path("assessments/<slug:slug>/<day:day>/", views.assessment, name="assessment"),
]
