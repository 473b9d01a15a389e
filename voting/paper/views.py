"""Pages of a vote on paper, for those who run it: handing out, printing slips, counting them in batches."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from core.answering import answered, posted, pressed, turned_back
from core.copies import do_not_keep
from core.words import counted
from voting.ballots.models import Ballot, RollEntry
from voting.ballots.queries import options_of, slips_counted, slips_out, spoilt_on_paper
from voting.ballots.sentences import FEWEST, about
from voting.ballots.views import ballot_to_run, facilitators
from voting.casting.words import said_of
from voting.paper import operations
from voting.paper.forms import BatchForm, HandOutForm, SentBackForm, SlipsToPrintForm, SpoiltForm, pile_form_of
from voting.paper.models import PaperBatch, PaperPile, SpoiltSlip
from voting.paper.printing import few_can_be_worked_out, slip_of
from voting.paper.queries import entered_in, marks_of_pile, slips_in_batches

Kind = RollEntry.Kind


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def hand_out(request: SignedInRequest, reference: str) -> HttpResponse:
    """The form of who is handed a slip or a card, with those who were."""
    ballot = ballot_to_run(request, reference)
    to = reverse("voting:hand_out", args=[reference])
    form = HandOutForm(posted(request), ballot=ballot)

    def give(*, by: User, people: list[User], kind: str) -> operations.HandedOut:
        return operations.hand_out(ballot, *people, kind=kind, by=by)

    if done := answered(request, form, give, said=_handed_words, to=to):
        return done
    if not form.is_bound and (back := turned_back(request, operations.check_takes_paper, ballot, to=ballot)):
        return back
    handed = ballot.roll.handed_out().select_related("person", "organisation").order_by("person__name", "pk")
    context = {"ballot": ballot, "form": form, "handed": handed, "slips": slips_out(ballot)}
    context |= {"few": FEWEST, "what_few_mean": few_can_be_worked_out(ballot)}
    return render(request, "voting/hand_out.html", context)


def _handed_words(handed: operations.HandedOut) -> str:
    of_them = counted(len(handed.entries), "person votes", "people vote")
    how = "on paper" if handed.entries[0].kind == Kind.SLIP else "by card"
    said = f"{of_them} {how} from now on, and no longer on a screen."
    if handed.had_voted:
        said += f" {operations.had_voted_words(handed.had_voted)} What they voted stays, and they get none."
    return said


@facilitators
@require_POST
def take_back(request: SignedInRequest, reference: str, entry: int) -> HttpResponse:
    """Put somebody back on the roll who gave back their slip."""
    ballot = ballot_to_run(request, reference)
    found = get_object_or_404(ballot.roll.known().select_related("person"), kind=Kind.PERSON, pk=entry)
    said = f"{found.person} votes on a screen again. Destroy the slip."
    to = reverse("voting:hand_out", args=[reference])
    return pressed(request, operations.take_back, ballot, found.person, said=said, to=to)


@facilitators
def slips(request: HttpRequest, reference: str) -> HttpResponse:
    """The slips to print, as many as the address says."""
    ballot = ballot_to_run(request, reference)  # type: ignore[arg-type]  # facilitators are signed in
    if back := turned_back(request, operations.check_has_slips, ballot, to=ballot):
        return back
    options = options_of(ballot)
    initial = {"slips": slips_out(ballot) or ballot.roll.standing().count(), "first": 1}
    form = SlipsToPrintForm(request.GET or None, initial=initial)
    number, first = (form.cleaned_data["slips"], form.cleaned_data["first"]) if form.is_valid() else (0, 1)
    numbers = range(first, first + number)
    context = about(ballot, options) | {"form": form, "numbers": numbers, "slip": slip_of(ballot, options)}
    return render(request, "voting/slips.html", context)


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: SignedInRequest, reference: str) -> HttpResponse:
    """The batches of a vote, and the form that starts another."""
    ballot = ballot_to_run(request, reference)
    form = BatchForm(posted(request))
    if done := answered(request, form, operations.start_batch, ballot, to=_address):
        return done
    out = slips_out(ballot)
    batches = ballot.paper_batches.select_related("entered_by", "confirmed_by")  # type: ignore[attr-defined]  # of this subject
    context = {
        "ballot": ballot,
        "form": form,
        "out": out,
        "left": out - slips_in_batches(ballot),
        "done": slips_counted(ballot),
        "spoilt": spoilt_on_paper(ballot),
        "rows": [
            (batch, _address(batch), _state_of(batch, request.user)) for batch in batches.prefetch_related("spoilt")
        ],
    }
    return render(request, "voting/paper.html", context)


def _address(batch: PaperBatch) -> str:
    return reverse("voting:batch", args=[batch.ballot.reference, batch.number])


def _state_of(batch: PaperBatch, user: User) -> tuple[str, str, str]:
    """What a batch waits for: a word for its tag, the tag's colour, and what this reader can do."""
    if batch.confirmed_at:
        return "Confirmed", "green", ""
    if not batch.ballot.is_running:
        return "Not counted", "grey", ""
    if batch.handed_over_at:
        return "Waits for a second person", "yellow", "" if batch.entered_by == user else "Count it again"
    word = "Sent back" if batch.sent_back else "Being entered"
    return word, "red" if batch.sent_back else "blue", "Go on" if batch.entered_by == user else ""


def _batch(request: SignedInRequest, reference: str, number: int) -> PaperBatch:
    ballot = ballot_to_run(request, reference)
    batches = PaperBatch.objects.select_related("entered_by", "confirmed_by")
    batch = get_object_or_404(batches, ballot=ballot, number=number)
    batch.ballot = ballot
    return batch


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """One batch: the form of its piles for whoever enters it, the piles for whoever counts it again.

    Piles are shown while the vote runs: then they are votes among the others, or nothing.
    """
    found = _batch(request, reference, number)
    ballot = found.ballot
    options = options_of(ballot)
    form = pile_form_of(ballot)(posted(request), ballot=ballot, options=options)
    if done := answered(request, form, operations.add_pile, found, said="Entered.", to=_address(found)):
        return done
    entered = entered_in(found)
    piles = list(found.piles.all()) if ballot.is_running else []
    is_mine = found.entered_by == request.user
    context: dict[str, Any] = about(ballot, options) | {
        "batch": found,
        "form": form,
        "spoilt": found.spoilt.all(),
        "piles": [(pile, said_of(ballot, options, marks_of_pile(pile))) for pile in piles],
        "entered": entered,
        "left": found.slips - entered,
        "is_mine": is_mine,
        "may_enter": ballot.is_running and is_mine and not found.handed_over_at,
        "may_confirm": ballot.is_running and not is_mine and found.handed_over_at and not found.confirmed_at,
        "state": _state_of(found, request.user),
    }
    do_not_keep(request)
    response = render(request, "voting/batch.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def set_slips(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """The form of how many slips lie in a batch."""
    found = _batch(request, reference, number)
    form = BatchForm(posted(request), initial={"slips": found.slips})
    done = answered(request, form, operations.set_slips, found, said="Changed.", to=_address(found))
    return done or render(request, "voting/batch_slips.html", {"ballot": found.ballot, "batch": found, "form": form})


@facilitators
@require_POST
def remove_pile(request: SignedInRequest, reference: str, number: int, pile: int) -> HttpResponse:
    found = _batch(request, reference, number)
    gone = PaperPile(pk=pile, batch=found)  # where it is out already, nothing changes
    return pressed(request, operations.remove_pile, gone, said="The pile is taken out.", to=_address(found))


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def add_spoilt(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """The form of a slip of a batch that is blank or that nobody can read."""
    found = _batch(request, reference, number)
    form = SpoiltForm(posted(request))
    done = answered(request, form, operations.add_spoilt, found, said=_spoilt_words, to=_address(found))
    return done or render(request, "voting/batch_spoilt.html", {"ballot": found.ballot, "batch": found, "form": form})


def _spoilt_words(slip: SpoiltSlip) -> str:
    return f"{slip} is entered as spoilt."


@facilitators
@require_POST
def remove_spoilt(request: SignedInRequest, reference: str, number: int, slip: int) -> HttpResponse:
    found = _batch(request, reference, number)
    gone = SpoiltSlip(batch=found, number=slip)  # where it is out already, nothing changes
    return pressed(request, operations.remove_spoilt, gone, said=f"{gone} is taken out.", to=_address(found))


@facilitators
@require_POST
def hand_over(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    found = _batch(request, reference, number)
    said = "Handed over. Ask another person who runs this vote to count the slips again and confirm them."
    return pressed(request, operations.hand_over, found, said=said, to=_address(found))


@facilitators
@require_POST
def confirm(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Confirm the piles that this page showed."""
    found = _batch(request, reference, number)
    seen = request.POST.get("handed_over", "")[:40]

    def confirm_seen(batch: PaperBatch, *, by: User) -> PaperBatch:
        return operations.confirm_batch(batch, handed_over=seen, by=by)

    said = f"Confirmed: {found.slips_words}. They are counted when the vote closes."
    return pressed(request, confirm_seen, found, said=said, to=_paper_of(found.ballot), back=_address(found))


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """The form of why a batch is not confirmed."""
    found = _batch(request, reference, number)
    form = SentBackForm(posted(request))
    said = f"Sent back to {found.entered_by}."
    done = answered(request, form, operations.send_batch_back, found, said=said, to=_paper_of(found.ballot))
    return done or render(request, "voting/batch_back.html", {"ballot": found.ballot, "batch": found, "form": form})


@facilitators
@require_POST
def discard(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """Throw a batch away; one that was thrown away before stays so."""
    ballot = ballot_to_run(request, reference)
    if not 0 < number <= ballot.batches_started:
        raise Http404("There was never such a batch.")
    batch = PaperBatch(ballot=ballot, number=number)
    said = f"Batch {number} is thrown away. Its slips can be counted in another."
    return pressed(request, operations.discard_batch, batch, said=said, to=_paper_of(ballot), back=_address(batch))


def _paper_of(ballot: Ballot) -> str:
    return reverse("voting:paper", args=[ballot.reference])
