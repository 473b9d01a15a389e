"""The analyst's bench: levels before the hand-in, coding after the close, rows left out with a reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from audit.operations import log_action
from core.errors import Refused
from core.permissions import require
from surveys.fieldwork.models import Fieldwork, SurveyInvitation
from surveys.fieldwork.operations import locked
from surveys.fieldwork.permissions import BECAUSE, can_run_surveys
from surveys.release.models import CodingRule, Mention
from surveys.release.operations.publishing import code_anew, release_to_change
from surveys.release.queries import mentions_of, normal, rows_to_code_to, top_three_tables
from surveys.waves.levels import Level
from surveys.waves.models import AskedRow, AskedTable


@dataclass(frozen=True)
class LevelsSet:
    """How many levels were changed, and whose stay since they have handed in meanwhile."""

    changed: int
    late: list[SurveyInvitation]


@transaction.atomic
def set_levels(fieldwork: Fieldwork, *, levels: Mapping[int, int], by: User) -> LevelsSet:
    """Set the level of people who are invited, by the key of the invitation, but of those who have handed in."""
    require(can_run_surveys(by), BECAUSE)
    if not {*levels.values()} <= {*Level}:
        raise Refused("A level is 1, 2 or 3.")
    fieldwork = locked(fieldwork)
    if fieldwork.has_ended:
        raise Refused("The survey has closed, and the levels went with the answers.")
    invitations = SurveyInvitation.objects.select_for_update().filter(fieldwork=fieldwork, pk__in=levels).order_by("pk")
    differ = [each for each in invitations if each.level != levels[each.pk]]
    late = [each for each in differ if each.state == SurveyInvitation.State.HANDED_IN]
    changed = [each for each in differ if each not in late]
    for each in changed:
        each.level, each.level_set_by = levels[each.pk], by
        each.save(update_fields=["level", "level_set_by"])
    if changed:
        log_action("surveys.levels_set", by=by, about=fieldwork, n=len(changed))
    return LevelsSet(len(changed), late)


@transaction.atomic
def code_texts(fieldwork: Fieldwork, *, table: str, texts: Collection[str], row: str, by: User) -> int:
    """Code what people wrote to a row of its table: every text that equals one of `texts`; how many were."""
    release = release_to_change(fieldwork, by)
    _table(fieldwork, table)
    category = next((each.row for each in rows_to_code_to(fieldwork, table) if each.row.key == row), None)
    if category is None:
        raise Refused("Choose a row of the table.", field="row")
    if not texts:
        raise Refused("Choose at least one text.", field="texts")
    number = _equal_to(fieldwork, table, texts).update(row=category, coded_by=by)
    code_anew(release, table)
    log_action("surveys.texts_coded", by=by, about=fieldwork, table=table)
    return number


@transaction.atomic
def undo_coding(fieldwork: Fieldwork, *, table: str, texts: Collection[str], by: User) -> int:
    """Take the coding off every text that equals one of `texts`; of how many."""
    release = release_to_change(fieldwork, by)
    _table(fieldwork, table)
    number = _equal_to(fieldwork, table, texts).update(row=None, coded_by=None)
    code_anew(release, table)
    log_action("surveys.coding_undone", by=by, about=fieldwork, table=table)
    return number


def _table(fieldwork: Fieldwork, slug: str) -> AskedTable:
    found = next((each for each in top_three_tables(fieldwork) if each.table.slug == slug), None)
    if found is None:
        raise Refused("Nothing that people wrote is printed under this table.")
    return found


def _equal_to(fieldwork: Fieldwork, table: str, texts: Collection[str]) -> QuerySet[Mention]:
    wanted = {normal(each) for each in texts}
    mentions = mentions_of(fieldwork, table)
    return mentions.filter(pk__in=[pk for pk, text in mentions.values_list("pk", "text") if normal(text) in wanted])


@transaction.atomic
def write_coding_rule(fieldwork: Fieldwork, *, table: str, words: str, by: User) -> CodingRule:
    """Write down by which rule the texts of a table are coded, for its page to print."""
    release_to_change(fieldwork, by)
    asked = _table(fieldwork, table)
    if not words.strip():
        raise Refused("Write the rule in a sentence or two.", field="words")
    rule, _ = CodingRule.objects.update_or_create(asked=asked, defaults={"words": words.strip()})
    log_action("surveys.coding_rule_written", by=by, about=fieldwork, table=table)
    return rule


@transaction.atomic
def leave_out(fieldwork: Fieldwork, *, row: AskedRow, reason: str, by: User) -> AskedRow:
    """Leave a row out of what is published, with the reason that its page prints."""
    release_to_change(fieldwork, by)
    if row.wave_id != fieldwork.wave_id:
        raise Refused("This row is of another survey.", field="row")
    if not reason.strip():
        raise Refused("Say why. The page prints the reason.", field="reason")
    row.is_published, row.reason = False, reason.strip()
    row.save(update_fields=["is_published", "reason"])
    log_action("surveys.row_left_out", by=by, about=fieldwork, row=row.row.key, reason=row.reason)
    return row


@transaction.atomic
def publish_row_after_all(fieldwork: Fieldwork, *, row: AskedRow, by: User) -> AskedRow:
    """Publish a row after all that was to be left out."""
    release_to_change(fieldwork, by)
    if row.wave_id == fieldwork.wave_id and not row.is_published:
        row.is_published, row.reason = True, ""
        row.save(update_fields=["is_published", "reason"])
        log_action("surveys.row_printed_again", by=by, about=fieldwork, row=row.row.key)
    return row
