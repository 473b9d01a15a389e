"""A wire to a server, which may refuse, or hang: as if the server did, which others may be using."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Wire:
    """Passes on what is sent to a server; may refuse, or take it and never answer."""

    def __init__(self, server: str) -> None:
        there = urlsplit(server)
        self._there = (there.hostname or "127.0.0.1", there.port or 9200)
        self._sockets: list[socket.socket] = []
        self._listening = self._listen(0)
        self.port = self._listening.getsockname()[1]
        self._hangs = False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def carry(self) -> None:
        """Be as if nothing had been."""
        self._cut()
        self._hangs = False
        self._open()

    def refuse(self) -> None:
        """Be as a server that is gone."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # closed alone, it would still take one caller
        self._listening.close()
        self._cut()

    def hang(self) -> None:
        """Be as a server that takes a connection and never answers."""
        self._cut()
        self._hangs = True
        self._open()

    def close(self) -> None:
        self.refuse()

    def _open(self) -> None:
        if self._listening.fileno() == -1:
            self._listening = self._listen(self.port)

    def _listen(self, port: int) -> socket.socket:
        listening = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()
        return listening

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                caller, _ = listening.accept()
                self._sockets.append(caller)
                if self._hangs:
                    continue
                server = socket.create_connection(self._there)
                self._sockets.append(server)
                for one, other in ((caller, server), (server, caller)):
                    threading.Thread(target=_carry, args=(one, other), daemon=True).start()

    def _cut(self) -> None:
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._sockets = []


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
