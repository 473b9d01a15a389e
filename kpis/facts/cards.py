"""Fact cards as their pages and file show them: the answers to a question side by side, and how far apart they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.figures import PERCENT, POUNDS, Figure, Share
from core.tables import Table
from core.words import plain, series
from design_system.charts import Chart, bars
from kpis.facts.models import FactCard, FactQuestion

Bound = FactCard.Bound
_MILLION = 1_000_000
COLUMNS = (
    "Question", "Address", "As printed", "Number", "To", "How it is meant", "What is counted", "Source", "Its address",
    "Said", "Basis", "Kind of number", "Note", "Only for scale", "Succeeded by",
)  # fmt: skip
MEANING = {
    "Question": "What the card answers; cards with the same question may disagree",
    "Address": "The address of the card alone",
    "As printed": "The number as its source prints it",
    "Number": "The same as a plain number; of a range its lower end",
    "To": "Of a range its upper end",
    "How it is meant": "Exactly, about, more than, less than, or from this to another",
    "What is counted": "The unit",
    "Source": "Who said it, and where",
    "Its address": "Where that can be read, if it is on the web",
    "Said": "When it was said, as far as that is known",
    "Basis": "What was counted, in the source’s own words where it has them",
    "Kind of number": "Whether it is an estimate, a share, a budget, and by which method",
    "Note": "What else to know",
    "Only for scale": "yes where it answers nothing and stands there to show the size of the others",
    "Succeeded by": "The address of the newer card, where there is one",
}


def in_short(number: Decimal) -> str:
    """2 million, 2.5 million, 570: a large number as it is said."""
    millions = number / _MILLION
    if number >= _MILLION and millions == round(millions, 1):
        return f"{plain(round(millions, 1).normalize(), None if millions == int(millions) else 1)} million"
    return plain(number)


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question with the cards that answer it now, those for scale, and those that were succeeded."""

    question: FactQuestion
    cards: Sequence[FactCard]
    for_scale: Sequence[FactCard]
    older: Sequence[FactCard]

    @property
    def apart(self) -> str:
        """How far two answers in one unit of measure are apart: `2 million apart, 0.4% of 570 million.`

        Empty unless there are just two that can be compared.
        """
        if len(self.cards) != 2 or any(card.bound in {Bound.RANGE, Bound.UNDER} for card in self.cards):
            return ""
        less, more = sorted(self.cards, key=lambda card: card.number)
        gap = more.number - less.number
        if not gap or less.bound == Bound.OVER or not _comparable(less, more):
            return ""
        least = "More than " if more.bound == Bound.OVER else ""
        if less.unit.startswith(PERCENT):
            return f"{least}{plain(gap)} {'point' if gap == 1 else 'points'} apart."
        said = f"{_money_or_number(gap, less)} apart"
        if more.bound == Bound.OVER or less.number == 0:
            return f"{least}{said}."
        share = Share(int(gap * 100), int(less.number * 100))
        return f"{said}, {share.with_unit} of {_money_or_number(less.number, less)}."

    @property
    def chart(self) -> Chart | None:
        """Bars to one scale, those for scale outlined; None where there is nothing to compare or a range."""
        shown = [*self.cards, *self.for_scale]
        if len(shown) < 2 or any(card.bound == Bound.RANGE or not _comparable(shown[0], card) for card in shown):
            return None
        # The day stands on each card above; here only where it tells two apart, since a phone cuts long words.
        tells_apart = len({card.said_unit for card in shown}) < len(shown)
        labels = [
            f"{'For scale: ' if card.is_for_scale else ''}{card.said_unit}{f', {card.said}' if tells_apart else ''}"
            for card in shown
        ]
        printed = {
            card.number: series(dict.fromkeys(c.printed for c in shown if c.number == card.number)) for card in shown
        }
        return bars(
            f"facts-{self.question.slug}",
            [(label, card.number) for label, card in zip(labels, shown, strict=True)],
            title=self.question.title,
            of="Answer",
            counts="Number",
            say=lambda number: printed.get(number, plain(number)),
            outlined=[label for label, card in zip(labels, shown, strict=True) if card.is_for_scale],
        )


def _money_or_number(number: Decimal, card: FactCard) -> str:
    """£1.27 where the card counts money; else 2 million or 570."""
    return Figure(number, unit=POUNDS).number if card.unit.startswith(POUNDS) else in_short(number)


def _comparable(one: FactCard, other: FactCard) -> bool:
    """Whether both count pounds, both are per cents, or neither."""
    return one.unit[:1] == other.unit[:1] or not {one.unit[:1], other.unit[:1]} & {PERCENT, POUNDS}


def answers_to(questions: Iterable[FactQuestion]) -> list[AnsweredQuestion]:
    """The answers to each question, from its prefetched cards."""
    found = []
    for question in questions:
        cards = list(question.facts.all())
        succeeded = {card.succeeds_id for card in cards}
        stand = [card for card in cards if card.pk not in succeeded]
        older = [card for card in cards if card.pk in succeeded]
        answers = [card for card in stand if not card.is_for_scale]
        found.append(AnsweredQuestion(question, answers, [card for card in stand if card.is_for_scale], older))
    return found


def file_of(questions: Iterable[FactQuestion]) -> Table:
    """All cards as a table, succeeded ones too."""
    rows = [row for question in questions for row in _rows(question)]
    return Table(name="fact-cards", title="Fact cards: numbers that others have said", columns=COLUMNS, rows=rows)


def _rows(question: FactQuestion) -> list[list[object]]:
    cards = list(question.facts.all())
    newer = {card.succeeds_id: card.get_absolute_url() for card in cards if card.succeeds_id}
    return [
        [
            question.title, card.get_absolute_url(), card.printed, card.number, card.number_to,
            card.get_bound_display(), card.unit, card.source, card.source_url, card.said, card.basis, card.method,
            card.note, "yes" if card.is_for_scale else "no", newer.get(card.pk, ""),
        ]
        for card in cards
    ]  # fmt: skip


def dictionary() -> Table:
    """What each column of that file means."""
    return Table(
        name="fact-cards-dictionary",
        title="Fact cards: what each column means",
        columns=("Column", "Meaning"),
        rows=list(MEANING.items()),
    )
