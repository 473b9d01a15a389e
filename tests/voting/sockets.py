"""Sockets of votes as tests open them: a page of this site opens them, in one of somebody's sessions or in none."""

from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from core.sessions import SessionStore
from portal.asgi import application

HERE = (b"origin", settings.LIVE_ORIGINS[0].encode())


def path_of(ballot):
    return f"/ws/votes/{ballot.reference}/"


def socket(ballot, *headers):
    return WebsocketCommunicator(application, path_of(ballot), headers=list(headers))


def session_of(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session


def cookie_of(session):
    return (b"cookie", f"{settings.SESSION_COOKIE_NAME}={session.session_key}".encode())
