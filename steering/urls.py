from django.urls import path, register_converter

from steering import views
from steering.addresses import DayConverter
from steering.packs import views as packs

register_converter(DayConverter, "day")

app_name = "steering"
urlpatterns = [
    path("", views.board, name="board"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/new/", views.hold, name="hold"),
    path("meetings/<day:day>/", views.meeting, name="meeting"),
    path("packs/<day:day>/", packs.pack, name="pack"),
    path("packs/<day:day>/content.json", packs.pack_content, name="pack_content"),
    path("packs/<day:day>/draft/", packs.pack_draft, name="pack_draft"),
    path("packs/<day:day>/<int:version>/", packs.pack_version, name="pack_version"),
    path("packs/<day:day>/<int:version>/content.json", packs.pack_content, name="pack_version_content"),
    path("packs/<day:day>/<int:version>/pack.pdf", packs.pack_pdf, name="pack_pdf"),
    path("packs/<day:day>/<int:version>/print/", packs.pack_print, name="pack_print"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<slug:number>/", views.decision, name="decision"),
    path("decisions/<slug:number>/review/", views.review, name="review"),
    path("motions/new/", views.ask, name="ask"),
    path("motions/<slug:reference>/", views.motion, name="motion"),
    path("motions/<slug:reference>/remind/", views.remind, name="remind"),
    path("motions/<slug:reference>/conclude/", views.conclude, name="conclude"),
    path("seats/<slug:body>/representative/", views.representative, name="representative"),
    path("promises/", views.promises, name="promises"),
    path("cases/<int:key>/", views.case, name="case"),
    path("cases/<int:key>/decide/", views.decide, name="decide"),
]
