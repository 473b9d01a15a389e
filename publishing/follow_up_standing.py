"""How a case study stands with the questions asked some months after it was published: answered, checked or silent.

The rule stands here for one page, in words, and for a list to be ordered by; tests hold them together.
"""

from django.db.models import Case, Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from core import clock
from core.words import month_in_words
from publishing.models import CaseStudyPage, FollowUp
from publishing.models.case_study import FOLLOWED_UP_AFTER
from publishing.models.evidence import ANSWERED_WITHIN
from take_up.queries.promises import COLOURS

# The weakest first: silence, an end that was told, nothing asked or due yet, a figure of one's own, a checked one.
SILENT, ENDED, UNASKED, OWN_FIGURE, CHECKED = range(5)
_HOLDS = Q(answered_on__isnull=False) & (Q(measurement__isnull=False) | Q(is_running=False))


def with_follow_ups(pages: QuerySet[CaseStudyPage]) -> QuerySet[CaseStudyPage]:
    """The same pages, whose standing is known without a query of its own for each."""
    asked = FollowUp.objects.select_related("measurement__promise__latest")
    return pages.prefetch_related(Prefetch("follow_ups", asked, to_attr="asked"))


def asked_of(page: CaseStudyPage) -> list[FollowUp]:
    """The questions asked about it, each with the figure that was given; read once for a page that was read whole."""
    was_asked = getattr(page, "was_asked", None)  # as the page's own query found
    if was_asked is False:
        return []
    known = getattr(page, "asked", None)
    if known is None:
        known = list(page.follow_ups.select_related("measurement__promise__latest"))
        if was_asked:
            page.asked = known  # type: ignore[attr-defined]  # ours to remember them by
    return known


def standing_of_follow_ups(page: CaseStudyPage) -> str:
    """“Checked May 2015”, “Followed up May 2015, own figure”, “Not followed up”, or nothing where it is too early."""
    asked = asked_of(page)
    if last := _last_answer(asked):
        assert last.answered_on is not None  # it holds
        ended = "" if last.is_running else ": no longer running"
        if last.measurement and last.measurement.checked_at:
            return f"Checked {month_in_words(timezone.localdate(last.measurement.checked_at))}{ended}"
        own = ", own figure" if last.measurement else ""
        return f"Followed up {month_in_words(last.answered_on)}{own}{ended}"
    return "Not followed up" if _is_silent(asked) else ""


def colour_of_follow_ups(page: CaseStudyPage) -> str:
    """The colour of that standing: of a figure that was checked, the one that the ledger gives its promise."""
    last = _last_answer(asked_of(page))
    if last is None:
        return "amber"
    is_checked = last.is_running and last.measurement and last.measurement.checked_at
    return COLOURS[last.measurement.promise.state] if is_checked and last.measurement else "grey"


def is_followed_up(page: CaseStudyPage) -> bool:
    """Whether the council has said, some months on, that it still runs and what the figure is."""
    return any(_holds(each) and each.is_running for each in page.follow_ups.all())


def is_silent(page: CaseStudyPage) -> bool:
    """Whether nobody has answered, though it was asked each time."""
    asked = list(page.follow_ups.all())
    return _last_answer(asked) is None and _is_silent(asked)


def rank_of_follow_ups() -> Coalesce:
    """The standing as a number, for a list to be ordered by: `SILENT` to `CHECKED`."""
    answered = FollowUp.objects.filter(_HOLDS, case_study=OuterRef("pk")).order_by("-answered_on", "-pk")
    rank = Case(
        When(is_running=False, then=Value(ENDED)),
        When(measurement__checked_at__isnull=False, then=Value(CHECKED)),
        default=Value(OWN_FIGURE),
        output_field=IntegerField(),
    )
    unanswered = FollowUp.objects.filter(_unanswered(), case_study=OuterRef("pk")).order_by().values("case_study")
    silent = unanswered.annotate(n=Count("pk")).filter(n__gte=len(FOLLOWED_UP_AFTER)).values(rank=Value(SILENT))
    return Coalesce(Subquery(answered.values(rank=rank)[:1]), Subquery(silent[:1]), Value(UNASKED))


def _unanswered() -> Q:
    return Q(answered_on=None, asked_on__lte=clock.today() - ANSWERED_WITHIN)


def _is_silent(asked: list[FollowUp]) -> bool:
    latest = clock.today() - ANSWERED_WITHIN
    silent = [each for each in asked if each.answered_on is None and each.asked_on <= latest]
    return len(silent) >= len(FOLLOWED_UP_AFTER)


def _last_answer(asked: list[FollowUp]) -> FollowUp | None:
    answered = [each for each in asked if _holds(each)]
    return max(answered, key=lambda each: (each.answered_on, each.pk), default=None)


def _holds(asked: FollowUp) -> bool:
    """Whether a question was answered. Whatever still runs was, with a figure: without it, that was turned down."""
    return bool(asked.answered_on and (asked.measurement_id or not asked.is_running))
