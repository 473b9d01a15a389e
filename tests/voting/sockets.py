"""Sockets of votes as tests open them: a page of this site opens them, in one of somebody's sessions or in none."""

from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from core.sessions import SessionStore
from portal.asgi import application

# How long what is promised is waited for, in seconds: longer than a slow machine takes, and shorter than the 30 for
# which a test puts off what would bring the same by another way.
PATIENCE = 20
HERE = (b"origin", settings.LIVE_ORIGINS[0].encode())


class PatientSocket(WebsocketCommunicator):
    """A socket that waits as long as a slow machine takes, where else it gives up after a second."""

    async def connect(self, timeout=PATIENCE):
        return await super().connect(timeout)

    async def receive_output(self, timeout=PATIENCE):
        return await super().receive_output(timeout)

    async def receive_from(self, timeout=PATIENCE):
        return await super().receive_from(timeout)

    async def disconnect(self, code=1000, timeout=PATIENCE):
        await super().disconnect(code, timeout)


def path_of(ballot):
    return f"/ws/votes/{ballot.reference}/"


def socket(ballot, *headers):
    return PatientSocket(application, path_of(ballot), headers=list(headers))


def session_of(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session


def cookie_of(session):
    return (b"cookie", f"{settings.SESSION_COOKIE_NAME}={session.session_key}".encode())
