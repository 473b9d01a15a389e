from django.urls import path

from events.asking import views as asking
from events.desk import views as desk
from events.feedback import views as feedback
from events.organisers import views as organisers
from events.places import views as places
from events.programme import views as programme
from events.running import views as running
from events.sharing import views as sharing
from events.whats_on import views as whats_on

app_name = "events"
urlpatterns = [
    path("events/", whats_on.event_list, name="list"),
    # Before the slug, which would take them for an event.
    path("events/calendar.ics", whats_on.calendar, name="calendar"),
    path("events/organisers/<uuid:key>/", organisers.invitation, name="organiser"),
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
    path("events/<slug:slug>/places/", sharing.places, name="places"),
    path("events/<slug:slug>/places/pools/new/", sharing.new_pool, name="pool_new"),
    path("events/<slug:slug>/places/pools/<int:pool_id>/", sharing.pool, name="pool"),
    path("events/<slug:slug>/places/pools/<int:pool_id>/remove/", sharing.remove_pool, name="pool_remove"),
    path("events/<slug:slug>/run/", running.run, name="run"),
    path("events/<slug:slug>/people/", running.people, name="people"),
    path("events/<slug:slug>/message/", running.message, name="message"),
    path("events/<slug:slug>/kinds/", running.kinds, name="kinds"),
    path("events/<slug:slug>/kinds/<slug:key>/", running.kind, name="kind"),
    path("events/<slug:slug>/kinds/<slug:key>/remove/", running.remove_kind, name="kind_remove"),
    path("events/<slug:slug>/organisers/", organisers.organiser_list, name="organisers"),
    path("events/<slug:slug>/organisers/<uuid:key>/remove/", organisers.remove, name="organiser_remove"),
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
    path("events/<slug:slug>/check-in/<uuid:reference>/", desk.arrive, name="arrive"),
    path("events/<slug:slug>/check-in/<uuid:reference>/undo/", desk.undo, name="undo_check_in"),
    path("events/<slug:slug>/check-in/<uuid:reference>/release/", desk.release, name="release"),
    path("sign-ups/offers/<uuid:key>/", places.offer, name="offer"),
    path("sign-ups/<uuid:reference>/", places.manage, name="sign_up_manage"),
    path("sign-ups/<uuid:reference>/change/", places.change, name="sign_up_change"),
    path("sign-ups/<uuid:reference>/cancel/", places.cancel, name="sign_up_cancel"),
    path("sign-ups/<uuid:reference>/accept/", places.accept_promotion, name="promotion_accept"),
    path("sign-ups/<uuid:reference>/decline/", places.decline_promotion, name="promotion_decline"),
    path("sign-ups/<uuid:reference>/pass-on/", places.pass_on, name="sign_up_pass_on"),
    path("sign-ups/<uuid:reference>/take-back/", places.take_back, name="offer_take_back"),
]
