from django.urls import path

from voting.consumers import BallotConsumer

websocket_urlpatterns = [path("ws/votes/<str:reference>/", BallotConsumer.as_asgi())]
