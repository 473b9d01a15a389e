"""The sentence of figures about an organisation: what it uses, leads, raised, and when its people were last active."""

import datetime as dt
from dataclasses import dataclass

from core.words import counted, day_in_words
from councils.models import Organisation


@dataclass(frozen=True)
class SentencePart:
    """A piece of the sentence: words, then perhaps a figure that links to what it counts."""

    words: str
    figure: str = ""
    url: str = ""


@dataclass(frozen=True)
class Says:
    """A verb in the present and the past, and what was done to it, with the section whose figure it takes."""

    now: str
    then: str
    done: str
    kind: str
    one: str
    many: str = ""


LEADS = Says("leads", "led", "led", "leads", "project")
# A phrase each, in this order; of a pair the second says how many more.
PHRASES = (
    (Says("uses", "used", "used", "uses", "asset"),),
    (Says("shares", "shared", "shared", "shares", "asset"),),
    (LEADS, Says("is in", "was in", "taken part in", "takes-part", "project")),
    (Says("works on", "worked on", "worked on", "discoveries", "discovery", "discoveries"),),
    (Says("raised", "raised", "raised", "raised", "need"), Says("joined", "joined", "joined", "joined", "need")),
    (Says("published", "published", "published", "case-studies", "case study", "case studies"),),
)


def in_one_sentence(
    organisation: Organisation, totals: dict[str, int], last_on: dt.date | None, *, today: dt.date
) -> list[SentencePart]:
    """The pieces of the sentence. Zeros are left out, except that a council leads no project.

    An organisation without contributions has another sentence; one that has ended is described in the past tense.
    """
    has_ended = organisation.has_ended
    phrases = [_phrase(pair, totals, has_ended) for pair in PHRASES]
    if not any(phrases):
        return [SentencePart(_of_nothing(organisation))]
    if organisation.is_council and not totals.get(LEADS.kind):
        verb, at = LEADS.then if has_ended else LEADS.now, [pair[0] for pair in PHRASES].index(LEADS)
        phrases[at] = (
            [*phrases[at], SentencePart(f" and {verb} none")] if phrases[at] else [SentencePart(f"{verb} no project")]
        )
    if last_on:
        phrases.append([SentencePart(f"was last active through its own people on {_day(last_on, today)}")])
    return [SentencePart(f"{organisation} "), *_joined([phrase for phrase in phrases if phrase]), SentencePart(".")]


def of_predecessors(totals: dict[str, int]) -> list[SentencePart]:
    """A second sentence: “From predecessor councils: 1 asset used and 2 needs raised.” Empty where there is nothing."""
    said = [says for pair in PHRASES for says in pair if totals.get(says.kind)]
    phrases = [
        [
            SentencePart("", counted(totals[says.kind], says.one, says.many), _before(says.kind)),
            SentencePart(f" {says.done}"),
        ]
        for says in said
    ]
    return [SentencePart(" From predecessor councils: "), *_joined(phrases), SentencePart(".")] if phrases else []


def _before(kind: str) -> str:
    """Where the page has what predecessors did of a kind; their case studies stand with its own."""
    return f"#{kind}" if kind == "case-studies" else f"#before-{kind}"


def _phrase(pair: tuple[Says, ...], totals: dict[str, int], has_ended: bool) -> list[SentencePart]:
    """A phrase of one or two figures: “raised 3 needs and joined 9 more”; without those that are 0."""
    parts: list[SentencePart] = []
    for says in pair:
        if number := totals.get(says.kind):
            figure = f"{number:,} more" if parts else counted(number, says.one, says.many)
            between = " and " if parts else ""
            parts.append(SentencePart(f"{between}{says.then if has_ended else says.now} ", figure, f"#{says.kind}"))
    return parts


def _of_nothing(organisation: Organisation) -> str:
    if organisation.has_ended:
        return f"{organisation} ended without a need, a project, an asset or a case study here."
    if organisation.is_to_come:
        return f"{organisation} begins on {day_in_words(organisation.starts_on)}."
    if organisation.is_council:
        return f"{organisation} has not raised, joined, used or shared anything here yet."
    return f"{organisation} has nothing of its own here yet."


def _day(day: dt.date, today: dt.date) -> str:
    """The day with non-breaking spaces, and its year where that is not this one."""
    return day_in_words(day, with_year=day.year != today.year).replace(" ", "\N{NO-BREAK SPACE}")


def _joined(phrases: list[list[SentencePart]]) -> list[SentencePart]:
    """A list “a, b, and c”; a comma before the last too, since a phrase may contain “and”."""
    parts: list[SentencePart] = []
    for number, phrase in enumerate(phrases):
        if number:
            is_last = number == len(phrases) - 1
            comma = "," if len(phrases) > 2 or not is_last else ""
            parts.append(SentencePart(f"{comma} {'and ' if is_last else ''}"))
        parts += phrase
    return parts
