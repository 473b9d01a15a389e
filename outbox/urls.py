from django.urls import path

from outbox import views

app_name = "outbox"
urlpatterns = [
    path("<int:pk>/send-again/", views.send_it_again, name="send_again"),
]
