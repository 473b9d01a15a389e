"""Counts of councils, always as at a day; who belongs where."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When

from accounts.models import AnyUser, User
from accounts.permissions import holders_of
from accounts.queries import confirmed_addresses
from accounts.roles import Role
from core import clock
from core.words import day_in_words
from councils.addresses import domain_of, parents_of
from councils.kinds import COUNCIL_KINDS, in_words
from councils.models import EmailDomain, Membership, Organisation, OrganisationQuerySet, System, in_force_on
from councils.permissions import can_see_members, visible_systems
from design_system import lines as marks

SHOWN_MEMBERS = 30
SHOWN_TO_ASK = 5
MOST_STEPS = 3  # of successors, by which a name finds them


def counts_by_kind(as_at: dt.date | None = None) -> dict[str, int]:
    """How many councils of each kind were in force on that day (today if none is given)."""
    day = as_at or clock.today()
    return counts_by_kind_on({day})[day]


def counts_by_kind_on(days: Collection[dt.date]) -> dict[dt.date, dict[str, int]]:
    """The same for each of several days, in one query."""
    counts = {f"on_{n}": Count("pk", filter=in_force_on(day)) for n, day in enumerate(days)}
    kinds = Organisation.objects.councils().order_by().values("kind")
    rows: dict[str, Any] = {row["kind"]: row for row in kinds.annotate(**counts)} if days else {}
    return {
        day: {kind.value: rows[kind][f"on_{n}"] if kind in rows else 0 for kind in COUNCIL_KINDS}
        for n, day in enumerate(days)
    }


def base_for(tier: str, as_at: dt.date | None = None) -> int:
    """How many English councils provided services of `tier` on that day."""
    return Organisation.objects.in_force(as_at).providing(tier).count()


def found_by_name(organisations: OrganisationQuerySet, words: str) -> OrganisationQuerySet:
    """Organisations with the words in their name, a former name, or the name of a council they took over from."""
    if not words:
        return organisations
    named = Organisation.objects.filter(
        Q(name__icontains=words) | Q(official_name__icontains=words) | Q(former_names__icontains=words)
    )
    found = Q(pk__in=named.values("pk"))
    step: QuerySet[Any, Any] = named.values("pk")
    for _ in range(MOST_STEPS):
        took_over = Organisation.successors.through.objects.filter(from_organisation__in=step)
        step = took_over.values("to_organisation")
        found |= Q(pk__in=step)
    return organisations.filter(found)


def council_named(text: str) -> Organisation | None:
    """The one council that a text means: by address, by a name, or by the full name with its kind.

    A council in force wins over one that has ended; None where several could be meant.
    """
    name, _, kind = text.removesuffix(")").rpartition(" (")
    meant = Q(slug=text) | Q(name__iexact=text) | Q(official_name__iexact=text)
    if kinds := [each for each in COUNCIL_KINDS if in_words(each).lower() == kind.lower()]:
        meant |= Q(name__iexact=name, kind__in=kinds)
    found = list(Organisation.objects.councils().filter(meant)[:9])
    by_address = [council for council in found if council.slug == text]
    in_force = [council for council in found if not council.has_ended]
    best = by_address or in_force or found
    return best[0] if len(best) == 1 else None


def organisations_for(domain: str) -> list[Organisation]:
    """The organisations in force that `domain` suggests: exactly theirs, or under one that includes subdomains."""
    if not domain:
        return []
    own = Q(domain=domain) | Q(domain__in=parents_of(domain), includes_subdomains=True)
    rows = EmailDomain.objects.filter(own, organisation__in=Organisation.objects.in_force())
    return sorted({row.organisation for row in rows.select_related("organisation")}, key=lambda o: o.name)


def verified_domains(person: User) -> list[str]:
    """The domains of someone's verified addresses, the primary one first."""
    addresses = confirmed_addresses(person).order_by("-primary", "pk")
    domains = (domain_of(address) for address in addresses.values_list("email", flat=True))
    return list(dict.fromkeys(domain for domain in domains if domain))


def suggested_organisations(person: User) -> list[tuple[Organisation, str]]:
    """The organisations that a verified address suggests to ask to join, each with the address's domain.

    Not where a domain belongs to several, and not where the person has, asked for or had a place.
    """
    found: dict[Organisation, str] = {}
    for domain in verified_domains(person):
        organisations = organisations_for(domain)
        if len(organisations) == 1:
            found.setdefault(organisations[0], domain)
    held = set(person.memberships.filter(organisation__in=found).values_list("organisation_id", flat=True))
    return [(organisation, domain) for organisation, domain in found.items() if organisation.pk not in held]


def memberships_that_write() -> QuerySet[Membership]:
    """The confirmed places of those who write for an organisation: contributors and upwards, with active accounts."""
    return Membership.objects.filter(
        state=Membership.State.CONFIRMED, role__in=Membership.Role.values[1:], person__is_active=True
    )


def who_takes_over(organisation: Organisation) -> QuerySet[User]:
    """Those who write for an organisation, and so may be given what was in a colleague's name, by name."""
    writing = memberships_that_write().filter(organisation=organisation)
    return User.objects.filter(pk__in=writing.values("person")).order_by("name", "pk")


def living_memberships(organisation: Organisation) -> QuerySet[Membership]:
    """An organisation's memberships, asked for or confirmed, those who wait first."""
    living = Membership.objects.filter(organisation=organisation).exclude(state=Membership.State.ENDED)
    return living.select_related("person", "organisation", "decided_by").order_by("state", "person__name", "pk")


def waiting_memberships() -> QuerySet[Membership]:
    """All memberships that wait to be confirmed, the longest wait first."""
    waiting = Membership.objects.filter(state=Membership.State.CANDIDATE)
    return waiting.select_related("person", "organisation").order_by("created_at", "pk")


def askable_members(organisation: Organisation) -> QuerySet[Membership]:
    """The memberships whose people agreed to be asked about the organisation by name."""
    confirmed = Membership.objects.filter(
        organisation=organisation, state=Membership.State.CONFIRMED, may_be_asked=True, person__is_active=True
    )
    return confirmed.select_related("person")


@dataclass(frozen=True)
class People:
    """The people who act for an organisation, as far as this reader may see them."""

    has_anybody: bool = False
    names_down: int = 0  # how many agreed to be asked by name
    to_ask: list[Membership] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)
    has_more: bool = False
    own: Membership | None = None  # the reader's place, confirmed or waiting


def people_of(organisation: Organisation, user: AnyUser) -> People:
    """The people of an organisation: counts for everybody, names for readers who are signed in. One bounded query."""
    confirmed = Q(state=Membership.State.CONFIRMED, person__is_active=True)
    if not can_see_members(user):
        count = organisation.memberships.filter(confirmed).aggregate(
            all=Count("pk"), named=Count("pk", filter=Q(may_be_asked=True))
        )
        return People(has_anybody=count["all"] > 0, names_down=count["named"])
    own = Q(person=user) & ~Q(state=Membership.State.ENDED)
    found = organisation.memberships.filter(confirmed | own).select_related("person")
    # The reader's own line and those to ask first, so that they are among those fetched.
    is_own = Case(When(person=user, then=0), default=1)
    lines = list(found.order_by(is_own, "-may_be_asked", "person__name", "pk")[: SHOWN_MEMBERS + 2])
    members = [line for line in lines if line.state == Membership.State.CONFIRMED]
    to_ask = [line for line in members if line.may_be_asked]
    shown = sorted(members[:SHOWN_MEMBERS], key=lambda line: (line.person.name, line.pk))
    return People(
        has_anybody=bool(members),
        names_down=len(to_ask),
        to_ask=to_ask[:SHOWN_TO_ASK],
        members=shown,
        has_more=len(members) > SHOWN_MEMBERS,
        own=next((line for line in lines if line.person_id == user.pk), None),
    )


def leads_of(organisation: Organisation) -> QuerySet[User]:
    return User.objects.filter(
        memberships__organisation=organisation,
        memberships__state=Membership.State.CONFIRMED,
        memberships__role=Membership.Role.LEAD,
        is_active=True,
    )


def who_confirms(organisation: Organisation) -> list[User]:
    """The organisation's leads, or the secretariat where it has none."""
    return list(leads_of(organisation)) or list(holders_of(Role.SECRETARIAT))


def who_answers(organisation: Organisation) -> list[User]:
    """Those who get a question to the organisation: its leads, or the secretariat where it has none."""
    return who_confirms(organisation)


def has_lead(organisation: Organisation) -> bool:
    """Whether the organisation has a lead; else the secretariat answers for it."""
    return leads_of(organisation).exists()


MOST_NAMES = 500
SYSTEM_COLUMNS = ["Product", "For", "Supplier", "Until"]


def systems_of(council: Organisation, user: AnyUser) -> list[System]:
    """What a council runs, as far as this reader may see it, in one query: what has run out stands last."""
    found = visible_systems(user).filter(council=council).select_related("service", "council")
    return sorted(found.order_by("product", "pk"), key=lambda each: each.has_run_out)


def names_of_products() -> list[str]:
    """The names that councils use for what they run, of several spellings of one the most used; for a form to offer."""
    spelt = System.objects.standing().values_list("product_key", "product").annotate(times=Count("pk"))
    names = {key: name for key, name, _ in spelt.order_by("times", "-product")}
    return sorted(names.values(), key=str.casefold)[:MOST_NAMES]


def others_that_run(system: System) -> list[Organisation]:
    """The other councils in force that run a product of this name, by name."""
    same = System.objects.standing().filter(product_key=system.product_key).exclude(council=system.council_id)
    return list(Organisation.objects.in_force().filter(pk__in=same.values("council")).order_by("name"))


def system_rows(systems: Iterable[System]) -> list[list[Any]]:
    """The cells of each for a table: product, what for, supplier, until."""
    return [
        [marks.noted(each.product, marks.origin(each)), each.purpose, each.supplier or "Not known", _until(each)]
        for each in systems
    ]


def _until(system: System) -> str:
    if system.until is None:
        return "Not known"
    return f"Ended {day_in_words(system.until)}" if system.has_run_out else day_in_words(system.until)
