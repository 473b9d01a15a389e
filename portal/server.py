"""The ASGI server: sockets in production, pages and sockets together on a laptop.

python -m portal.server --host 127.0.0.1 --port 8001
"""

import argparse
import resource
import signal
import sys
from typing import Any

import uvicorn

from core.logs import LOGGING, only_problems

LIMITS: dict[str, Any] = {
    "access_log": False,
    "lifespan": "off",
    "proxy_headers": False,
    "server_header": False,
    "limit_concurrency": 3000,
    "ws_max_size": 16384,
    "ws_ping_interval": 20,
}


def main() -> None:
    """Serve until stopped by a signal; open requests get `--patience` seconds to finish."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--patience", type=int, default=10, help="Seconds to finish in, once told to stop")
    parser.add_argument("--only-problems", action="store_true", help="Say nothing of what goes well")
    asked = parser.parse_args()
    # Each socket is an open file, of which a process may have 1,024 unless it asks for more.
    _, most_files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))
    # Once it has stopped, uvicorn sends itself the signal again; by this it ends in order, and what waits is written.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    uvicorn.run(
        "portal.asgi:application",
        host=asked.host,
        port=asked.port,
        workers=asked.workers,
        log_config=only_problems() if asked.only_problems else LOGGING,
        timeout_graceful_shutdown=asked.patience,
        **LIMITS,
    )


if __name__ == "__main__":
    main()
