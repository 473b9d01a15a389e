from django.urls import path

from councils.views import alike, ask, directory, leavers, membership, profile, reorganisation, systems

app_name = "councils"
urlpatterns = [
    path("", directory.directory, name="list"),
    path("suggest/", directory.suggest, name="suggest"),
    path("waiting/", membership.waiting, name="waiting"),
    path("left-behind/", leavers.left_behind, name="left_behind"),
    path("<slug:slug>/", profile.profile, name="detail"),
    path("<slug:slug>/alike/", alike.alike, name="alike"),
    path("<slug:slug>/systems/", systems.systems, name="systems"),
    path("<slug:slug>/systems/new/", systems.declare_system, name="declare_system"),
    path("<slug:slug>/systems/<int:system_id>/change/", systems.change_system, name="change_system"),
    path("<slug:slug>/systems/<int:system_id>/confirm/", systems.confirm_system, name="confirm_system"),
    path("<slug:slug>/systems/<int:system_id>/remove/", systems.remove_system, name="remove_system"),
    path("<slug:slug>/ask/", ask.ask_council, name="ask"),
    path("<slug:slug>/ask/<int:membership_id>/", ask.ask_member, name="ask_member"),
    path("<slug:slug>/join/", membership.join, name="join"),
    path("<slug:slug>/data/", profile.download, name="data"),
    path("<slug:slug>/reorganise/", reorganisation.reorganise, name="reorganise"),
    path("<slug:slug>/reorganise/take-back/", reorganisation.take_back, name="take_back_reorganisation"),
    path("<slug:slug>/handing-over/", leavers.leavers, name="leavers"),
    path("<slug:slug>/handing-over/<int:person_id>/", leavers.hand_over, name="hand_over"),
    path("<slug:slug>/members/", membership.members, name="members"),
    path("<slug:slug>/members/<int:membership_id>/confirm/", membership.confirm, name="confirm"),
    path("<slug:slug>/members/<int:membership_id>/role/", membership.change_role, name="role"),
    path("<slug:slug>/members/<int:membership_id>/end/", membership.end, name="end"),
    path("<slug:slug>/members/<int:membership_id>/may-be-asked/", membership.may_be_asked, name="may_be_asked"),
    path("<slug:slug>/members/<int:membership_id>/affirm/", membership.affirm, name="affirm"),
]
