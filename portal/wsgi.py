"""Pages over WSGI."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

from portal.page_server import keep_connections, refuse_without_style_sheets, warm_up  # noqa: E402 - apps must be loaded first

refuse_without_style_sheets()
warm_up()
keep_connections()
