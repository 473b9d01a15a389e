"""A case study's promise stands in the ledger once it is published, one for each measure of a council."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from audit.operations import log_action
from core import clock
from publishing.evidence import compares
from publishing.figures import figures_of, same_measure
from publishing.models import CaseStudyPage, CaseStudyPromise
from publishing.models.editorial import hold_councils
from publishing.permissions import promises_of_visible_case_studies, promises_told_by, public_pages
from take_up.models import Benefit, Measurement, unit_in_words
from take_up.operations import correct_promise_of_figures, measure_figures, promise_of_figures


@transaction.atomic
def keep_promise_of(page: CaseStudyPage, *, by: User | None) -> Benefit | None:
    """Write the figures that were just published into the ledger, and end the checks of others.

    A later figure of the same measure is another measurement, also where another case study of the council made the
    promise. Any other change corrects the promise, with both in the audit trail, as long as nobody has checked a
    measurement of it; what somebody checked stands.
    """
    hold_councils([page.council_id])  # so that two of its case studies that are published together see one another
    page = locked_page(page)
    for check in page.checks.filter(ended_on=None).exclude(figures=figures_of(page)):
        check.ended_on = clock.today()
        check.save(update_fields=["ended_on"])
        log_action("publishing.check_ended", by=by, about=page, because="other figures were published")
    own = CaseStudyPromise.objects.select_related("promise").filter(case_study=page).first()
    if not compares(page) or page.after_on > clock.today():  # type: ignore[operator]  # it compares
        if own is not None:
            _take_off(page, own, by=by)
        return None
    author = author_of(page) or by
    if own is not None:
        _bring_up_to_date(page, own.promise, by=author or own.promise.recorded_by)
        return own.promise
    if author is None or _is_promised_already(page, by=author):
        return None
    where = f"Case study, {page.council}: {page.title}"[:200]
    promise = promise_of_figures(**_said(page), claimed_in=where, by=author, **_origin(page))
    CaseStudyPromise.objects.create(case_study=page, promise=promise)
    _measure(page, promise, by=author)
    log_action("publishing.promised", by=by, about=page, promise=promise.pk, claimed=str(page.after))
    return promise


def _is_promised_already(page: CaseStudyPage, *, by: User) -> bool:
    """Whether the ledger has this measure in this unit: by a promise that the page names, or of its council's others.

    Of those others a figure of a later day is a measurement.
    """
    if promise := told_by_another(page):
        later = page.after_on > promise.claimed_on  # type: ignore[operator]  # it compares
        if later and promise.is_illustrative == page.is_illustrative and _measure(page, promise, by=by):
            log_action("publishing.measured_again", by=by, about=page, promise=promise.pk, result=str(page.after))
        return True
    stands = ~Q(origin=Benefit.Origin.CASE_STUDY) | promises_of_visible_case_studies(AnonymousUser())
    return Benefit.objects.filter(stands, same_measure(page), case_studies=page).exists()


def told_by_another(page: CaseStudyPage) -> Benefit | None:
    """The promise of the same measure that another case study of its council makes on the site."""
    others = Benefit.objects.filter(promises_told_by(page.council), same_measure(page))
    return others.exclude(of_case_study__case_study=page).order_by("pk").first()


def keep_promises_told_by(page: CaseStudyPage, *, by: User | None) -> None:
    """Promise what other case studies of its council tell of its measure, once a page no longer stands there itself.

    The first of them makes the promise, by its day; the others measure it.
    """
    if not page.measure:
        return
    others = CaseStudyPage.objects.filter(council=page.council_id, withdrawn_on=None, measure__iexact=page.measure)
    others = public_pages(others).exclude(pk=page.pk).filter(own_promise=None, after_on__isnull=False)
    for other in others.order_by("after_on", "pk"):
        keep_promise_of(other, by=by)


def _take_off(page: CaseStudyPage, own: CaseStudyPromise, *, by: User | None) -> None:
    """Take out the promise of figures that the page no longer gives; one that was checked stays, and nobody sees it."""
    promise = own.promise
    own.delete()  # which takes out the promise too, where it may go
    is_deleted = not Benefit.objects.filter(pk=promise.pk).exists()
    log_action("publishing.promise_taken_off", by=by, about=page, claimed=str(promise.claimed), deleted=is_deleted)


def _bring_up_to_date(page: CaseStudyPage, promise: Benefit, *, by: User) -> None:
    said = _said(page)
    before = {name: getattr(promise, name) for name in said}
    is_the_measure = all(before[name] == said[name] for name in ("title", "unit", "baseline", "baseline_on"))
    measured = promise.measurements.filter(measured_on=page.after_on).first()
    own = _own_measurements(page, promise)
    is_known = measured is not None and (measured.value, measured.n) == (page.after, page.after_n)
    if is_the_measure and (is_known or _was_turned_down(page, promise)):
        return
    if before == said and measured not in own:
        return  # somebody else measured it that day
    if is_the_measure and measured is None and page.after_on > promise.claimed_on:  # type: ignore[operator]  # it compares
        _measure(page, promise, by=by)
        log_action("publishing.measured_again", by=by, about=page, promise=promise.pk, result=str(page.after))
        return
    is_corrected = correct_promise_of_figures(promise, own=own, **said)
    if is_corrected:
        _measure(page, promise, by=by)
    log_action(
        "publishing.promise_corrected" if is_corrected else "publishing.promise_stands",
        by=by,
        about=page,
        promise=promise.pk,
        before={name: str(value) for name, value in before.items()},
        now={name: str(value) for name, value in said.items()},
    )


def _own_measurements(page: CaseStudyPage, promise: Benefit) -> list[Measurement]:
    """What the page itself said was measured, on the day of its promise and of its figure now."""
    followed = page.follow_ups.filter(measurement__isnull=False).values("measurement")
    days = [promise.claimed_on, page.after_on]
    return list(promise.measurements.filter(measured_on__in=days, n_words="").exclude(pk__in=followed))


def _was_turned_down(page: CaseStudyPage, promise: Benefit) -> bool:
    return promise.turned_down.filter(value=page.after, measured_on=page.after_on).exists()


def _said(page: CaseStudyPage) -> dict[str, Any]:
    return {
        "title": page.measure,
        "unit": unit_in_words(page.after_unit),
        "baseline": page.before,
        "baseline_on": page.before_on,
        "claimed": page.after,
        "claimed_on": page.after_on,
    }


def _origin(page: CaseStudyPage) -> dict[str, Any]:
    return {"source": page.source, "is_illustrative": page.is_illustrative}


def _measure(page: CaseStudyPage, promise: Benefit, *, by: User) -> bool:
    """Write its figure down as measured, unless that day was measured or its figure was turned down; whether it was."""
    assert page.after is not None  # it compares
    assert page.after_on is not None
    assert page.after_n is not None
    if _was_turned_down(page, promise) or promise.measurements.filter(measured_on=page.after_on).exists():
        return False
    measure_figures(promise, value=page.after, measured_on=page.after_on, n=page.after_n, by=by, **_origin(page))
    return True


def author_of(page: CaseStudyPage) -> User | None:
    """Who wrote it: whoever began it, else whoever saved its first version."""
    if page.owner is not None:
        return page.owner
    first = page.revisions.filter(user__isnull=False).order_by("created_at", "pk").first()
    return first.user if first else None


def locked_page(page: CaseStudyPage) -> CaseStudyPage:
    rows = CaseStudyPage.objects.select_for_update(of=("self",)).select_related("council", "owner", "live_revision")
    return rows.get(pk=page.pk)
