from django.urls import path

from events.views import asking, desk, feedback, listing, offers, places, staff

app_name = "events"
urlpatterns = [
    path("events/", listing.event_list, name="list"),
    # Before the slug, which would take them for an event.
    path("events/calendar.ics", listing.calendar, name="calendar"),
    path("events/new/", staff.new, name="new"),
    path("events/<slug:slug>/", listing.detail, name="detail"),
    path("events/<slug:slug>/event.ics", listing.ics, name="ics"),
    path("events/<slug:slug>/sign-up/", places.sign_up, name="sign_up"),
    path("events/<slug:slug>/ask/", asking.ask, name="ask"),
    path("events/<slug:slug>/feedback/", feedback.give, name="feedback"),
    path("events/<slug:slug>/edit/", staff.edit, name="edit"),
    path("events/<slug:slug>/announce/", staff.announce, name="announce"),
    path("events/<slug:slug>/cancel/", staff.cancel, name="cancel"),
    path("events/<slug:slug>/brought-forth/", staff.brought_forth, name="brought_forth"),
    path("events/<slug:slug>/check-in/", desk.desk, name="check_in"),
    path("events/<slug:slug>/check-in/<uuid:reference>/", desk.arrive, name="arrive"),
    path("events/<slug:slug>/check-in/<uuid:reference>/undo/", desk.undo, name="undo_check_in"),
    path("events/<slug:slug>/check-in/<uuid:reference>/release/", desk.release, name="release"),
    path("sign-ups/offers/<uuid:key>/", offers.offer, name="offer"),
    path("sign-ups/<uuid:reference>/", places.manage, name="sign_up_manage"),
    path("sign-ups/<uuid:reference>/change/", places.change, name="sign_up_change"),
    path("sign-ups/<uuid:reference>/cancel/", places.cancel, name="sign_up_cancel"),
    path("sign-ups/<uuid:reference>/pass-on/", offers.pass_on, name="sign_up_pass_on"),
    path("sign-ups/<uuid:reference>/take-back/", offers.take_back, name="offer_take_back"),
]
