"""Adding fact cards, by hand and from a file. None is ever changed: a newer figure is a card of its own."""

import datetime as dt
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.addresses import save_with_slug
from core.errors import Refused
from core.permissions import require
from kpis.facts.models import FactCard, FactQuestion
from kpis.facts.permissions import BECAUSE, can_add_facts

RESERVED = ("new", "dictionary")  # addresses below /facts/ that are no card's
_SAID = (
    "printed", "number", "number_to", "bound", "unit", "source", "source_url", "said_on", "said_to", "basis", "method",
    "note", "is_for_scale",
)  # fmt: skip


@transaction.atomic
def add_fact(*, question: FactQuestion | None, new_question: str = "", by: User, **said: Any) -> FactCard:
    """A new card under a question, which may be new too. `said` are the card's fields."""
    require(can_add_facts(by), BECAUSE)
    if question is None:
        question = _question(new_question)
    else:
        question = FactQuestion.objects.select_for_update().get(pk=question.pk)
    card = FactCard(question=question, added_by=by, **said)
    same = FactCard.objects.filter(question=question, printed=card.printed, source=card.source, said_on=card.said_on)
    if there := same.filter(unit=card.unit).first():
        if _differs(there, card):
            raise Refused(f"“{there}” of this source stands already, with other words. A card is never overwritten.")
        return there  # the same form, sent again
    return _added(card, by=by)


@transaction.atomic
def succeed_fact(card: FactCard, *, by: User, **said: Any) -> FactCard:
    """A newer card in place of one that stands; the older stays, with a line that leads to the newer."""
    require(can_add_facts(by), BECAUSE)
    card = FactCard.objects.select_for_update().select_related("question").get(pk=card.pk)
    new = FactCard(question=card.question, succeeds=card, added_by=by, **said)
    if newer := FactCard.objects.filter(succeeds=card).first():
        if not _differs(newer, new):
            return newer
        raise Refused(f"“{newer}” took its place already. Add the newest figure there.")
    if said["said_on"] < card.said_on:
        raise Refused("A newer figure was said later than the one that it succeeds.", field="said_on")
    return _added(new, by=by)


def _differs(one: FactCard, other: FactCard) -> list[str]:
    """The fields in which two cards say something else."""
    return [name for name in _SAID if getattr(one, name) != getattr(other, name)]


def _question(title: str) -> FactQuestion:
    """The question of this title, added where there is none; somebody else may add it at the same moment."""
    if there := FactQuestion.objects.filter(title__iexact=title).first():
        return there
    try:
        with transaction.atomic():
            return save_with_slug(FactQuestion(title=title), title, reserved=RESERVED)
    except IntegrityError:
        return FactQuestion.objects.get(title=title)


def _added(card: FactCard, *, by: User | None) -> FactCard:
    if card.said_on > clock.today():
        raise Refused("Give the day on which it was said, today or before.", field="said_on")
    save_with_slug(card, f"{card.printed} {card.unit}", reserved=RESERVED)
    log_action("kpis.fact_added", by=by, about=card, succeeds=card.succeeds_id)
    return card


@transaction.atomic
def import_facts(path: Path) -> int:
    """Add the cards of a file that are not there yet; returns how many. Refused where one stands otherwise."""
    try:
        questions = json.loads(path.read_text())
        return sum(_import_question(said, place) for place, said in enumerate(questions, 1))
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        InvalidOperation,
        ValidationError,
        IntegrityError,
        ObjectDoesNotExist,
    ) as problem:
        raise Refused(f"{path.name} cannot be read as fact cards: {problem}") from problem


def _import_question(said: dict[str, Any], place: int) -> int:
    answers = {"title": said["title"], "comparison": said["comparison"], "position": place}
    question, _ = FactQuestion.objects.update_or_create(slug=said["slug"], defaults=answers)
    return sum(_import_card(question, card) for card in said["cards"])


def _import_card(question: FactQuestion, said: dict[str, Any]) -> bool:
    card = FactCard(question=question, slug=said["slug"], **{name: said[name] for name in _SAID if name in said})
    card.number = Decimal(said["number"])
    card.number_to = Decimal(said["number_to"]) if "number_to" in said else None
    card.said_on = dt.date.fromisoformat(said["said_on"])
    if "succeeds" in said:
        card.succeeds = FactCard.objects.get(slug=said["succeeds"])
    stands = FactCard.objects.filter(slug=card.slug).first()
    if stands is None:
        card.full_clean()
        if card.said_on > clock.today() or card.slug in RESERVED:
            raise Refused(f"{card.slug}: was said in the future, or has an address that leads elsewhere.")
        card.save()
        log_action("kpis.fact_added", by=None, about=card, succeeds=card.succeeds_id)
        return True
    if changed := [name for name in (*_SAID, "question", "succeeds") if getattr(stands, name) != getattr(card, name)]:
        raise Refused(f"{card.slug} stands with another {changed[0]}. A card is never overwritten: add a newer one.")
    return False
