from django.urls import path

from publishing import views

app_name = "publishing"
urlpatterns = [
    path("case-studies/<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
]
