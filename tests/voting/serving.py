"""The portal's sockets on a real server."""

import asyncio
import socket as sockets
from contextlib import asynccontextmanager

import uvicorn

from portal.asgi import application
from portal.server import LIMITS
from tests.voting.sockets import HERE

ORIGIN = HERE[1].decode()


@asynccontextmanager
async def served():
    """Serve on a free port, which is given, with the limits that the portal is served with."""
    listening = sockets.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, log_config=None, timeout_graceful_shutdown=1, **LIMITS))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await serving
