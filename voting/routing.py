from django.urls import path

from voting.room.consumers import BallotConsumer

websocket_urlpatterns = [path("ws/votes/<slug:reference>/", BallotConsumer.as_asgi())]
