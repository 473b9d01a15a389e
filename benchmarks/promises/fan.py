"""Sockets' servers that differ only in how a frame gets to many sockets, each with the portal's own server limits.

python -m benchmarks.promises.fan bare --port 8001

`bare` sends from a plain ASGI application; `ours` is the portal's hub and consumer, with a counter in place of the
database; `stock` is a Channels consumer in a group. A post to any address is a vote. WINDOW is in the environment.
`deaf` is the portal as it is, but its hub looks at nothing unless it is nudged: for controls.
"""

import argparse
import asyncio
import json
import os
from collections.abc import Callable
from typing import Any

import uvicorn

from portal.server import LIMITS

WINDOW = float(os.environ.get("WINDOW", "0"))
STATE = {
    "version": 0,
    "state": "open",
    "heading": "Voting is open",
    "tally": [{"option": n, "title": f"Prototype {n} of a hall", "people": n, "councils": "1/3"} for n in range(8)],
}
Application = Callable[..., Any]


def frame(version: int) -> str:
    return json.dumps(STATE | {"version": version}, separators=(",", ":"))


async def answer(send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def bare() -> Application:
    """The least that a fan-out can be: each change is encoded once and sent to everybody in turn."""
    sends: set[Any] = set()
    version, resting, again = 0, False, False

    async def tell() -> None:
        text = frame(version)
        for send in list(sends):
            await send({"type": "websocket.send", "text": text})

    async def tell_once_a_window() -> None:
        nonlocal resting, again
        again = True
        if resting:
            return
        resting = True
        while again:
            again = False
            await tell()
            await asyncio.sleep(WINDOW)
        resting = False

    tasks: set[asyncio.Task] = set()

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        nonlocal version
        if scope["type"] == "http":
            version += 1
            if WINDOW:
                tasks.add(task := asyncio.create_task(tell_once_a_window()))
                task.add_done_callback(tasks.discard)
            else:
                await tell()
            await answer(send)
            return
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": frame(version)})
        sends.add(send)
        while (await receive())["type"] != "websocket.disconnect":
            pass
        sends.discard(send)

    return application


def ours() -> Application:
    """The portal's own application from the handshake to the frame; only what would read the database is a counter."""
    from portal.asgi import application as portal
    from voting.ballots import live
    from voting.room import arrivals, hub, state, watchers

    version = 0
    hub.WINDOW = WINDOW
    hub.lost = lambda ballot_id, watching: set()
    state.stamp_of = lambda ballot_id: (version,)
    state.live_state = lambda ballot_id: STATE | {"version": version}
    arrivals.admit = lambda asked: dict.fromkeys(asked, watchers.Admission(1, watchers.Watcher()))

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        nonlocal version
        if scope["type"] == "http":
            version += 1
            live._send(1)
            await answer(send)
            return
        await portal(scope, receive, send)

    return application


def stock() -> Application:
    """As the documentation of Channels shows it: every socket is in a group, and each change is sent to the group."""
    import django

    django.setup()
    from channels.generic.websocket import AsyncJsonWebsocketConsumer
    from channels.layers import InMemoryChannelLayer, channel_layers, get_channel_layer
    from channels.routing import URLRouter
    from django.urls import re_path

    channel_layers.set("default", InMemoryChannelLayer())

    class Consumer(AsyncJsonWebsocketConsumer):
        groups = ["hall"]

        async def connect(self) -> None:
            await self.accept()
            await self.send_json(STATE | {"version": version})

        async def changed(self, event: dict[str, Any]) -> None:
            await self.send_json(event["state"])

    sockets, version = URLRouter([re_path("", Consumer.as_asgi())]), 0

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        nonlocal version
        if scope["type"] == "http":
            version += 1
            await get_channel_layer().group_send("hall", {"type": "changed", "state": STATE | {"version": version}})
            await answer(send)
            return
        await sockets(scope, receive, send)

    return application


def deaf() -> Application:
    from portal.asgi import application
    from voting.room import hub

    hub.REREAD = hub.RECHECK = 3600
    return application


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("how", choices=["bare", "ours", "stock", "deaf"])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--only-problems", action="store_true")
    asked = parser.parse_args()
    makes = {"bare": bare, "ours": ours, "stock": stock, "deaf": deaf}
    uvicorn.run(makes[asked.how](), host="127.0.0.1", port=asked.port, log_config=None, **LIMITS)


if __name__ == "__main__":
    main()
