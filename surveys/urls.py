from django.urls import path

from surveys.fieldwork.views import answering, running
from surveys.release import views as release
from surveys.results import views

app_name = "surveys"
urlpatterns = [
    path("", views.waves, name="waves"),
    # Answered without a session, whoever is signed in: portal.serving.without_session.
    path("answer/<uuid:reference>/", answering.start, name="answer"),
    path("answer/<uuid:reference>/later/", answering.later, name="answer_later"),
    path("answer/<uuid:reference>/check/", answering.check, name="answer_check"),
    path("answer/<uuid:reference>/take-back/", answering.take_back, name="answer_take_back"),
    path("answer/<uuid:reference>/no-reminder/", answering.decline, name="answer_decline"),
    path("answer/<uuid:reference>/pages/<slug:key>/", answering.page, name="answer_page"),
    path("<int:year>/", views.wave, name="wave"),
    path("<int:year>/running/", running.running, name="running"),
    path("<int:year>/running/open/", running.open_survey, name="open"),
    path("<int:year>/running/remind/", running.remind, name="remind"),
    path("<int:year>/running/close-day/", running.change_close, name="close_day"),
    path("<int:year>/running/invitations/", running.invitations, name="invitations"),
    path("<int:year>/running/invitations/new/", running.invite, name="invite"),
    path("<int:year>/running/invitations/upload/", running.upload, name="upload"),
    path("<int:year>/running/invitations/<int:key>/take-back/", running.withdraw, name="invitation_withdraw"),
    path("<int:year>/running/next/", release.prepare, name="prepare"),
    path("<int:year>/running/plan/", release.plan, name="plan"),
    path("<int:year>/running/close/", release.close, name="close"),
    path("<int:year>/running/levels/", release.levels, name="levels"),
    path("<int:year>/running/bench/", release.bench, name="bench"),
    path("<int:year>/running/bench/leave-out/", release.leave_out, name="leave_out"),
    path("<int:year>/running/bench/rows/<int:key>/print/", release.print_again, name="print_again"),
    path("<int:year>/running/bench/tables/<slug:slug>/", release.code, name="code"),
    path("<int:year>/running/bench/tables/<slug:slug>/undo/", release.uncode, name="uncode"),
    path("<int:year>/running/bench/tables/<slug:slug>/rule/", release.rule, name="rule"),
    path("<int:year>/running/propose/", release.propose, name="propose"),
    path("<int:year>/running/take-back/", release.take_back, name="take_back"),
    path("<int:year>/running/publish/", release.confirm, name="publish"),
    path("<int:year>/savings/extrapolation/", views.extrapolation, name="extrapolation"),
    path("<int:year>/<slug:slug>/", views.table, name="table"),
    path("<int:year>/<slug:slug>.csv", views.table_file, name="table_file"),
    path("<int:year>/<slug:slug>/dictionary/", views.dictionary, name="dictionary"),
]
