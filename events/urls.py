from django.urls import path

from events.asking import views as asking
from events.desk import sending
from events.desk import views as desk
from events.feedback import views as feedback
from events.floor import views as floor
from events.inviting import views as inviting
from events.leads import views as leads
from events.organisers import views as organisers
from events.outputs import views as outputs
from events.places import own_calendar
from events.places import views as places
from events.programme import views as programme
from events.running import views as running
from events.series import views as series
from events.sharing import views as sharing
from events.speaking import views as speaking
from events.whats_on import skills
from events.whats_on import views as whats_on

app_name = "events"
urlpatterns = [
    path("events/", whats_on.event_list, name="list"),
    # Before the slug, which would take them for an event.
    path("events/calendar.ics", whats_on.calendar, name="calendar"),
    path("events/organisers/<str:token>/", organisers.invitation, name="organiser"),
    path("events/new/", programme.new, name="new"),
    path("events/skills/", skills.skill_list, name="skills"),
    path("events/skills/<slug:slug>/", skills.skill_detail, name="skill"),
    path("events/<slug:slug>/", whats_on.detail, name="detail"),
    path("events/<slug:slug>/event.ics", whats_on.ics, name="ics"),
    path("events/<slug:slug>/sign-up/", places.sign_up, name="sign_up"),
    path("events/<slug:slug>/ask/", whats_on.ask, name="ask"),
    path("events/<slug:slug>/feedback/", feedback.give, name="feedback"),
    path("events/<slug:slug>/report/", whats_on.report, name="report"),
    path("events/<slug:slug>/held/", whats_on.held, name="held"),
    path("events/<slug:slug>/saving/", leads.tell, name="saving"),
    path("events/<slug:slug>/saving/thanks/", leads.told, name="saving_told"),
    path("held/", whats_on.what_goes, name="what_goes"),
    path("leads/", leads.leads, name="leads"),
    path("leads/<uuid:reference>/", leads.lead, name="lead"),
    path("events/<slug:slug>/edit/", programme.edit, name="edit"),
    path("events/<slug:slug>/announce/", programme.announce, name="announce"),
    path("events/<slug:slug>/cancel/", programme.cancel, name="cancel"),
    path("events/<slug:slug>/copy/", series.copy, name="copy"),
    path("events/<slug:slug>/invite/", inviting.invite, name="invite"),
    path("events/<slug:slug>/prototype/", programme.prototype, name="prototype"),
    path("events/<slug:slug>/brought-forth/", outputs.brought_forth, name="brought_forth"),
    path("events/<slug:slug>/brought-forth/add/", outputs.add_output, name="output_add"),
    path("events/<slug:slug>/brought-forth/<int:number>/take-off/", outputs.remove_output, name="output_remove"),
    path("events/<slug:slug>/outputs/<int:number>/", outputs.output, name="output"),
    path("events/<slug:slug>/speakers/<int:number>/mine/", speaking.mine, name="speaker_mine"),
    path("events/<slug:slug>/speakers/<int:number>/not-mine/", speaking.not_mine, name="speaker_not_mine"),
    path("events/<slug:slug>/speakers/asked/<int:number>/confirm/", speaking.confirm, name="speaker_confirm"),
    path("events/<slug:slug>/speakers/asked/<int:number>/deny/", speaking.deny, name="speaker_deny"),
    path("events/<slug:slug>/floor/", floor.floor, name="floor"),
    path("events/<slug:slug>/floor/screen/", floor.screen, name="floor_screen"),
    path("events/<slug:slug>/floor/<int:number>/vote/", floor.vote, name="floor_vote"),
    path("events/<slug:slug>/floor/<int:number>/show/", floor.show, name="floor_show"),
    path("events/<slug:slug>/floor/<int:number>/answered/", floor.answer, name="floor_answered"),
    path("events/<slug:slug>/floor/<int:number>/hide/", floor.hide, name="floor_hide"),
    path("events/<slug:slug>/floor/<int:number>/back/", floor.put_back, name="floor_back"),
    path("events/<slug:slug>/places/", sharing.places, name="places"),
    path("events/<slug:slug>/places/pools/new/", sharing.new_pool, name="pool_new"),
    path("events/<slug:slug>/places/pools/<int:pool_id>/", sharing.pool, name="pool"),
    path("events/<slug:slug>/places/pools/<int:pool_id>/remove/", sharing.remove_pool, name="pool_remove"),
    path("events/<slug:slug>/run/", running.run, name="run"),
    path("events/<slug:slug>/people/", running.people, name="people"),
    path("events/<slug:slug>/message/", running.message, name="message"),
    path("events/<slug:slug>/kinds/", running.kinds, name="kinds"),
    path("events/<slug:slug>/kinds/<slug:key>/", running.kind, name="kind"),
    path("events/<slug:slug>/kinds/<slug:key>/move/", running.move_kind, name="kind_move"),
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
    path("events/<slug:slug>/check-in/marks/", sending.marks, name="desk_marks"),
    path("events/<slug:slug>/check-in/organisations/", desk.organisations, name="desk_organisations"),
    path("events/<slug:slug>/check-in/release/", desk.release_all, name="release_no_shows"),
    path("events/<slug:slug>/check-in/bring-back/", desk.bring_back, name="bring_back"),
    path("events/<slug:slug>/join/", desk.join, name="join"),
    path("check-in/<uuid:reference>/", desk.scanned, name="scanned"),
    path("events/<slug:slug>/check-in/<uuid:reference>/", desk.arrive, name="arrive"),
    path("events/<slug:slug>/check-in/<uuid:reference>/undo/", desk.undo, name="undo_check_in"),
    path("events/<slug:slug>/check-in/<uuid:reference>/left/", desk.leave, name="check_out"),
    path("events/<slug:slug>/check-in/<uuid:reference>/release/", desk.release, name="release"),
    path("account/calendar/", own_calendar.choose, name="own_calendar_page"),
    path("account/calendar/new/", own_calendar.renew, name="own_calendar_new"),
    path("account/calendar/off/", own_calendar.turn_off, name="own_calendar_off"),
    path("calendars/<str:token>/places.ics", own_calendar.feed, name="own_calendar"),
    path("sign-ups/offers/<str:token>/", places.offer, name="offer"),
    path("sign-ups/<uuid:reference>/", places.manage, name="sign_up_manage"),
    path("sign-ups/<uuid:reference>/change/", places.change, name="sign_up_change"),
    path("sign-ups/<uuid:reference>/cancel/", places.cancel, name="sign_up_cancel"),
    path("sign-ups/<uuid:reference>/place.ics", places.ics, name="sign_up_ics"),
    path("sign-ups/<uuid:reference>/confirm/", places.confirm, name="sign_up_confirm"),
    path("sign-ups/<uuid:reference>/bring-back/", places.bring_back, name="sign_up_bring_back"),
    path("sign-ups/<uuid:reference>/agree/", places.agree, name="offer_agree"),
    path("sign-ups/<uuid:reference>/disagree/", places.disagree, name="offer_disagree"),
    path("sign-ups/<uuid:reference>/accept/", places.accept_promotion, name="promotion_accept"),
    path("sign-ups/<uuid:reference>/decline/", places.decline_promotion, name="promotion_decline"),
    path("sign-ups/<uuid:reference>/pass-on/", places.pass_on, name="sign_up_pass_on"),
    path("sign-ups/<uuid:reference>/take-back/", places.take_back, name="offer_take_back"),
]
