"""The facts about the figures of a case study, each with its day, its n and its source; its level stands after them."""

import datetime as dt
from dataclasses import dataclass

from assets_registry.models import Asset
from core import clock
from core.figures import Figure
from core.words import counted, day_in_words, series
from publishing.evidence import checker_of, same_measured_elsewhere
from publishing.figures import short_figure
from publishing.follow_up_standing import asked_of
from publishing.models import CaseStudyPage
from take_up.models import Adoption, Benefit, Measurement
from take_up.queries.promises import Promise
from take_up.queries.promises import promise as line_of
from take_up.queries.take_up import TakeUp


@dataclass(frozen=True)
class Fact:
    """A sentence, then the day it is of, on how many and from where; `url` leads to the records behind it."""

    words: str
    note: str
    url: str = ""


def facts_of(page: CaseStudyPage, use: TakeUp | None = None) -> list[Fact]:
    """What is known about its figures, in the order in which it came about; `use` is its asset's, where that is read.

    Of a page that was read whole it asks at most four times.
    """
    if page.after is None:
        return []
    facts = [_own_figures(page)]
    if checker := checker_of(page):
        facts.append(Fact(f"verified by {checker}", "another organisation than the council"))
    facts += _measured_later(page) + _said_without_figure(page)
    if page.asset is not None and page.asset.state in (Asset.State.PUBLISHED, Asset.State.WITHDRAWN):
        facts += _elsewhere(page, page.asset, use)
    return facts


def promise_in_ledger(page: CaseStudyPage) -> Benefit | None:
    """The promise of the ledger that the figures of a published case study are; None where they are none."""
    own = getattr(page, "own_promise", None)
    return own.promise if own else None


def in_ledger(page: CaseStudyPage) -> Promise | None:
    """What the ledger says of the figures of a case study on the site, in its own words; None where they are none."""
    own = promise_in_ledger(page) if page.live and page.pk else None
    if own is None:
        return None
    own.told_by = page.council.name  # type: ignore[attr-defined]  # as the ledger's own query calls it
    return line_of(own)


def _own_figures(page: CaseStudyPage) -> Fact:
    before, after = short_figure(page, "before"), short_figure(page, "after")
    if not before:
        figures = after
    elif page.before_unit == page.after_unit:
        figures = f"{Figure(page.before).number} → {after}"
    else:
        figures = f"{before} → {after}"
    n = " + ".join(f"{each:,}" for each in (page.before_n, page.after_n) if each)
    days = series(day_in_words(day) for day in (page.before_on, page.after_on) if day)
    notes = [f"measured on {n}" if n else "", days, page.figures_note.rstrip(".")]
    measure = f"{page.measure}: " if page.measure else ""
    return Fact(f"{measure}{figures}, own figures", "; ".join(note for note in notes if note))


def _measured_later(page: CaseStudyPage) -> list[Fact]:
    """The last figure after the one that was published."""
    promise = promise_in_ledger(page)
    if promise is None or page.after_on is None:
        return []
    last = _last_measured(promise, page.after_on, page)
    if last is None:
        return []
    said = next((each.note for each in asked_of(page) if each.measurement_id == last.pk and each.note), "")
    months = _months_between(page.after_on, last.measured_on)
    source = "checked in the ledger" if last.is_checked else "own figure, which nobody else has checked yet"
    return [
        Fact(
            f"followed up {counted(months, 'month')} later: {Figure(last.value, unit=promise.unit).number}",
            f"measured on {last.n:,}; {day_in_words(last.measured_on)}; {source}" + (f"; {said}" if said else ""),
            promise.get_absolute_url(),
        )
    ]


def _last_measured(promise: Benefit, after: dt.date, page: CaseStudyPage) -> Measurement | None:
    """The last measurement of a promise after a day; not read again where a follow-up brought it with it."""
    key = getattr(page, "last_measured", 0)  # as the page's own query found; None where there is none
    if key is None:
        return None
    given = next((each.measurement for each in asked_of(page) if each.measurement_id == key), None)
    return given or promise.measurements.filter(measured_on__gt=after).order_by("measured_on").last()


def _said_without_figure(page: CaseStudyPage) -> list[Fact]:
    """What the council wrote to readers where it gave no figure."""
    answered = [each for each in asked_of(page) if each.answered_on and not each.measurement_id and each.note]
    said = answered[-1] if answered else None
    return [Fact(f"followed up: {said.note}", f"{page.council}; {day_in_words(said.answered_on)}")] if said else []


def _months_between(first: dt.date, last: dt.date) -> int:
    return max(1, round((last - first).days / 30.44))


def _live_now(asset: Asset) -> frozenset[int]:
    """The keys of the councils that use it live today, as their leads have confirmed."""
    live = Adoption.objects.filter(asset=asset, status=Adoption.Status.LIVE, confirmed_at__isnull=False)
    return frozenset(live.values_list("council", flat=True))


def _elsewhere(page: CaseStudyPage, asset: Asset, use: TakeUp | None) -> list[Fact]:
    n = len((_live_now(asset) if use is None else use.live_now) - {page.council_id})
    same = same_measured_elsewhere(page)
    facts = []
    if n:
        used = f"used live by {n:,} other {'council' if n == 1 else 'councils'}"
        note = f"{asset}, as at {day_in_words(clock.today())}, confirmed by their leads"
        is_live = Adoption.Status.LIVE
        measured = {each.adoption.council_id for each in same if each.adoption and each.adoption.status == is_live}
        facts.append(Fact(f"{used}, {len(measured) or 'none'} measured the same", note, asset.get_absolute_url()))
    for each in same:
        assert each.adoption is not None  # as they were asked for
        assert each.latest is not None  # it is kept
        if not each.adoption.may_be_listed:
            continue  # its figure would tell who it is: it is only counted
        figure = Figure(each.latest.value, unit=each.unit).with_unit
        note = f"measured on {each.latest.n:,}; {day_in_words(each.latest.measured_on)}; checked in the ledger"
        words = f"{each.adoption.council} measured the same: {figure}"
        facts.append(Fact(words, note, each.get_absolute_url()))
    return facts
