"""Pages over WSGI, on database connections that are kept from one request to the next."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

from django.db import connections  # noqa: E402 - settings must be loaded first

# Only here: a page server has one thread a process. The sockets' threads come and go, and would each keep one.
for _connection in connections.all():
    _connection.settings_dict.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
