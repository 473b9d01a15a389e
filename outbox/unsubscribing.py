"""The address in a message that turns its kind off, for its reader alone and without signing in."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from accounts.models import User
from outbox.kinds import DIGEST, MessageKind, discover
from outbox.models import Pace
from outbox.queries import paces_of

_SALT = "outbox.unsubscribing"
_TOGETHER = {Pace.DAILY, Pace.WEEKLY}


def token_of(person: User, kind: MessageKind) -> str:
    """What stands in the address: whose message it was and of which kind, signed. It does not run out."""
    return Signer(salt=_SALT).sign_object([person.pk, kind.name])


def address_of(person: User, kind: MessageKind) -> str:
    """The whole address; empty for a kind that is always sent."""
    if not kind.can_be_turned_off and kind.name != DIGEST:
        return ""
    return settings.BASE_URL + reverse("outbox:turn_off", args=[token_of(person, kind)])


def read(token: str) -> tuple[User, MessageKind] | None:
    """Whom and which kind a token names; None for one that we never gave, or whose account or kind is gone."""
    try:
        person_id, name = Signer(salt=_SALT).unsign_object(token)
    except (BadSignature, ValueError):
        return None
    person = User.objects.filter(pk=person_id, is_active=True).first()
    kind = discover().get(name)
    return (person, kind) if person and kind else None


def turned_off_by(kind: MessageKind, person: User) -> list[MessageKind]:
    """What the address in a message of this kind turns off: the kind, or for a digest all that comes in one."""
    if kind.name != DIGEST:
        return [kind] if kind.can_be_turned_off else []
    return [discover()[name] for name, pace in paces_of(person).items() if pace in _TOGETHER]
