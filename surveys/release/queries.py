"""Reads of the analyst's bench: what is still to be coded, how the coding stands, what is left out."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from questions.models import Question
from questions.queries import asked
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.tables import NOT_IN_WAVE, asked_tables
from surveys.release.models import Mention
from surveys.waves.models import AskedRow, AskedTable


def normal(text: str) -> str:
    """Texts that are equal but for capitals, spaces and a full stop are coded together."""
    return " ".join(text.casefold().split()).rstrip(".")


def top_three_tables(fieldwork: Fieldwork) -> list[AskedTable]:
    """The tables of the plan that are coded from what people wrote."""
    written = {
        question.key
        for question in asked(fieldwork.wave.questions)
        if question.kind == Question.Kind.TOP_THREE and question.is_written
    }
    return [each for slug, each in asked_tables(fieldwork.wave).items() if slug in written and slug in fieldwork.plan]


def mentions_of(fieldwork: Fieldwork, slug: str) -> QuerySet[Mention]:
    """What people wrote to the question of a table, each text a row."""
    return Mention.objects.filter(answer__fieldwork=fieldwork, answer__question_key=slug)


def uncoded(fieldwork: Fieldwork, slug: str) -> QuerySet[Mention]:
    """The texts of a table that nobody has coded."""
    return mentions_of(fieldwork, slug).filter(row__isnull=True)


@dataclass(frozen=True)
class TextGroup:
    """Equal texts, how often they were written, and what they were coded to."""

    key: str
    text: str
    number: int
    row: str = ""  # its words


def groups_of(fieldwork: Fieldwork, slug: str) -> list[TextGroup]:
    """The texts of a table, equal ones together, those written most often first."""
    numbers: Counter[tuple[str, str]] = Counter()
    words: dict[tuple[str, str], str] = {}
    for text, row in mentions_of(fieldwork, slug).values_list("text", "row__words"):
        place = (normal(text), row or "")
        numbers[place] += 1
        words[place] = min(words.get(place, text), text)
    found = [TextGroup(key, words[key, row], number, row) for (key, row), number in numbers.items()]
    return sorted(found, key=lambda each: (-each.number, each.key))


def rows_to_code_to(fieldwork: Fieldwork, slug: str) -> list[AskedRow]:
    """The categories of a table."""
    rows = AskedRow.objects.filter(wave=fieldwork.wave, row__table__slug=slug).exclude(continuity__in=NOT_IN_WAVE)
    return list(rows.select_related("row"))


def rows_that_can_be_left_out(fieldwork: Fieldwork) -> list[AskedRow]:
    """Every row that the plan prints, in the order of tables and rows."""
    rows = AskedRow.objects.filter(wave=fieldwork.wave, row__table__slug__in=fieldwork.plan)
    return list(
        rows.exclude(continuity__in=NOT_IN_WAVE)
        .select_related("row", "row__table")
        .order_by("row__table__position", "row__position")
    )


def written_texts(fieldwork: Fieldwork) -> list[tuple[str, list[str]]]:
    """What people wrote to questions that no table counts, by the words of the question, in no order of theirs."""
    counted = {asked.table.slug for asked in top_three_tables(fieldwork)}
    words = {question.key: question.words for question in asked(fieldwork.wave.questions)}
    found: dict[str, list[str]] = {}
    mentions = Mention.objects.filter(answer__fieldwork=fieldwork).exclude(text="")
    for key, text in mentions.order_by("answer_id").values_list("answer__question_key", "text"):
        if key not in counted:
            found.setdefault(words.get(key, key), []).append(text)
    return list(found.items())
