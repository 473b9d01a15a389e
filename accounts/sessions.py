"""The sessions of one person. Django keeps no list, so each is opened and asked."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from accounts.models import User


def end_sessions(person: User, *, but: str | None = None) -> int:
    """Sign a person out everywhere, perhaps but for one session; returns how many sessions there were."""
    own = [
        session.pk
        for session in Session.objects.iterator(chunk_size=500)
        if session.pk != but and str(session.get_decoded().get(SESSION_KEY)) == str(person.pk)
    ]
    Session.objects.filter(pk__in=own).delete()
    return len(own)
