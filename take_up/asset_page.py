"""What the pages of assets say of their use: whether one's council can use an asset, and who does."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from assets_registry.models import Asset
from assets_registry.permissions import waiting_assets
from assets_registry.uses import OnPage
from core import clock
from core.filters import day_of, not_understood
from core.panels import Panel
from core.text import clean_line
from core.words import day_in_words
from councils.likeness import Weights
from councils.lists import council_named
from councils.models import Membership, Organisation
from councils.permissions import councils_of
from take_up.models import UseSaid
from take_up.panels import commitments_panel
from take_up.permissions import (
    can_change_adoption,
    can_confirm_adoption,
    can_see_waiting,
    waiting_adoptions,
    waiting_commitments,
)
from take_up.queries import TakeUp, take_up
from take_up.queries.usable import Surroundings, surroundings
from take_up.queries.verdict import answer
from take_up.shortlist import button, slugs_in

SHOWN_ADOPTERS = 5
ANOTHER = "another"  # as `?council=`: choose a council, whatever council the reader is of


def links(request: HttpRequest) -> list[tuple[str, str]]:
    """The links beside the list of assets: to the shortlist, to the promises, and to what waits for this reader."""
    user, kept = request.user, len(slugs_in(request.session))
    found = [(f"Your shortlist ({kept})", reverse("take_up:shortlist"))] if kept else []
    found += [("What was promised, what was measured", reverse("promises:promises"))]
    if can_see_waiting(user) and (
        waits := sum(rows(user).count() for rows in (waiting_assets, waiting_adoptions, waiting_commitments))
    ):
        found.append((f"{waits} waiting for you", reverse("take_up:waiting")))
    return found


def on_page(request: HttpRequest, record: Asset) -> OnPage:
    """On an asset's page: the answer for one council with its actions, its reasons, and who uses the asset.

    `?council=` asks for another council, `?as_at=` for another day.
    """
    day, strange, about_day = day_asked_for(request)
    council, is_wrong = council_asked_for(request, record)
    mine = councils_of(request.user, at_least=Membership.Role.CONTRIBUTOR)
    adopting = council if council in mine else next(iter(mine), None)  # whose use the reader would declare
    used = take_up(record, day, own=adopting)
    if record.is_legacy:
        return OnPage(used, [], strange, about_day)  # nothing can be said of it before its owner verifies it
    reader = _for_the_reader(request, record, used, council, adopting) | {"nothing_chosen": is_wrong}
    who = Panel("take_up/parts/who_uses_it.html", {"used": used}, place="side")
    beside = [who, *commitments_panel(record, request.user, used)]
    if record.is_withdrawn:
        top = [Panel("take_up/parts/own_adoption.html", reader, place="top")] if reader["own"] else []
        return OnPage(used, [*top, *beside], strange, about_day)
    top = [Panel("take_up/parts/verdict.html", reader, place="top")]
    reasons = Panel("take_up/parts/can_use.html", {**reader, "used": used}, place="first")
    return OnPage(used, [*top, reasons, *beside], strange, about_day)


def day_asked_for(request: HttpRequest) -> tuple[dt.date | None, list[str], str]:
    """The day that `?as_at=` names, in words what names none, and a sentence about one that has no count."""
    as_at = clean_line(request.GET.get("as_at", ""))
    day = day_of(as_at)
    if day is None:
        return None, [not_understood("Day", as_at)] if as_at else [], ""
    if day > clock.today():
        return None, [], "That day is still to come, so the day is today’s."
    if day < clock.FIRST_DAY_OF_THE_RECORD:
        first = day_in_words(clock.FIRST_DAY_OF_THE_RECORD)
        return None, [], f"Councils are counted from {first}, so the day is today’s."
    return day, [], ""


def _for_the_reader(
    request: HttpRequest, record: Asset, used: TakeUp, council: Organisation | None, adopting: Organisation | None
) -> dict[str, Any]:
    """Whether the reader's council can use it, what the council has said of it, and what the reader may do."""
    user, own = request.user, used.own
    if own is not None:
        own.asset = record  # so that the page does not read it again
    mine = councils_of(user, at_least=Membership.Role.CONTRIBUTOR)
    weights, _ = Weights.from_query(request.GET)
    verdict = answer(record, council, used, own, surroundings(council, [used], weights))
    of_adopting = verdict if adopting == council else answer(record, adopting, used, around=Surroundings())
    return {
        "council": council,
        "verdict": verdict,
        "other_councils": [each for each in councils_of(user) if each not in (council, record.owner)],
        "readers_council": mine[0] if mine else None,
        "asked_council": typed_council(request),
        "own": own,
        "can_confirm": own is not None and own.is_waiting and can_confirm_adoption(user, own),
        "waits": UseSaid.that_waits(own) if own is not None and own.is_waiting else None,
        "can_withdraw": own is not None and own.is_waiting and can_change_adoption(user, own),
        "may_adopt": bool(mine) or not user.is_authenticated,
        "weights": weights,
        "adopters": verdict.adopters[:SHOWN_ADOPTERS],
        "passport_url": passport_url(record, council),
        "against": adopting is not None and of_adopting.speaks_against,
        "ask_words": f"Ask {record.owner}",
        "to_shortlist": button(request)(record),
        "adopt_url": reverse("take_up:adopt", args=[record.slug]),
    }


def passport_url(record: Asset, council: Organisation | None) -> str:
    """The page of the answer alone, for one council or for all that the asset is for."""
    address = reverse("take_up:passport", args=[record.slug])
    return f"{address}?council={council.slug if council else ANOTHER}"


def council_asked_for(request: HttpRequest, record: Asset) -> tuple[Organisation | None, bool]:
    """The council that `?council=` names, and whether it names none that we know.

    Without a name, and with a wrong one, the reader's own stays, unless the asset is its own.
    """
    asked_for = typed_council(request)
    named = council_named(asked_for) if asked_for else None
    is_wrong = "council" in request.GET and asked_for != ANOTHER and named is None
    if named or asked_for == ANOTHER:
        return named, is_wrong
    return next((council for council in councils_of(request.user) if council != record.owner), None), is_wrong


def typed_council(request: HttpRequest) -> str:
    return clean_line(request.GET.get("council", ""))[:120]
