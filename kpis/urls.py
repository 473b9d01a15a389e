from django.urls import path

from kpis.reach import views as reach
from kpis.shift import views as shift

app_name = "kpis"
urlpatterns = [
    path("figures/reach/", reach.reach, name="reach"),
    path("figures/reach/new/", reach.enter, name="enter_reach"),
    path("services/channel-shift/", shift.channel_shift, name="channel_shift"),
    path("services/channel-shift/case/", shift.shift_into_case, name="shift_into_case"),
]
