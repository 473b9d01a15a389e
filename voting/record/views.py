"""The public record of a vote, its receipts, and the files from which anybody recounts it."""

import csv
import io
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from core.copies import do_not_keep
from core.permissions import allow, anyone
from core.tables import MADE_UP, Table, made_up_cell, table_response, wants_table
from sealing.receipts import grouped
from voting.ballots.models import Ballot
from voting.ballots.queries import options_of
from voting.ballots.rules import method_of, rule_words
from voting.ballots.sentences import about
from voting.ballots.views import seen_ballot
from voting.casting.turnout import Turnout, turnout_of
from voting.methods.values import shown
from voting.outcome.counting import Tally, turned_of
from voting.outcome.queries import explained, place_of, tally, withheld_words
from voting.paper.queries import spoilt_words
from voting.permissions import can_see_choices
from voting.record import queries
from voting.record.bundle import provenance_of
from voting.record.chain import canonical
from voting.record.queries import Slip

VERIFIER = Path(__file__).parent / "verifier"
PROGRAMS = ("recount_bundle.py", "recount_budget.py")


@allow(anyone)
def record(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The record of a vote: rules, turnout, roll, and once its result is shown the counts, votes and files."""
    ballot = seen_ballot(request, reference)
    if ballot.state == Ballot.State.DRAFT:
        return redirect(ballot)
    options = options_of(ballot)
    with_names = can_see_choices(request.user, ballot)
    count = tally(ballot, options) if ballot.shows_result else None
    has_slips = count is not None and not count.is_withheld
    titles = {option.pk: option.title for option in options}
    slips = queries.slips_of(ballot, titles, with_names=with_names) if has_slips else []
    if wants_table(request):
        response = table_response(request, _table(ballot, slips, with_names))
        response["Cache-Control"] = "private, no-store"
        return response
    context: dict[str, Any] = about(ballot, options) | {
        "count": count,
        "has_slips": has_slips,
        "withheld": withheld_words(count.turned) if count and count.is_withheld else "",
        "turnout": Turnout(count.turnout) if count else turnout_of(ballot),
        # Most organisations in a room are one person: while it runs this would say who has voted, and when.
        "groups": queries.groups_of(ballot) if ballot.has_ended else None,
        "changed_roll": ballot.roll.changed().select_related("person", "organisation"),
        "rounds": queries.rounds_of(ballot),
        "provenance": provenance_of(ballot),
        "spoilt_words": spoilt_words(ballot.result) if ballot.is_revealed else "",
        "batches": [] if ballot.is_running else queries.batches_of(ballot),
        "slip_columns": ["Person", "Organisation", "Vote"] if with_names else [("Line", "numeric"), "Vote"],
        "slip_rows": [
            [slip.person, slip.organisation, slip.said] if with_names else [number, slip.said]
            for number, slip in enumerate(slips, start=1)
        ],
        "group_columns": ["Organisation", "Kind", ("On the roll", "numeric"), ("Voted", "numeric")],
        "with_names": with_names,
        "count_columns": [
            "Option",
            ("People", "numeric"),
            *([("Councils or bodies", "numeric")] if ballot.counts_councils else []),
            "Place",
        ],
        "count_rows": _count_rows(ballot, count) if count and has_slips else [],
        "explained": explained(ballot, count) if count and ballot.is_revealed else [],
        "programs": [
            (name, reverse(f"voting:{name}")) for name in PROGRAMS[: 2 if ballot.method == Ballot.Method.BUDGET else 1]
        ],
    }
    if ballot.has_ended:
        context["kept"] = queries.code_of(ballot)
    if ballot.is_revealed:
        context["bundle"] = queries.bundle_of(ballot, options)
    return render(request, "voting/record.html", context)


def _count_rows(ballot: Ballot, count: Tally) -> list[tuple[str, ...]]:
    """Each option with its counts; of ticks with how many could have ticked it."""

    def with_base(value: Fraction | None, base: int) -> str:
        return f"{shown(value)} of {base:,}" if value is not None and method_of(ballot).ticks else shown(value)

    return [
        (
            line.option.title,
            with_base(line.people, count.voted),
            *([with_base(line.councils, count.councils_voted)] if ballot.counts_councils else []),
            place_of(ballot, count, line),
        )
        for line in count.by_result()
    ]


def _table(ballot: Ballot, slips: list[Slip], with_names: bool) -> Table:
    made_up = made_up_cell(ballot)
    return Table(
        name=f"vote-{ballot.reference}-record",
        title=f"Votes cast in: {ballot.question} {ballot.venue}. {rule_words(ballot)}",
        columns=[*(["Person", "Organisation"] if with_names else []), "Vote", MADE_UP],
        is_personal=with_names,
        rows=[[*([s.person, s.organisation] if with_names else []), s.said, made_up] for s in slips],
    )


@allow(anyone)
def receipts(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipts of a vote that is over, without choices, and what became of one that somebody types."""
    ballot = seen_ballot(request, reference)
    if not (ballot.has_ended or ballot.state == Ballot.State.VOID):
        raise Http404("Receipts are told once the vote has closed.")
    typed = request.GET.get("code", "")[:40]
    is_counted, answer = queries.what_became_of(typed, ballot) if typed.strip() else (False, "")
    do_not_keep(request)  # what somebody types is nobody else's
    context = {
        "ballot": ballot,
        "codes": list(map(grouped, ballot.receipts.values_list("code", flat=True))) if ballot.has_ended else [],
        "withheld": withheld_words(turned_of(ballot)) if queries.counting_is_withheld(ballot) else "",
        "typed": typed,
        "answer": answer,
        "is_counted": is_counted,
    }
    return render(request, "voting/receipts.html", context)


def revealed_ballot(request: HttpRequest, reference: str) -> Ballot:
    """The ballot, or 404 before its result is shown."""
    ballot = seen_ballot(request, reference)
    if not ballot.is_revealed:
        raise Http404("The files are there once the result is shown.")
    return ballot


@allow(anyone)
def bundle(request: HttpRequest, reference: str) -> HttpResponse:
    """All that is needed to recount a vote per person, as canonical JSON: no name, no organisation."""
    ballot = revealed_ballot(request, reference)
    return _file(canonical(queries.bundle_of(ballot, options_of(ballot))), f"vote-{reference}.json", "application/json")


@allow(anyone)
def bundle_with_organisations(request: HttpRequest, reference: str) -> HttpResponse:
    """The bundle of an open vote from which it is recounted per council or body, for those who see its names."""
    ballot = revealed_ballot(request, reference)
    if not can_see_choices(request.user, ballot):
        raise Http404("People in an open vote find this.")
    text = canonical(queries.bundle_with_organisations(ballot, options_of(ballot)))
    response = _file(text, f"vote-{reference}-organisations.json", "application/json")
    response["Cache-Control"] = "private, no-store"
    return response


@allow(anyone)
def pabulib(request: HttpRequest, reference: str) -> HttpResponse:
    """The vote on a budget in the format of Pabulib, which other programs count from."""
    ballot = revealed_ballot(request, reference)
    if ballot.method != Ballot.Method.BUDGET or queries.counting_is_withheld(ballot):
        raise Http404("Only a vote on a budget has this file.")
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\n").writerows(queries.pabulib_of(ballot, options_of(ballot)))
    return _file(written.getvalue(), f"vote-{reference}.pb", "text/plain")


@allow(anyone)
def program(request: HttpRequest, name: str) -> HttpResponse:
    """The program with which anybody recounts a bundle, to read and to run."""
    return _file((VERIFIER / name).read_text(), name, "text/x-python")


def _file(text: str, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.encode(), content_type=f"{content_type}; charset=utf-8", headers=headers)
