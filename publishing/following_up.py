"""The figures of a published case study are verified by others, and asked for again."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.months import months_after
from core.permissions import require
from core.schedules import do_each
from core.signals import rows_changed
from core.text import clean_line
from core.words import day_in_words
from councils.models import Membership
from councils.permissions import can_contribute_for
from councils.queries import living_memberships, who_answers
from outbox.operations import queue_message
from publishing import emails
from publishing.evidence import compares
from publishing.figures import figures_of, is_same_measure
from publishing.models import CaseStudyPage, CaseStudyPromise, EvidenceCheck, FollowUp
from publishing.models.case_study import FOLLOWED_UP_AFTER
from publishing.models.evidence import ANSWERED_WITHIN
from publishing.permissions import (
    can_answer_check,
    can_ask_for_a_check,
    can_follow_up,
    may_check_figures_of,
    public_pages,
    visible_case_studies,
)
from publishing.promising import author_of, locked_page, told_by_another
from take_up.models import Benefit
from take_up.operations import measure_figures

REMINDED_AFTER = dt.timedelta(days=15)
TOLD_FOR = dt.timedelta(days=7)  # so that a worker that rests for some days leaves out nothing
OTHER_FIGURES = "Other figures were published since. Ask to have those verified."


@transaction.atomic
def ask_for_check(page: CaseStudyPage, *, email: str, by: User) -> EvidenceCheck:
    """Ask a person of another organisation whether the figures on the page are right."""
    page = locked_page(page)
    require(
        can_ask_for_a_check(by, page),
        "Those who write for its council, and Alliance editors, ask to have them verified.",
    )
    _refuse_what_is_not_shown(page, by)
    if not compares(page):
        raise Refused("Its figures cannot be compared yet, so there is nothing to verify.")
    person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    organisations = may_check_figures_of(person, page) if person and person != by else []
    if person is None or not organisations:
        raise Refused(
            "Nobody with this address may verify them. It takes somebody whom another organisation has confirmed, and "
            "who did not write it.",
            field="email",
        )
    if page.checks.filter(person=person, ended_on=None).exists():
        raise Refused(f"{person} has been asked about these figures already.", field="email")
    check = EvidenceCheck.objects.create(
        case_study=page,
        revision=page.live_revision,
        figures=figures_of(page),
        person=person,
        organisation=organisations[0],
        asked_by=by,
    )
    log_action("publishing.check_asked", by=by, about=page, check=check.pk)
    queue_message(emails.check_asked, check, to=person)
    return check


@transaction.atomic
def answer_check(check: EvidenceCheck, *, is_right: bool, by: User, reason: str = "") -> EvidenceCheck:
    """Say from one's own account that the figures are right, or what is wrong with them."""
    page = locked_page(check.case_study)
    check = EvidenceCheck.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=check.pk)
    check.case_study = page
    require(can_answer_check(by, check), "Only the person who was asked answers, for their organisation.")
    _refuse_what_is_not_shown(page, by)
    if check.ended_on is not None or check.figures != figures_of(page):
        raise Refused(OTHER_FIGURES)
    if check.answered_at is not None:
        raise Refused("You have answered already.")
    reason = "" if is_right else clean_line(reason)
    if not is_right and not reason:
        raise Refused("Say what is wrong.", field="reason")
    check.is_right, check.reason, check.answered_at = is_right, reason, clock.now()
    check.save(update_fields=["is_right", "reason", "answered_at"])
    log_action(
        "publishing.figures_checked", by=by, about=page, check=check.pk, right=is_right, revision=check.revision_id
    )
    queue_message(emails.check_answered, check, to=check.asked_by)
    return check


def ask_for_follow_ups() -> int:
    """Ask once at 6 and at 12 months after publication, and remind once those who have not answered; of how many.

    Those whose figures are in the ledger are asked, by a promise of their own or of another of their council.
    """
    today = clock.today()
    published = CaseStudyPage.objects.filter(
        Q(own_promise__isnull=False) | Q(after__isnull=False) & ~Q(measure=""), withdrawn_on=None
    )
    published = public_pages(published)
    due = []
    for page in published.filter(first_published_at__isnull=False).order_by("pk").iterator(chunk_size=500):
        for months in FOLLOWED_UP_AFTER:
            day = months_after(timezone.localdate(page.first_published_at), months)
            if day <= today < day + ANSWERED_WITHIN:
                due.append((page, months))
    return do_each(_ask, due)


def tell_of_silence() -> None:
    """Say of questions that went unanswered too long in the last week, which changes with the day, that they did."""
    latest = clock.today() - ANSWERED_WITHIN
    silent = FollowUp.objects.filter(answered_on=None, asked_on__range=(latest - TOLD_FOR, latest))
    with transaction.atomic():
        rows_changed.send(sender=FollowUp, keys=list(silent.values_list("pk", flat=True)))


@transaction.atomic
def _ask(due: tuple[CaseStudyPage, int]) -> bool:
    page, months = due
    page = locked_page(page)
    people = who_follows_up(page)
    if not people or not _is_in_ledger(page):
        return False
    asked, is_new = FollowUp.objects.get_or_create(case_study=page, months=months, defaults={"asked_on": clock.today()})
    if asked.answered_on is None:
        again = "" if clock.today() < asked.asked_on + REMINDED_AFTER else ", again"
        queue_message(emails.still_running, asked, to=people, key=f"asked{again}")
    return is_new


def _is_in_ledger(page: CaseStudyPage) -> bool:
    return CaseStudyPromise.objects.filter(case_study=page).exists() or _promise_of_today(page) is not None


def who_follows_up(page: CaseStudyPage) -> list[User]:
    """Its author; where the author has left, those who publish for the council, else the secretariat."""
    author = author_of(page)
    if author is not None and author.is_active and can_contribute_for(author, page.council):
        return [author]
    publishing = [Membership.Role.PUBLISHER, Membership.Role.LEAD]
    confirmed = living_memberships(page.council).filter(state=Membership.State.CONFIRMED, role__in=publishing)
    found = list(User.objects.filter(pk__in=confirmed.values("person"), is_active=True).order_by("pk"))
    return found or who_answers(page.council)


@transaction.atomic
def answer_follow_up(
    page: CaseStudyPage,
    *,
    is_running: bool,
    by: User,
    value: Decimal | None = None,
    n: int | None = None,
    measured_on: dt.date | None = None,
    better: str = "",
    note: str = "",
) -> FollowUp:
    """Say whether it still runs and what the figure is, which becomes a measurement in the ledger, not checked yet."""
    page = locked_page(page)
    require(can_follow_up(by, page), "Those who write for its council, and the secretariat, say what became of it.")
    _refuse_what_is_not_shown(page, by)
    asked = page.follow_ups.select_for_update().filter(answered_on=None).order_by("-asked_on", "-pk").first()
    if asked is None:
        raise Refused("Nothing is asked about this case study today.")
    measurement, promise = None, _promise_of_today(page)
    if value is not None:
        if promise is None:
            raise Refused(
                "The page no longer says what its promise in the ledger says, so no figure can be added to it. Leave "
                "it out, and publish the new figure on the page.",
                field="value",
            )
        if not n:
            raise Refused("Say on how many it was measured.", field="n")
        if measured_on is None:
            raise Refused("Say when it was measured.", field="measured_on")
        since = page.after_on or promise.claimed_on
        if not since < measured_on <= clock.today():
            raise Refused(
                f"Give a figure of a day after {day_in_words(since)}, and not in the future.", field="measured_on"
            )
        if promise.asks_which_way and not better:
            raise Refused("Say which way is better.", field="better")
        measurement = measure_figures(
            promise,
            value=value,
            measured_on=measured_on,
            n=n,
            better=better,
            by=by,
            is_illustrative=page.is_illustrative,
        )
    elif is_running and promise is not None:
        raise Refused("Give the latest figure.", field="value")
    asked.answered_on, asked.answered_by, asked.is_running = clock.today(), by, is_running
    asked.note, asked.measurement = clean_line(note), measurement
    asked.save()
    # One answer is enough: what was asked before it is not asked any more.
    older = page.follow_ups.filter(answered_on=None)
    older.update(answered_on=asked.answered_on, answered_by=by, is_running=is_running)
    result = "" if value is None else str(value)
    log_action("publishing.followed_up", by=by, about=page, running=is_running, result=result)
    return asked


def asks_which_way(page: CaseStudyPage) -> bool:
    """Whether a later figure needs whoever gives it to say which way is better."""
    promise = _promise_of_today(page)
    return promise is not None and promise.asks_which_way


def _promise_of_today(page: CaseStudyPage) -> Benefit | None:
    """Its promise in the ledger, or another's of its council, if the page names the same measure in the same unit."""
    own = CaseStudyPromise.objects.select_related("promise").filter(case_study=page).first()
    if own is not None:
        return own.promise if is_same_measure(own.promise, page) else None
    told = told_by_another(page) if compares(page) else None
    return told if told and told.is_illustrative == page.is_illustrative else None


def _refuse_what_is_not_shown(page: CaseStudyPage, by: User) -> None:
    if page.is_withdrawn or not visible_case_studies(by).contains(page):
        raise Refused("This case study is not on the site.")
