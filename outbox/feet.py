"""What stands at the foot of each message and in its headers: why it came, where to choose, how to turn it off."""

from django.conf import settings
from django.urls import reverse

from core.mail import Foot
from outbox.kinds import DIGEST, MessageKind
from outbox.models import Message
from outbox.unsubscribing import address_of


def foot_of(message: Message, kind: MessageKind) -> Foot:
    """The foot of a message. Whoever has no account has nothing to choose."""
    why = f"Why this came: {kind.title}."
    if message.person is None:
        return Foot([why])
    page = settings.BASE_URL + reverse("outbox:messages")
    if kind.name == DIGEST:
        return Foot([f"{why} Choose what comes together, at once or never: {page}"], address_of(message.person, kind))
    if kind.can_be_turned_off:
        return Foot([f"{why} Choose how often, or never: {page}"], address_of(message.person, kind))
    return Foot([f"{why} It is always sent; what else comes, and how often, you choose: {page}"])


def headers_of(foot: Foot) -> dict[str, str]:
    """The headers by which a mail program turns the kind off with one press (RFC 8058)."""
    if not foot.turn_off:
        return {}
    return {"List-Unsubscribe": f"<{foot.turn_off}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
