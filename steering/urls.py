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
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<slug:number>/", views.decision, name="decision"),
    path("decisions/<slug:number>/review/", views.review, name="review"),
    path("motions/new/", views.ask, name="ask"),
    path("motions/<slug:reference>/", views.motion, name="motion"),
    path("motions/<slug:reference>/remind/", views.remind, name="remind"),
    path("motions/<slug:reference>/conclude/", views.conclude, name="conclude"),
    path("seats/<slug:body>/representative/", views.representative, name="representative"),
    path("portfolio/", views.portfolio, name="portfolio"),
    path("portfolio/by-stage/", views.portfolio_by_stage, name="portfolio_by_stage"),
    path("portfolio/save/", views.view_save, name="view_save"),
    path("portfolio/views/<int:key>/delete/", views.view_delete, name="view_delete"),
    path("coverage/", views.coverage, name="coverage"),
    path("blockers/", views.blocks, name="blocks"),
    path("blockers/<slug:slug>/", views.block, name="block"),
    path("blockers/<slug:slug>/edit/", views.block_edit, name="block_edit"),
    path("blockers/<slug:slug>/pass-up/", views.block_pass_up, name="block_pass_up"),
    path("blockers/<slug:slug>/remove/", views.block_remove, name="block_remove"),
    path("blockers/<slug:slug>/merge/", views.block_merge, name="block_merge"),
    path("blockers/<slug:slug>/split/", views.block_split, name="block_split"),
    path("promises/", views.promises, name="promises"),
    path("cases/<int:key>/", views.case, name="case"),
    path("cases/<int:key>/decide/", views.decide, name="decide"),
]
