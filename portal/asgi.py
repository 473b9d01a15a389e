"""Live updates over WebSocket, and pages too where one process does everything."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
pages = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402 - apps must be loaded first
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - apps must be loaded first
from channels.security.websocket import OriginValidator  # noqa: E402 - apps must be loaded first
from django.conf import settings  # noqa: E402 - apps must be loaded first

from voting.routing import websocket_urlpatterns  # noqa: E402 - apps must be loaded first

# Whole origins, not bare hosts: a bare host would let in any scheme and port.
application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": OriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns)), settings.LIVE_ORIGINS),
    }
)
