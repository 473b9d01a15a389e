"""The operations of savings told of: told by whoever was there, followed up by the secretariat, names taken off."""

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from councils.models import Service
from events.event import keeping
from events.event.models import Event
from events.leads.models import Lead
from events.leads.permissions import can_follow_leads, can_tell_of_saving
from events.places.operations import lock

WAS_NOT_THERE = "Only people who were there tell of savings they found. Ask at the desk to be checked in."
ONLY_THE_SECRETARIAT = "Only the secretariat follows up savings."
FOR_EACH = 5  # savings that may be told of, for each person who was there


@transaction.atomic
def tell_of_saving(
    event: Event,
    *,
    by: User,
    words: str,
    service: Service | None = None,
    pounds: int | None = None,
    may_write: bool = False,
) -> Lead:
    """Tell of a saving; with `may_write` the person is named in it, else nothing says who it was.

    Told twice in the same words it is one. So its form needs no token, of which a digest would be kept under the
    person's own key; and of one without a name the audit trail says only that it was told.
    """
    require(can_tell_of_saving(by, event), WAS_NOT_THERE)
    event = lock(event)
    said = {"words": words, "service": service, "pounds": pounds, "person": by if may_write else None}
    if told := event.leads.filter(**said).first():
        return told
    if event.leads.count() >= FOR_EACH * event.arrived:
        raise Refused("So many savings have been told of at this event that no more are taken. Write to its contact.")
    lead = event.leads.create(**said, is_illustrative=event.is_illustrative)
    if may_write:
        log_action("events.told_of_saving", by=by, about=event, own=lead)
    return lead


@transaction.atomic
def follow_lead(lead: Lead, *, by: User, state: str, note: str = "", read_at: int | None = None) -> Lead:
    """Say how far a saving has been followed up, and what came of it.

    `read_at` is the revision that the change was made to: refused where somebody has changed it since.
    """
    require(can_follow_leads(by), ONLY_THE_SECRETARIAT)
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    if (lead.state, lead.note) == (state, note):
        return lead
    if read_at not in {None, lead.revision}:
        raise Refused(
            "Somebody has changed this meanwhile. What it says now stands above; send yours again to keep it."
        )
    if state == Lead.State.WRITTEN_TO and not lead.may_be_written_to and lead.state != state:
        raise Refused("Nobody may be written to about this saving.", field="state")
    lead.state, lead.note = state, note
    lead.revision += 1
    lead.save(update_fields=["state", "note", "revision"])
    log_action("events.followed_lead", by=by, about=lead, state=state)
    return lead


@transaction.atomic
def forget_names() -> int:
    """Take names and notes off the savings of events that have been over for 12 months; off how many."""
    over = keeping.NAMES.over
    named = Lead.objects.filter(Q(person__isnull=False) | ~Q(note=""), event__in=over)
    forgotten = named.update(person=None, note="")
    if forgotten:
        log_action("events.forgot_who_told_of_savings", by=None, leads=forgotten)
    return forgotten
