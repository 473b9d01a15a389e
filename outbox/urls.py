from django.urls import path

from outbox import views

app_name = "outbox"
urlpatterns = [
    path("account/messages/", views.messages, name="messages"),
    path("account/messages/off/", views.everything_off, name="everything_off"),
    path("account/messages/try-again/", views.try_again, name="try_again"),
    path("messages/off/<str:token>/", views.turn_off, name="turn_off"),
    path("account/messages/<int:pk>/send-again/", views.send_it_again, name="send_again"),
]
