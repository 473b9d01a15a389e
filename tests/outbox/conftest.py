import socket

import pytest

from tests.outbox.kinds_for_tests import known
from tests.outbox.servers import Server


@pytest.fixture(autouse=True)
def kinds_for_tests():
    with known():
        yield


@pytest.fixture
def mail_server(settings):
    """A function: a mail server in these moods, one for each message, then in a good one; mail goes to it."""
    running = []

    def start(*moods: str) -> Server:
        left = list(moods)
        server = Server(lambda: left.pop(0) if left else "takes")
        running.append(server)
        _send_to(settings, server.port)
        return server

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def no_mail_server(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        _send_to(settings, probe.getsockname()[1])


def _send_to(settings, port: int) -> None:
    settings.MAIL_TRANSPORT = "outbox.transport.SMTP"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.3
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
