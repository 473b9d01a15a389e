from django.urls import path

from voting import views

app_name = "voting"
urlpatterns = [
    path("", views.ballot_list, name="list"),
    path("new/", views.prepare, name="new"),
    path("<slug:reference>/", views.detail, name="detail"),
    path("<slug:reference>/cast/", views.cast, name="cast"),
    path("<slug:reference>/results/", views.results, name="results"),
    path("<slug:reference>/record/", views.record, name="record"),
    path("<slug:reference>/screen/", views.screen, name="screen"),
    path("<slug:reference>/state.json", views.state, name="state"),
    path("<slug:reference>/change/", views.change, name="change"),
    path("<slug:reference>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:reference>/open/", views.open_ballot, name="open"),
    path("<slug:reference>/close/", views.close_ballot, name="close"),
    path("<slug:reference>/roll/", views.add_to_roll, name="roll"),
    path("<slug:reference>/run-off/", views.prepare_run_off, name="run_off"),
    path("<slug:reference>/outcome/", views.publish_outcome, name="outcome"),
    path("<slug:reference>/project/", views.make_project, name="project"),
]
