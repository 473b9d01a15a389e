"""Pages over WSGI."""

import gc
import os

from django.core.wsgi import get_wsgi_application

# What is loaded stays: looking through it meanwhile, and in every worker afterwards, would find nothing.
gc.disable()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

from core.connections import keep_connections  # noqa: E402 - apps must be loaded first
from portal.serving.page_server import refuse_without_style_sheets, warm_up  # noqa: E402 - apps must be loaded first

refuse_without_style_sheets()
warm_up()
keep_connections()
gc.enable()
gc.freeze()
