"""How a page server runs: read by gunicorn, started by run.sh."""

import os
import socket
from pathlib import Path

from core.logs import LOGGING

# Where systemd hands over a listening socket, that one is used instead.
bind = f"{os.environ.get('HOST') or '0.0.0.0'}:{os.environ.get('PORT') or '8000'}"  # noqa: S104 - behind a proxy
workers = int(os.environ.get("WEB_WORKERS") or 2)
# Loaded once, before anybody is answered: wrong settings stop the start with their sentence, a new worker is a fork
# away, and "ready" means ready.
preload_app = True
timeout = 30
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
limit_request_line = 8190
# Every request has its line in the site's own log, with its id and how long it took.
accesslog = None
logconfig_dict = LOGGING
# For gunicornc. One for each server: two sites may share a user, two containers their data and their numbers.
_name = f"pages-{socket.gethostname()}-{os.getpid()}.ctl"
control_socket = str(Path(os.environ.get("PORTAL_DATA") or "var").absolute() / _name)
