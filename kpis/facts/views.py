"""The pages of fact cards: all by question, one alone, a new one, and one that succeeds another."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from core.answering import answered, posted
from core.permissions import allow, anyone
from core.tables import table_response, wants_table
from kpis.facts import cards
from kpis.facts.forms import FactCardForm, NewFactForm
from kpis.facts.models import FactCard
from kpis.facts.operations import add_fact, succeed_fact
from kpis.facts.permissions import BECAUSE, can_add_facts
from kpis.facts.queries import pages_that_show, questions_with_cards


@allow(anyone)
@require_safe
def facts(request: HttpRequest) -> HttpResponseBase:
    """All cards by the question that they answer, those that disagree side by side; as a file too."""
    questions = questions_with_cards()
    if wants_table(request):
        return table_response(request, cards.file_of(questions))
    found = cards.answers_to(questions)
    used = pages_that_show([card for each in found for card in each.cards])
    context = {
        "found": [(each, [(card, used[card.pk]) for card in each.cards]) for each in found],
        "can_add": can_add_facts(request.user),
    }
    return render(request, "kpis/facts/list.html", context)


@allow(anyone)
@require_safe
def dictionary(request: HttpRequest) -> HttpResponseBase:
    """What each column of the file of cards means; as a file too."""
    told = cards.dictionary()
    if wants_table(request):
        return table_response(request, told)
    return render(request, "kpis/facts/dictionary.html", {"told": told})


@allow(anyone)
@require_safe
def fact(request: HttpRequest, slug: str) -> HttpResponse:
    """One card alone, with what came before and after it, and where it is used."""
    card = _card(slug)
    context = {
        "card": card,
        "newer": getattr(card, "successor", None),
        "used": pages_that_show([card])[card.pk],
        "others": card.question.facts.exclude(pk=card.pk).filter(successor=None),
        "can_add": can_add_facts(request.user),
    }
    return render(request, "kpis/facts/card.html", context)


@allow(can_add_facts, because=BECAUSE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a card, under a question that stands or a new one."""
    form = NewFactForm(posted(request))
    done = answered(request, form, add_fact, said="The card stands among the facts.")
    return done or render(request, "kpis/facts/form.html", {"form": form})


@allow(can_add_facts, because=BECAUSE)
@require_http_methods(["GET", "HEAD", "POST"])
def succeed(request: HttpRequest, slug: str) -> HttpResponse:
    """Add the newer figure of a card."""
    card = _card(slug)
    kept = ("unit", "basis", "bound", "method", "is_for_scale")
    form = FactCardForm(posted(request), initial={name: getattr(card, name) for name in kept})
    done = answered(request, form, succeed_fact, card, said="The newer figure stands; the older one leads to it.")
    return done or render(request, "kpis/facts/form.html", {"form": form, "card": card})


def _card(slug: str) -> FactCard:
    return get_object_or_404(FactCard.objects.select_related("question", "succeeds", "successor"), slug=slug)
