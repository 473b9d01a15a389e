"""Below /assets/, before the addresses of the assets themselves."""

from django.urls import path

from take_up import views

app_name = "take_up"
urlpatterns = [
    path("waiting/", views.waiting, name="waiting"),
    path("benefits/", views.benefits, name="benefits"),
    path("benefits/claim/", views.claim, name="claim"),
    path("adoptions/<int:key>/change/", views.change_adoption, name="change_adoption"),
    path("adoptions/<int:key>/confirm/", views.confirm_adoption, name="confirm_adoption"),
    path("adoptions/<int:key>/turn-down/", views.turn_down_adoption, name="turn_down_adoption"),
    path("adoptions/<int:key>/withdraw/", views.withdraw_adoption, name="withdraw_adoption"),
    path("commitments/<int:key>/renew/", views.renew_commitment, name="renew_commitment"),
    path("commitments/<int:key>/withdraw/", views.withdraw_commitment, name="withdraw_commitment"),
    path("commitments/<int:key>/adopt/", views.adopt_as_committed, name="adopt_as_committed"),
    path("commitments/<int:key>/confirm/", views.confirm_commitment, name="confirm_commitment"),
    path("commitments/<int:key>/turn-down/", views.turn_down_commitment, name="turn_down_commitment"),
    path("compare/", views.compare_assets, name="compare"),
    path("shortlist/", views.shortlist, name="shortlist"),
    path("shortlist/clear/", views.clear_shortlist, name="clear_shortlist"),
    path("<slug:slug>/shortlist/", views.add_to_shortlist, name="add_to_shortlist"),
    path("<slug:slug>/shortlist/remove/", views.remove_from_shortlist, name="remove_from_shortlist"),
    path("<slug:slug>/take-up/", views.spread, name="spread"),
    path("<slug:slug>/commit/", views.commit, name="commit"),
    path("<slug:slug>/passport/", views.passport, name="passport"),
    path("<slug:slug>/adopt/", views.adopt, name="adopt"),
]
