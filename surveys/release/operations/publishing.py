"""Publishing a wave: one analyst proposes its figures, another confirms them, and what people wrote goes."""

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from core.words import counted
from surveys.fieldwork.models import Fieldwork
from surveys.fieldwork.operations import locked
from surveys.fieldwork.permissions import BECAUSE, can_run_surveys
from surveys.release.models import CodingRule, SurveyRelease, WrittenAnswer
from surveys.release.printing import CODED, cells_of, coded_table, is_printable
from surveys.release.queries import mentions_of, top_three_tables, uncoded
from surveys.waves.models import PrintedCell

NOT_CLOSED = "Only a survey that has closed has figures to publish."
PUBLISHED = "The figures of this survey are published. They stay as they are."
PROPOSED = "The figures are proposed for publication. Take the proposal back first."


def locked_release(fieldwork: Fieldwork, by: User) -> SurveyRelease:
    """The release of a closed wave, locked, for somebody who runs surveys. Refused once it is published."""
    require(can_run_surveys(by), BECAUSE)
    fieldwork = locked(fieldwork)
    release = SurveyRelease.objects.select_for_update().filter(fieldwork=fieldwork).first()
    if release is None:
        raise Refused(NOT_CLOSED)
    release.fieldwork = fieldwork
    if release.is_published:
        raise Refused(PUBLISHED)
    return release


def release_to_change(fieldwork: Fieldwork, by: User) -> SurveyRelease:
    """The same, of which nothing is proposed yet: what it prints may change."""
    release = locked_release(fieldwork, by)
    if release.proposed_at is not None:
        raise Refused(PROPOSED)
    return release


@transaction.atomic
def propose_release(fieldwork: Fieldwork, *, by: User) -> SurveyRelease:
    """Propose the figures of a wave for publication, once all that is printed of what people wrote is coded."""
    release = release_to_change(fieldwork, by)
    for asked in top_three_tables(release.fieldwork):
        if not is_printable(release.frozen, asked.table.slug):
            continue  # its page says that nothing of it is printed
        if left := uncoded(release.fieldwork, asked.table.slug).count():
            raise Refused(f"{counted(left, 'text')} of “{asked.table}” still to be coded.")
        has_texts = mentions_of(fieldwork, asked.table.slug).exists()
        if has_texts and not CodingRule.objects.filter(asked=asked).exists():
            raise Refused(f"Write the rule by which “{asked.table}” was coded: its page prints it.")
    release.proposed_by, release.proposed_at = by, clock.now()
    release.save(update_fields=["proposed_by", "proposed_at"])
    log_action("surveys.release_proposed", by=by, about=release.fieldwork)
    return release


@transaction.atomic
def take_back_proposal(fieldwork: Fieldwork, *, by: User) -> SurveyRelease:
    """Take back the proposal to publish, so that codings and rows can change again."""
    release = locked_release(fieldwork, by)
    if release.proposed_at is not None:
        release.proposed_by = release.proposed_at = None
        release.save(update_fields=["proposed_by", "proposed_at"])
        log_action("surveys.proposal_taken_back", by=by, about=release.fieldwork)
    return release


@transaction.atomic
def confirm_release(fieldwork: Fieldwork, *, by: User, seen: str | None = None) -> SurveyRelease:
    """Publish the figures that somebody else proposed. What people wrote is deleted: what is printed was computed.

    `seen` is the moment of the proposal that was looked at: refused where there is a later one.
    """
    release = locked_release(fieldwork, by)
    if release.proposed_at is None:
        raise Refused("Nobody has proposed these figures for publication yet.")
    if seen is not None and seen != release.proposed_at.isoformat():
        raise Refused("These figures were proposed anew since you looked at them. Look at them again.")
    _refuse_out_of_order(release.fieldwork)
    require(release.proposed_by_id != by.pk, "You proposed these figures, so somebody else confirms them.")
    _print(release)
    release.confirmed_by, release.confirmed_at = by, clock.now()
    release.save(update_fields=["confirmed_by", "confirmed_at"])
    WrittenAnswer.objects.filter(fieldwork=fieldwork).delete()
    wave = release.fieldwork.wave
    wave.published_on = clock.today()
    wave.save(update_fields=["published_on"])
    log_action("surveys.release_confirmed", by=by, about=release.fieldwork)
    return release


def _refuse_out_of_order(fieldwork: Fieldwork) -> None:
    """Refuse a wave after which another was counted: that one was made safe beside what was published by then."""
    later = SurveyRelease.objects.filter(
        fieldwork__wave__year__gt=fieldwork.wave.year, fieldwork__is_illustrative=fieldwork.is_illustrative
    )
    if first := later.select_related("fieldwork__wave").order_by("fieldwork__wave__year").first():
        year = first.fieldwork.wave.year
        raise Refused(f"The survey of {year} was counted without these figures, and beside them could tell of people.")


def _print(release: SurveyRelease) -> None:
    """Write the cells that pages and files read.

    Events are told of no demand for skills: its counts are rounded, and their page would divide them. It leads here.
    """
    fieldwork = release.fieldwork
    cells = list(cells_of(fieldwork, release.frozen))
    PrintedCell.objects.filter(wave=fieldwork.wave).delete()
    PrintedCell.objects.bulk_create(cells)


def code_anew(release: SurveyRelease, slug: str) -> None:
    """Compute what is printed of a table of texts with the codings of now: once with each coding, not for each page."""
    found = coded_table(release.fieldwork, slug, is_printable=is_printable(release.frozen, slug))
    others = {key: table for key, table in release.frozen.get(CODED, {}).items() if key != slug}
    release.frozen = {**release.frozen, CODED: others | ({slug: found} if found else {})}
    release.save(update_fields=["frozen"])
