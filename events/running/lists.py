"""The list of the people of one event, for those who run it."""

from collections.abc import Iterable

from django.db.models import Case, CharField, QuerySet, Value, When

from core.filters import Facet, RowFacet, Words
from core.listing import Line, Listing, Nothing, Sort
from councils.models import Organisation
from events.event.models import Event
from events.places.models import SignUp

Status = SignUp.Status
# The states of a place as those who run the event call them.
STATES = (
    ("here", "Checked in"),
    (Status.CONFIRMED, "Has a place"),
    (Status.OFFERED, "A place is offered"),
    (Status.HELD, "Held until the address is confirmed"),
    (Status.WAITING, "Waits for a place"),
    ("released", "Released at the desk"),
    (Status.CANCELLED, "Not coming any more"),
)
_WORDS = {str(value): label for value, label in STATES}


def _state() -> Case:
    """The state of a place, as text."""
    here = When(checked_in_at__isnull=False, then=Value("here"))
    released = When(ended_because=SignUp.Ended.RELEASED, then=Value("released"))
    return Case(here, released, default="status", output_field=CharField())


def state_in_words(place: SignUp) -> str:
    if place.checked_in_at:
        return _WORDS["here"]
    return _WORDS["released" if place.ended_because == SignUp.Ended.RELEASED else place.status]


def _lines(places: list[SignUp], user: object) -> Iterable[Line]:
    for place in places:
        organisation = place.organisation.name if place.organisation else "No organisation"
        facts = (state_in_words(place), str(place.kind or ""), place.person.address or "No address")
        needs = [f"Needs: {place.access_needs}" if place.access_needs else "", _diet(place)]
        yield Line(
            title=f"{place.person}, {organisation}",
            url=place.get_absolute_url(),
            sentence=". ".join(filter(None, needs)),
            facts=facts,
        )


def _diet(place: SignUp) -> str:
    return f"Does not eat: {place.diet}" if place.diet else ""


def _cells(places: list[SignUp]) -> Iterable[tuple[object, ...]]:
    for place in places:
        yield (
            str(place.person),
            place.person.address,
            place.organisation.full_name if place.organisation else "",
            str(place.kind or ""),
            state_in_words(place),
            place.position,
            place.signed_up_at,
            place.checked_in_at,
        )


def _read(places: QuerySet[SignUp]) -> QuerySet[SignUp]:
    return places.select_related("person", "organisation", "kind")


def people_of_event(event: Event) -> Listing:
    """The list of the people of one event. Needs and diets are in no file, so that they stay where they are erased."""
    return Listing(
        name=f"people-{event.slug}",
        title=f"People: {event.title}",
        is_personal=True,
        noun=("person", "people"),
        rows=lambda user, asked: event.sign_ups.named(),
        fields=(
            Words(
                label="Name, address or organisation",
                columns=("person__name", "person__email", "organisation__name"),
            ),
            Facet(name="state", label="State", value=_state, choices=STATES, keeps_order=True),
            RowFacet(
                name="kind",
                label="Kind",
                path="kind",
                rows=event.participant_kinds.all,
                key="key",
            ),
            RowFacet(name="council", label="Organisation", path="organisation", rows=Organisation.objects.all),
        ),
        sorts=(
            Sort("position", "In the order of signing up", lambda rows: rows.order_by("position", "pk")),
            Sort("name", "By name", lambda rows: rows.order_by("person__name", "position")),
        ),
        of_a_line=_read,
        lines=_lines,
        columns=("Name", "E-mail", "Organisation", "Kind", "State", "Order of signing up", "Signed up", "Checked in"),
        cells=_cells,
        of_a_file=_read,
        nothing=Nothing("Nobody has signed up yet", "Everybody who signs up is listed here."),
        no_match=Nothing("Nobody matches", "Try a part of the name or of the address."),
    )
