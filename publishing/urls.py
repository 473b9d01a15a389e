from django.urls import path

from publishing import views

app_name = "publishing"
urlpatterns = [
    path("case-studies/new/", views.new, name="new"),
    path("case-studies/<slug:slug>/withdraw/", views.withdraw, name="withdraw"),
]
