"""Pages of voting cards: printed by those who run a vote, and used by whoever holds one.

A card is used without a session (`portal.serving.without_session`), so that a browser in which somebody is signed in
adds nothing: no cookie is read or set, no line is logged, and the card is what no forged post has. Its words are in an
address only where they are scanned; from there they are posted. Pages that are open hear of a pause, the close and the
reveal by asking `state` every few seconds, which names the ballot and no card; they turn by posting the card again.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.limits import is_within
from core.answering import caught_in, posted, refusal_in, tried
from core.copies import do_not_keep
from core.logs import left_out_of_the_log
from core.permissions import allow, anyone
from design_system.qr import qr_code
from sealing.receipts import grouped
from voting.ballots.models import Ballot
from voting.ballots.queries import options_of, places_of_cards
from voting.ballots.sentences import WITH_CARDS, about, voting_words
from voting.ballots.views import ballot_to_run, facilitators
from voting.cards import operations, queries
from voting.cards.forms import PrintForm, WordsForm
from voting.cards.models import VotingCard
from voting.cards.operations import USED, VOID
from voting.cards.secrets_in_words import read_secret
from voting.casting.forms import VoteForm, form_of
from voting.casting.operations import AlreadyCounted, TooLate, why_not_now
from voting.casting.views import in_order_for, what_is_sent
from voting.casting.words import BY_CARD_IN_SHORT, reading_words

# Of wrong words only: a good card is always let in, so that nobody shuts a hall out that has one address. What keeps
# cards from being guessed is their length.
WRONG_CARDS = "200/15m/ip"
UNKNOWN = (
    "No card has these words. Look at yours again: six words, in their order. If they are right, ask those who run the "
    "vote for another card."
)
TOO_MANY = "Many wrong words have come from here in a short while. Look at your card again, and wait a few minutes."


def for_whoever_holds_a_card(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a page of a card: open to everybody, in no log, and kept by no browser."""

    @wraps(view)
    def guarded(request: HttpRequest, **arguments: str) -> HttpResponse:
        response = view(request, **arguments)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return left_out_of_the_log(sensitive_post_parameters()(allow(anyone)(guarded)))


@for_whoever_holds_a_card
@require_safe
def scanned(request: HttpRequest, token: str) -> HttpResponse:
    """The ballot of the card whose address was scanned."""
    return _with_card(request, read_secret(token)[0], _show)


@for_whoever_holds_a_card
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest) -> HttpResponse:
    """The form of a card's words; by post the card's ballot, its check page, and the page that says it is counted."""
    if "step" in request.POST:
        return _with_card(request, read_secret(request.POST.get("card", ""))[0], _answer)
    form = WordsForm(posted(request))
    if form.is_valid():
        return _with_card(request, form.cleaned_data["card"], _show, form)
    return _ask(request, form)


@for_whoever_holds_a_card
@require_safe
def state(request: HttpRequest, reference: str) -> HttpResponse:
    """Whether a ballot with voting cards takes votes and its result is shown, as JSON: what open pages of cards ask.

    It names no card, and tells no turnout: it says the same whoever has voted.
    """
    ballot = get_object_or_404(queries.ballots_with_cards(), reference=reference)
    told = {
        "version": ballot.version,
        "state": ballot.state,
        "takes_votes": ballot.takes_votes,
        "heading": "The result is shown" if ballot.is_revealed else voting_words(ballot),
    }
    return JsonResponse(told)


def _with_card(
    request: HttpRequest,
    secret: str,
    answer: Callable[[HttpRequest, VotingCard, str], HttpResponse],
    form: WordsForm | None = None,
) -> HttpResponse:
    """What `answer` says of the card with that secret; where there is none, the form of its words again."""
    card = queries.card_of(secret) if secret else None
    if card:
        return answer(request, card, secret)
    is_within_limit = is_within(request, "voting_card", WRONG_CARDS)
    form = form or WordsForm({"card": secret.replace("-", " ")})
    form.is_valid()
    form.errors.clear()
    form.add_error("card", UNKNOWN if is_within_limit else TOO_MANY)
    return _ask(request, form, status=404 if is_within_limit else 429)


def _ask(request: HttpRequest, form: WordsForm, *, status: int | None = None) -> HttpResponse:
    return _page(request, "voting/cards/words.html", {"form": form}, status=status or (422 if form.errors else 200))


def _show(request: HttpRequest, card: VotingCard, secret: str) -> HttpResponse:
    """The ballot, or why the card cannot vote in it now."""
    return _says(request, card, secret) or _ballot(request, card, secret, _form(card))


def _answer(request: HttpRequest, card: VotingCard, secret: str) -> HttpResponse:
    """The answer to what was sent: count it, check it, or change it."""
    ballot, form = card.ballot, _form(card, request.POST)
    if request.POST["step"] == "count":
        receipt = _count(form, card)
        if receipt:
            context = {"receipt": grouped(receipt), "keeps_as": _keeps_as(card), "card": secret}
            return _page(request, "voting/counted.html", _about(ballot) | context)
        if isinstance(refusal_in(form), AlreadyCounted):
            return _says(request, card, secret, is_sent=True) or _used(request, card, secret, 409)
        if isinstance(refusal_in(form), TooLate):
            card.ballot.refresh_from_db()
    if says := _says(request, card, secret, is_sent=True):
        return says
    if ballot.state == Ballot.State.PAUSED and not form.non_field_errors():
        form.add_error(None, why_not_now(ballot))
    if not form.is_valid():
        return _ballot(request, card, secret, form, status=409 if form.non_field_errors() else 422)
    if request.POST["step"] == "change":
        return _ballot(request, card, secret, form)
    context = what_is_sent(ballot, form) | {"keeps_as": _keeps_as(card), "card": secret}
    return _page(request, "voting/check.html", _about(ballot, form) | context)


def _count(form: VoteForm, card: VotingCard) -> str:
    """The receipt of the vote; empty where it was refused, with the refusal in the form."""
    if form.is_valid():
        with caught_in(form):
            return operations.cast_by_card(card, **form.answers)
    return ""


def _form(card: VotingCard, sent: Any = None) -> VoteForm:
    ballot = card.ballot
    options = in_order_for(card.digest, ballot, options_of(ballot))
    form = form_of(ballot)(sent, ballot=ballot, options=options)
    if ballot.asks_reason:
        form.ask_reason()
    return form


def _about(ballot: Ballot, form: VoteForm | None = None) -> dict[str, Any]:
    return about(ballot, form.options if form else []) | {"who_sees_what": WITH_CARDS}


def _ballot(request: HttpRequest, card: VotingCard, secret: str, form: VoteForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "reading": reading_words(card.ballot),
        "secrecy": BY_CARD_IN_SHORT,
        "keeps_as": _keeps_as(card),
        "card": secret,
    }
    return _page(request, "voting/cast.html", _about(card.ballot, form) | context, status=status)


def _says(request: HttpRequest, card: VotingCard, secret: str, *, is_sent: bool = False) -> HttpResponse | None:
    """The page that says why a card cannot vote now; None where it can, or where a paused vote keeps what was sent."""
    ballot, status = card.ballot, 409 if is_sent else 200
    if queries.is_used(card):
        return _used(request, card, secret, status)
    if card.is_void and not ballot.ended_at:
        return _sentence(request, card, secret, "This card is void", VOID, 410)
    if ballot.takes_votes or (is_sent and ballot.state == Ballot.State.PAUSED):
        return None
    if ballot.is_revealed:
        return _sentence(request, card, secret, "The result is shown", why_not_now(ballot), status)
    return _sentence(request, card, secret, voting_words(ballot), why_not_now(ballot), status)


def _used(request: HttpRequest, card: VotingCard, secret: str, status: int) -> HttpResponse:
    return _sentence(request, card, secret, "This card is used", USED, status)


def _sentence(
    request: HttpRequest, card: VotingCard, secret: str, heading: str, sentence: str, status: int
) -> HttpResponse:
    is_good = heading == voting_words(card.ballot)  # and will be once votes are taken
    context = {"ballot": card.ballot, "card": secret, "heading": heading, "sentence": sentence, "is_good": is_good}
    return _page(request, "voting/cards/says.html", context, status=status)


def _keeps_as(card: VotingCard) -> str:
    """The name under which a browser keeps the ticks of this card, which tells nothing of it."""
    return salted_hmac("voting.ticks", card.digest).hexdigest()[:16]


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of a card: in a layout that knows of nobody."""
    for_cards = {"layout": "voting/cards/base.html", "cast_at": reverse("card")}
    return render(request, template, for_cards | context, status=status)


# Printed by those who run the vote ------------------------------------------------------------------------


@facilitators
@require_http_methods(["GET", "HEAD", "POST"])
def print_cards(request: SignedInRequest, reference: str) -> HttpResponse:
    """What printing does; by post the cards themselves, shown this once."""
    ballot = ballot_to_run(request, reference)
    do_not_keep(request)
    printed = queries.last_printed(ballot).count()
    form = PrintForm(posted(request), initial={"number": queries.how_many_to_print(ballot)}, printed=printed)
    if secrets := tried(request, form, operations.print_cards, ballot):
        return _sheets(request, ballot, secrets)
    why = "" if form.is_bound else queries.why_not_printed(ballot)
    context = {"ballot": ballot, "form": form, "why": why, "printed": printed, "made": queries.made_so_far(ballot)}
    context["places"] = places_of_cards(ballot)
    return render(request, "voting/cards/print.html", context)


def _sheets(request: HttpRequest, ballot: Ballot, secrets: Iterable[str]) -> HttpResponse:
    """The cards, in sheets, with the address of each as QR code and in words."""
    cards = [
        {
            "qr": qr_code(settings.BASE_URL + reverse("card_scanned", args=[f"{secret}/"]), "Vote with this card"),
            "words": secret.split("-"),
        }
        for secret in secrets
    ]
    address = settings.BASE_URL.partition("://")[2] + reverse("card").rstrip("/")
    context = {"ballot": ballot, "cards": cards, "address": address}
    response = render(request, "voting/cards/sheets.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
