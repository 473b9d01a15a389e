"""Below /board/promises/: the ledger, and what is done with a promise."""

from django.urls import path

from take_up import views

app_name = "promises"
urlpatterns = [
    path("", views.promises, name="promises"),
    path("plan/", views.plan, name="plan"),
    path("<int:key>/", views.promise, name="promise"),
    path("<int:key>/measure/", views.measure, name="measure"),
    path("<int:key>/explain/", views.explain, name="explain"),
    path("measurements/<int:key>/check/", views.check_measurement, name="check_measurement"),
    path("measurements/<int:key>/turn-down/", views.turn_down_measurement, name="turn_down_measurement"),
]
