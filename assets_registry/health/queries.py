"""Who looks after an entry, and what of its health needs somebody."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, Exists, Expression, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from assets_registry.health.standard import CRITERIA, Criterion
from assets_registry.health.verdicts import FAILED_AFTER, STALE_AFTER
from assets_registry.models import Asset, CriterionAnswer, ProblemReport, repository_key
from core import clock
from core.counting import count_of
from councils.models import Membership, Organisation

PUBLISHING = (Membership.Role.PUBLISHER, Membership.Role.LEAD)


def who_mends(asset: Asset) -> list[User]:
    """The owner's publishers and leads, or the secretariat where it has none."""
    own = [] if asset.owner.has_ended else _publishers_of(asset.owner)
    return list(own) or list(holders_of(Role.SECRETARIAT))


def _publishers_of(organisation: Organisation) -> QuerySet[User]:
    places = Membership.objects.filter(organisation=organisation, state=Membership.State.CONFIRMED, role__in=PUBLISHING)
    return User.objects.filter(is_active=True, pk__in=places.values("person"))


def writers_of(organisation: Organisation) -> QuerySet[User]:
    """The people who write for an organisation: its confirmed members, but for readers."""
    places = Membership.objects.filter(organisation=organisation, state=Membership.State.CONFIRMED)
    return User.objects.filter(is_active=True, pk__in=places.exclude(role=Membership.Role.READER).values("person"))


def open_problems(asset: Asset) -> QuerySet[ProblemReport]:
    return asset.problems.filter(state=ProblemReport.State.OPEN).select_related("reported_by")


# What needs care: each condition is of a queryset of assets -------------------------------------------------


def _confirmed(**more: object) -> QuerySet[Membership]:
    """The confirmed places of active people at the owner of an asset."""
    return Membership.objects.filter(
        organisation=OuterRef("owner"), state=Membership.State.CONFIRMED, person__is_active=True, **more
    )


def has_no_owner() -> Q:
    """Its owner has ended, or nobody there may change what is published."""
    return Q(owner__ends_on__lt=clock.today()) | Q(~Exists(_confirmed(role__in=PUBLISHING)))


def has_lost_its_person() -> Q:
    """Whoever is behind the entry no longer belongs to its owner."""
    return Q(~Exists(_confirmed(person=OuterRef("registered_by"))))


def has_a_dead_link() -> Q:
    return Q(link_check__failures__gte=FAILED_AFTER)


def is_overdue() -> Q:
    """Its owner has not said within a year that the entry holds."""
    return Q(checked_on=None) | Q(checked_on__lt=clock.today() - STALE_AFTER)


def has_open_problems() -> Q:
    return Q(Exists(ProblemReport.objects.filter(asset=OuterRef("pk"), state=ProblemReport.State.OPEN)))


def open_problem_count() -> Coalesce:
    return count_of(ProblemReport.objects.filter(asset=OuterRef("pk"), state=ProblemReport.State.OPEN))


def has_unresolved_dependencies() -> Q:
    return Q(pk__in=[*unresolved_dependencies()])


def unresolved_dependencies() -> dict[int, list[str]]:
    """By asset, what its publiccode.yml builds on that cannot be had: entries withdrawn or retired, by name or key.

    What is in no entry of the registry may well be had elsewhere.
    """
    gone = Asset.objects.filter(Q(state=Asset.State.WITHDRAWN) | Q(phase=Asset.Phase.RETIRED)).exclude(
        published_at=None
    )
    names: dict[str, str] = {}
    for name, key in gone.values_list("name", "repository_key"):
        names |= {name.casefold(): name} | ({key: name} if key else {})
    found: dict[int, list[str]] = defaultdict(list)
    if names:
        stating = Asset.objects.published().filter(
            Q(publiccode__dependsOn__isnull=False) | Q(publiccode__isBasedOn__isnull=False)
        )
        rows = stating.values_list("pk", "publiccode__dependsOn", "publiccode__isBasedOn")
        for pk, depends, based in rows.order_by("pk").iterator():
            keys = [name.casefold() for name in _names(depends)] + [repository_key(each) for each in _addresses(based)]
            found[pk] += dict.fromkeys(names[key] for key in keys if key in names)
    return {pk: lacking for pk, lacking in found.items() if lacking}


def _names(depends: object) -> Iterable[str]:
    for several in depends.values() if isinstance(depends, dict) else ():
        for each in several if isinstance(several, list) else ():
            if isinstance(each, dict) and isinstance(each.get("name"), str):
                yield each["name"]


def _addresses(based: object) -> Iterable[str]:
    several = based if isinstance(based, list) else [based]
    return (each for each in several if isinstance(each, str))


def needs_care() -> Q:
    """Any of these, or the person behind it has left."""
    return (
        has_no_owner()
        | has_lost_its_person()
        | has_a_dead_link()
        | is_overdue()
        | has_unresolved_dependencies()
        | has_open_problems()
    )


def where(condition: Q, word: str) -> Expression:
    """The word for the rows of which the condition holds, else nothing: for a facet."""
    return Case(When(condition, then=Value(word)), default=Value(""), output_field=CharField())


# The Standard for Public Code -------------------------------------------------------------------------------


@dataclass(frozen=True)
class AnsweredCriterion:
    """A criterion with what the owner of an asset said of it."""

    number: int
    criterion: Criterion
    answer: CriterionAnswer | None

    @property
    def met(self) -> list[str]:
        """The keys of its requirements that are met."""
        said = self.answer.met if self.answer else []
        return [must.key for must in self.criterion.musts if must.key in said]

    @property
    def is_met(self) -> bool:
        return len(self.met) == len(self.criterion.musts)

    @property
    def requirements(self) -> list[tuple[str, bool]]:
        return [(must.words, must.key in self.met) for must in self.criterion.musts]

    @property
    def line(self) -> str:
        """4. Welcome contributors: 2 of 3 met."""
        said = f"{len(self.met)} of {len(self.criterion.musts)} met" if self.answer else "not answered"
        return f"{self.number}. {self.criterion.title}: {said}"


@dataclass(frozen=True)
class Checklist:
    """All criteria of the standard for one asset."""

    criteria: list[AnsweredCriterion]

    @property
    def met(self) -> int:
        return sum(each.is_met for each in self.criteria)

    @property
    def sentence(self) -> str:
        return f"{self.met} of {len(self.criteria)} criteria met"

    @property
    def answers(self) -> list[CriterionAnswer]:
        return [each.answer for each in self.criteria if each.answer]

    @property
    def said_on(self) -> dt.date | None:
        return max((each.said_on for each in self.answers), default=None)


def checklist(asset: Asset) -> Checklist:
    """What the owner said of each criterion; one query, and none where the asset was read with `has_criteria` False."""
    said = {each.criterion: each for each in asset.criteria.all()} if getattr(asset, "has_criteria", True) else {}
    return Checklist([AnsweredCriterion(n, each, said.get(each.key)) for n, each in enumerate(CRITERIA, start=1)])
