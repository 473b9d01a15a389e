"""The ASGI application: WebSockets, and pages too where one process does everything."""

import gc
import os

from django.core.asgi import get_asgi_application

gc.disable()  # as in wsgi.py
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - apps must be loaded first
from channels.sessions import CookieMiddleware  # noqa: E402 - apps must be loaded first
from django.conf import settings  # noqa: E402 - apps must be loaded first
from django.urls import re_path  # noqa: E402 - apps must be loaded first

from core.sockets import SocketLimits, refuse  # noqa: E402 - apps must be loaded first
from voting.routing import websocket_urlpatterns  # noqa: E402 - apps must be loaded first

# An address that no socket has is refused like one that may not be opened.
sockets = URLRouter([*websocket_urlpatterns, re_path("", refuse)])
application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": SocketLimits(
            CookieMiddleware(sockets),
            origins=settings.LIVE_ORIGINS,
            proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
        ),
    }
)
gc.enable()
gc.freeze()
# What a socket leaves behind refers to itself, and has grown old with it: without these steps Python would look for it
# once in half an hour, and the memory of a full hall would rise until then.
gc.set_threshold(10_000, 5, 2)
