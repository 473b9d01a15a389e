"""The agenda of an event as rows, with the councils that its speakers come from."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from councils.models import Organisation
from events.event.agenda import AgendaEntry, SpeakerName, in_order
from events.event.models import AgendaItem, Event
from events.event.speakers import Speaker, SpeakerClaim


def write_agenda(event: Event, agenda: Iterable[AgendaEntry]) -> None:
    """Replace the agenda; which account is a speaker's, and who says so, stays while name and organisation do."""
    entries = in_order(agenda)
    linked = Speaker.objects.filter(item__event=event, person__isnull=False)
    accounts = {_who(each.name, each.organisation_name): each.person_id for each in linked}
    asked = SpeakerClaim.objects.filter(speaker__item__event=event).select_related("speaker")
    claims = [(_who(one.speaker.name, one.speaker.organisation_name), one.person_id, one.asked_at) for one in asked]
    event.agenda.all().delete()
    items = AgendaItem.objects.bulk_create(
        AgendaItem(event=event, day=entry.day, at=entry.at, clock=entry.clock, title=entry.title, note=entry.note)
        for entry in entries
    )
    meant = organisations_meant(speaker.organisation for entry in entries for speaker in entry.speakers)
    speakers = Speaker.objects.bulk_create(
        _row(item, place, speaker, meant, accounts)
        for item, entry in zip(items, entries, strict=True)
        for place, speaker in enumerate(entry.speakers)
    )
    SpeakerClaim.objects.bulk_create(
        (
            SpeakerClaim(speaker=speaker, person_id=person, asked_at=asked_at)
            for speaker in speakers
            for who, person, asked_at in claims
            if who == _who(speaker.name, speaker.organisation_name)
        ),
        ignore_conflicts=True,  # who speaks twice under one name
    )


def _who(name: str, organisation: str) -> tuple[str, str]:
    return name.casefold(), organisation.casefold()


def _row(
    item: AgendaItem,
    place: int,
    speaker: SpeakerName,
    meant: dict[str, Organisation],
    accounts: dict[tuple[str, str], int | None],
) -> Speaker:
    return Speaker(
        item=item,
        order=place,
        name=speaker.name,
        role=speaker.role,
        organisation_name=speaker.organisation,
        organisation=meant.get(speaker.organisation.casefold()),
        person_id=accounts.get(_who(speaker.name, speaker.organisation)),
    )


def organisations_meant(names: Iterable[str]) -> dict[str, Organisation]:
    """The organisation that each name means, by the name in lower case; none where it could be several, or nobody."""
    asked = {name.casefold() for name in names if name}
    if not asked:
        return {}
    condition = Q()
    for name in asked:
        condition |= Q(name__iexact=name) | Q(official_name__iexact=name)
    found: dict[str, set[Organisation]] = defaultdict(set)
    for organisation in Organisation.objects.in_force().filter(condition):
        for name in {organisation.name.casefold(), organisation.official_name.casefold()} & asked:
            found[name].add(organisation)
    return {name: next(iter(those)) for name, those in found.items() if len(those) == 1}
