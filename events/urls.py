from django.urls import path

from events.asking import views as asking
from events.desk import sending
from events.desk import views as desk
from events.feedback import views as feedback
from events.places import views as places
from events.programme import views as programme
from events.whats_on import views as whats_on

app_name = "events"
urlpatterns = [
    path("events/", whats_on.event_list, name="list"),
    # Before the slug, which would take them for an event.
    path("events/calendar.ics", whats_on.calendar, name="calendar"),
    path("events/new/", programme.new, name="new"),
    path("events/<slug:slug>/", whats_on.detail, name="detail"),
    path("events/<slug:slug>/event.ics", whats_on.ics, name="ics"),
    path("events/<slug:slug>/sign-up/", places.sign_up, name="sign_up"),
    path("events/<slug:slug>/ask/", whats_on.ask, name="ask"),
    path("events/<slug:slug>/feedback/", feedback.give, name="feedback"),
    path("events/<slug:slug>/edit/", programme.edit, name="edit"),
    path("events/<slug:slug>/announce/", programme.announce, name="announce"),
    path("events/<slug:slug>/cancel/", programme.cancel, name="cancel"),
    path("events/<slug:slug>/brought-forth/", programme.brought_forth, name="brought_forth"),
    path("events/<slug:slug>/questions/", asking.question_list, name="questions"),
    # Before the key, which would take them for a question.
    path("events/<slug:slug>/questions/new/", asking.new_question, name="question_new"),
    path("events/<slug:slug>/questions/built-in/", asking.built_in, name="question_built_in"),
    path("events/<slug:slug>/questions/answers/", asking.answers, name="answers"),
    path("events/<slug:slug>/questions/<slug:key>/", asking.change_question, name="question_change"),
    path("events/<slug:slug>/questions/<slug:key>/move/", asking.move_question, name="question_move"),
    path("events/<slug:slug>/questions/<slug:key>/copy/", asking.copy_question, name="question_copy"),
    path("events/<slug:slug>/questions/<slug:key>/remove/", asking.remove_question, name="question_remove"),
    path("events/<slug:slug>/check-in/", desk.desk, name="check_in"),
    path("events/<slug:slug>/check-in/marks/", sending.marks, name="desk_marks"),
    path("events/<slug:slug>/check-in/release/", desk.release_all, name="release_no_shows"),
    path("events/<slug:slug>/check-in/bring-back/", desk.bring_back, name="bring_back"),
    path("events/<slug:slug>/join/", desk.join, name="join"),
    path("check-in/<uuid:reference>/", desk.scanned, name="scanned"),
    path("events/<slug:slug>/check-in/<uuid:reference>/", desk.arrive, name="arrive"),
    path("events/<slug:slug>/check-in/<uuid:reference>/undo/", desk.undo, name="undo_check_in"),
    path("events/<slug:slug>/check-in/<uuid:reference>/release/", desk.release, name="release"),
    path("sign-ups/offers/<uuid:key>/", places.offer, name="offer"),
    path("sign-ups/<uuid:reference>/", places.manage, name="sign_up_manage"),
    path("sign-ups/<uuid:reference>/change/", places.change, name="sign_up_change"),
    path("sign-ups/<uuid:reference>/cancel/", places.cancel, name="sign_up_cancel"),
    path("sign-ups/<uuid:reference>/pass-on/", places.pass_on, name="sign_up_pass_on"),
    path("sign-ups/<uuid:reference>/take-back/", places.take_back, name="offer_take_back"),
]
