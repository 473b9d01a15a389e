"""Fact cards that a council said itself, offered to whoever writes its case study."""

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db.models import Exists, Q, QuerySet

from core import clock
from core.figures import PERCENT, POUNDS
from core.text import first_sentence
from councils.models import Organisation, Service
from kpis.facts.models import FactCard
from publishing.interview.own_figures import LONGEST_MEASURE, LONGEST_UNIT, OwnFigure, OwnValue

Precision = FactCard.Precision
ABOUT = FactCard.Bound.ABOUT
_ARE_FIGURES = (FactCard.Bound.EXACT, ABOUT)  # a bound or a range is none


def figures_of_facts(council: Organisation, services: Collection[Service] | None, most: int) -> list[OwnFigure]:
    """A council's own cards that stand, each beside its own card that it succeeded; said last, they come first.

    A card whose words name a service is offered for that one alone, any other whichever the case study is about.
    """
    own = cards_of(council)
    said = own.filter(successor=None, is_for_scale=False, bound__in=_ARE_FIGURES, said_on__lte=clock.today())
    before = own.filter(is_for_scale=False, bound__in=_ARE_FIGURES, successor__in=said).in_bulk()
    others = _names_of_others(services)
    fit = [
        card
        for card in said.select_related("question").order_by("-said_on", "pk")
        if len(_unit(card)) <= LONGEST_UNIT and not _names_one(card, others)
    ]
    return [_offer(card, before.get(card.succeeds_id)) for card in fit[:most]]


def cards_of(council: Organisation) -> QuerySet[FactCard]:
    """The cards whose source begins with the council, by its official name or as people call it: `Harlow Council`.

    Only while it was in force, and not where another council is officially called so, as the one that took over from a
    county may be. A paper that stands on its site may be somebody else's.
    """
    called = f"{council.name} Council"
    others = Organisation.objects.councils().filter(official_name__iexact=called).exclude(pk=council.pk)
    return FactCard.objects.filter(
        _begins_with(council.official_name) | (_begins_with(called) & ~Exists(others)), _said_while_in_force(council)
    )


def _begins_with(name: str) -> Q:
    return Q(source__istartswith=f"{name},") | Q(source__istartswith=f"{name}:") | Q(source__iexact=name)


def _said_while_in_force(council: Organisation) -> Q:
    """Between a council's first day and its last, as far as the day is known: a month or a year may hold both."""
    began, ended = council.starts_on, council.ends_on
    since = Q()
    if began:
        first = {
            Precision.DAY: began,
            Precision.MONTH: began.replace(day=1),
            Precision.YEAR: began.replace(month=1, day=1),
        }
        since = reduce(or_, (Q(said_to=known_to, said_on__gte=day) for known_to, day in first.items()))
    return since & Q(said_on__lte=ended) if ended else since


def _names_of_others(services: Collection[Service] | None) -> list[str]:
    """The services that a case study is not about; none where nobody has said what it is about."""
    if services is None:
        return []
    own = [service.name.lower() for service in services]
    names = [name.lower() for name in Service.objects.values_list("name", flat=True)]
    return [name for name in names if not any(name in each for each in own)]


def _names_one(card: FactCard, names: list[str]) -> bool:
    words = f"{card.question.title} {card.unit} {card.basis}".lower()
    return any(name in words for name in names)


def _unit(card: FactCard) -> str:
    """Its unit as a case study has it, in which what a share is of stands in the measure."""
    return PERCENT if card.unit.startswith(PERCENT) else card.unit


def _measure(card: FactCard) -> str:
    """What is counted, in words; of money, whose unit does not say it, the beginning of what was counted."""
    words = card.said_unit.removeprefix("of ")
    if card.unit.startswith(POUNDS):
        words = first_sentence(card.basis, most=LONGEST_MEASURE)
    return f"{words[:1].upper()}{words[1:]}"[:LONGEST_MEASURE].removesuffix(".")


def _offer(card: FactCard, older: FactCard | None) -> OwnFigure:
    before = older if older and older.unit == card.unit else None
    return OwnFigure(
        key=f"fact-{card.pk}",
        name=f"{card.question}: {card}",
        measure=_measure(card),
        unit=_unit(card),
        after=_value(card),
        before=_value(before) if before else None,
        source=f"your council’s own fact card: {card.source}, {card.said}",
        note=f"{card.source}, {card.said}.",
        counted_by="estimate" if card.bound == ABOUT or (before and before.bound == ABOUT) else "",
    )


def _value(card: FactCard) -> OwnValue:
    """The number of a card, without a day: a card knows when it was said, not which day it counts."""
    return OwnValue(card.number)
