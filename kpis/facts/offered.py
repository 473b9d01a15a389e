"""Fact cards that a council said itself, offered to whoever writes its case study."""

from collections.abc import Collection
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from core.figures import PERCENT
from councils.models import Organisation, Service
from kpis.facts.models import FactCard
from publishing.interview.own_figures import OwnFigure, OwnValue

LONGEST_UNIT = 40  # of a figure in a case study
ABOUT = FactCard.Bound.ABOUT
_ARE_FIGURES = (FactCard.Bound.EXACT, ABOUT)  # a bound or a range is none


def figures_of_facts(council: Organisation, services: Collection[Service] | None, most: int) -> list[OwnFigure]:
    """A council's own cards that stand, each beside the card that it succeeded; said last, they come first.

    A card names no service, so it is offered whichever the case study is about.
    """
    cards = cards_of(council).filter(successor=None, is_for_scale=False, bound__in=_ARE_FIGURES)
    return [_offer(card) for card in cards.select_related("question", "succeeds").order_by("-said_on", "pk")[:most]]


def cards_of(council: Organisation) -> QuerySet[FactCard]:
    """The cards whose source is the council: its official name begins it, or its address is on the council's site."""
    hosts = sorted(hosts_of(council))
    linked = FactCard.objects.exclude(source_url="").values_list("pk", "source_url") if hosts else []
    on_site = [key for key, address in linked if _host(address) in hosts]
    name = council.official_name
    begins = Q(source__istartswith=f"{name},") | Q(source__istartswith=f"{name}:") | Q(source__iexact=name)
    return FactCard.objects.filter(begins | Q(pk__in=on_site))


def hosts_of(council: Organisation) -> set[str]:
    """Where a council's own site may stand; a domain that it shares with another council is nobody's own."""
    shared = Organisation.objects.exclude(pk=council.pk).filter(domains__domain__isnull=False)
    theirs = council.domains.exclude(domain__in=shared.values("domains__domain"))
    return {*theirs.values_list("domain", flat=True), _host(council.website)} - {""}


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _offer(card: FactCard) -> OwnFigure:
    older = card.succeeds
    before = older if older and older.unit == card.unit and older.bound in _ARE_FIGURES else None
    unit = PERCENT if card.unit.startswith(PERCENT) else card.unit
    return OwnFigure(
        key=f"fact-{card.pk}",
        name=f"{card.question}: {card}",
        measure=card.question.title[:160].removesuffix("?"),
        unit=unit if len(unit) <= LONGEST_UNIT else "",
        after=_value(card),
        before=_value(before) if before else None,
        source=f"the council’s own fact card: {card.source}, {card.said}",
        note=f"{card.source}, {card.said}.",
        counted_by="estimate" if card.bound == ABOUT or (before and before.bound == ABOUT) else "",
    )


def _value(card: FactCard) -> OwnValue:
    """The number of a card; its day only where it is known to the day."""
    return OwnValue(card.number, card.said_on if card.said_to == FactCard.Precision.DAY else None)
