"""A mail server that takes, refuses, hangs and breaks off as a test says."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes

from aiosmtpd.smtp import SMTP

ANSWERS = {
    "later": ("RCPT", "451 4.7.1 Come again later"),
    "no such address": ("RCPT", "550 5.1.1 No such user here"),
    "full": ("DATA", "452 4.3.1 No space left"),
    "bad words": ("DATA", "554 5.6.0 We do not like this message"),
    "bad sender": ("MAIL", "530 5.7.0 Who are you?"),
    "closing": ("MAIL", "421 4.3.2 Closing down"),
    "no relay": ("RCPT", "550 5.7.1 Relaying denied"),
    "blocked": ("RCPT", "554 Blocked, see our list"),
}


def answer_in(mood: str) -> tuple[str, str]:
    """The step at which a server in a mood refuses, and its words; a mood may be both itself: `RCPT: 552 Full`."""
    step, _, words = mood.partition(": ")
    return ANSWERS.get(mood, (step, words))


class Server:
    """Listens in a thread of its own. `mood` says before each message what it does with it; `taken` counts by id."""

    def __init__(self, mood: Callable[[], str]) -> None:
        self.mood, self.taken, self.now = mood, Counter[str](), ""
        self._loop, self._waiting = asyncio.new_event_loop(), asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = 0
        self.listen()

    def listen(self) -> None:
        """Take connections, at the same port as before."""
        listening = self._loop.create_server(lambda: SMTP(self, loop=self._loop), "127.0.0.1", self.port)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result()
        self.port = self._server.sockets[0].getsockname()[1]

    def refuse(self) -> None:
        """Take no new connection; the door is shut when this returns."""
        closed = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (self._server.close(), self._loop.call_soon(closed.set)))
        closed.wait()

    def wake_up(self) -> None:
        """Answer what hangs."""
        self._loop.call_soon_threadsafe(self._waiting.set)

    def stop(self) -> None:
        self.refuse()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _answer(self, step: str, server: SMTP) -> str:
        at, words = answer_in(self.now)
        if (self.now, step) in {("hangs", "MAIL"), ("hangs after it", "DATA")}:
            await self._waiting.wait()
        if (self.now, step) in {("breaks", "MAIL"), ("breaks after it", "DATA")}:
            server.transport.abort()
        return words if at == step else ""

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.now = self.mood()
        envelope.mail_from = address
        return await self._answer("MAIL", server) or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.rcpt_tos.append(address)
        return await self._answer("RCPT", server) or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if not answer_in(self.now)[1]:
            self.taken[message_from_bytes(envelope.content)["Message-ID"]] += 1
        return await self._answer("DATA", server) or "250 Taken"
