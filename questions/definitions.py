"""What a question may say: the answers it offers with their keys, and what each kind needs."""

from collections.abc import Collection, Sequence

from django.utils.text import slugify

from core.errors import Refused
from core.text import clean_line
from core.words import counted, one_or_many, spelled
from questions.models import Choices, Question

Kind, SeenBy = Question.Kind, Question.SeenBy
MOST_QUESTIONS, MOST_OPTIONS, MOST_ROWS, MOST_MARKS = 100, 50, 30, 7
LONGEST = 150  # characters of an answer or a statement
# The lists of each kind, with how many entries each has at least.
NEEDS = {
    Kind.ONE: {"options": 2},
    Kind.SEVERAL: {"options": 1},
    Kind.TOP_THREE: {"options": 0},
    Kind.MATRIX: {"rows": 1, "scale": 2},
}
MOST = {"options": MOST_OPTIONS, "rows": MOST_ROWS, "scale": MOST_MARKS}
NOUNS = {"options": ("answer", "answers"), "rows": ("statement", "statements"), "scale": ("mark", "marks")}
CAN_DECIDE = {Kind.ONE, Kind.SEVERAL, Kind.YES_NO}  # whether another question is shown
TELLS = (
    "Whoever answers “{later}” with a name has answered “{earlier}”, which is seen only as totals. Ask it always, or "
    "let both be seen in the same way."
)
RESERVED = {"new", "answers", "built-in"}  # addresses beside those of questions


def free_key(words: str, taken: Collection[str]) -> str:
    """A key made of words that is not taken."""
    base = slugify(words).replace("_", "-")[:40].strip("-") or "question"
    number, key = 1, base
    while key in taken or key in RESERVED:
        number += 1
        key = f"{base}-{number}"
    return key


def with_keys(name: str, given: Sequence[str | Sequence[str]], before: Choices = ()) -> Choices:
    """Entries of the list `name` as pairs of key and words. Pairs keep their key, as words do that stood there."""
    if len(given) > MOST[name]:
        raise Refused(f"These are {counted(len(given), *NOUNS[name])}. Offer {MOST[name]} or fewer.", field=name)
    pairs = [(clean_line(each), "") if isinstance(each, str) else (clean_line(each[1]), str(each[0])) for each in given]
    pairs = [pair for pair in pairs if pair[0]]
    known = {words: key for key, words in before}
    keys = [key or known.get(words, "") for words, key in pairs]
    for n, (words, _) in enumerate(pairs):
        keys[n] = keys[n] or free_key(words, {*keys, *known.values()})
    return [[key, words] for key, (words, _) in zip(keys, pairs, strict=True)]


def refuse_list(name: str, given: Sequence[object], *, least: int) -> None:
    """Refuse a list of answers, statements or marks that is too short, or says something too long or twice."""
    if len(given) < least:
        nouns = one_or_many(least, *NOUNS[name])
        raise Refused(f"Write at least {spelled(least)} {nouns}, one a line.", field=name)
    seen: set[str] = set()
    for _, words in given:  # type: ignore[misc]  # pairs
        if len(words) > LONGEST:
            raise Refused(f"“{words[:30]}…” is too long. Keep each to {LONGEST} characters.", field=name)
        if words.casefold() in seen:
            raise Refused(f"“{words}” stands there twice.", field=name)
        seen.add(words.casefold())
    if len({key for key, _ in given}) < len(given):  # type: ignore[misc]  # pairs
        raise Refused("Two of these have the same key.", field=name)


def refuse_wrong(question: Question, others: Sequence[Question]) -> None:
    """Refuse what no question may say. `others` are those of its set that are asked, in order."""
    if question.kind not in Kind.values:
        raise Refused("Choose what kind of question it is.", field="kind")
    if not question.words:
        raise Refused("Write the question.", field="words")
    if len(question.words) > 300 or len(question.help) > 500:
        raise Refused("Keep the question to 300 characters and its hint to 500.", field="words")
    needs = NEEDS.get(Kind(question.kind), {})
    for name in MOST:
        if name in needs:
            refuse_list(name, getattr(question, name), least=needs[name])
        elif getattr(question, name):
            raise Refused(f"A question of this kind has no {NOUNS[name][1]}.", field=name)
    if question.kind == Kind.TOP_THREE and len(question.options) == 1:
        raise Refused("Write at least two answers, or none: then people write their own.", field="options")
    if question.least is not None and question.most is not None and question.least > question.most:
        raise Refused("The highest number is below the lowest.", field="most")
    if question.is_written and question.seen_by == SeenBy.TOTALS:
        raise Refused("Written answers have no totals. Let those who run it see them with names.", field="seen_by")
    if not 1 <= question.kept_days <= 3650:
        raise Refused("Keep the answers for between 1 day and 10 years.", field="kept_days")
    _refuse_condition(question, others)


def _refuse_condition(question: Question, others: Sequence[Question]) -> None:
    if not question.shown_if:
        question.shown_if_values = []
        return
    earlier = next((other for other in others if other.key == question.shown_if), None)
    if earlier is None or earlier.key == question.key or earlier.position >= question.position:
        raise Refused("Only a question that stands before this one can decide whether it is shown.", field="shown_if")
    if earlier.kind not in CAN_DECIDE:
        raise Refused(f"“{earlier}” has no answers to choose from, so it cannot decide this.", field="shown_if")
    if not question.shown_if_values or not {*question.shown_if_values} <= dict(earlier.choices).keys():
        raise Refused(f"Choose an answer of “{earlier}”.", field="shown_if")
    if would_tell(question, earlier):
        raise Refused(TELLS.format(later=question, earlier=earlier), field="shown_if")


def would_tell(later: Question, earlier: Question) -> bool:
    """Whether the names under `later`, which is shown after an answer to `earlier`, tell who gave that answer."""
    return earlier.seen_by == SeenBy.TOTALS and later.seen_by == SeenBy.NAMED
