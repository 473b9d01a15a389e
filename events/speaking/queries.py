"""Reads of who has said that a speaker is them."""

from collections import defaultdict

from accounts.models import AnyUser
from events.event.models import Event
from events.event.speakers import SpeakerClaim


def claims_of(event: Event, user: AnyUser, *, is_staff: bool) -> dict[int, list[SpeakerClaim]]:
    """Who has said that a speaker is them, by the speaker's key: all of them for those who run it, else oneself."""
    found = SpeakerClaim.objects.filter(speaker__item__event=event, speaker__person=None).select_related("person")
    if not is_staff:
        found = found.filter(person=user.pk)
    claims: dict[int, list[SpeakerClaim]] = defaultdict(list)
    for claim in found:
        claims[claim.speaker_id].append(claim)
    return claims
