"""Pages of a business case before the board and of a decision, on a case or on anything else."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.http import SignedInRequest
from accounts.models import AnyUser, User
from core.answering import answered, posted
from core.errors import Refused
from core.numbers import HIGHEST_KEY
from core.permissions import allow, anyone
from projects.models import Block, BusinessCase, Project
from projects.portfolio.case_content import content_hash
from projects.portfolio.permissions import visible_projects
from projects.sums.words import COLUMNS, sums_pairs, sums_table
from steering import operations
from steering.emails import look_at_mails
from steering.forms import DecisionForm
from steering.models import QUORUM, Decision, Meeting, MeetingItem
from steering.models.subjects import Subject
from steering.permissions import can_minute
from steering.queries import coverage
from steering.queries.decisions import Shown, coming_decision, last_number_about, title_about, votes_of
from steering.queries.motions import open_motion_about
from steering.queries.roster import meetings_to_decide_at, seats_at, seats_on
from take_up.models import Benefit
from voting.outcome.queries import voters_behind

NOT_STAFF = "Only the secretariat writes down the board's decisions."


def _cases(user: AnyUser) -> QuerySet[BusinessCase]:
    """Business cases of visible projects, without drafts."""
    cases = BusinessCase.objects.exclude(state=BusinessCase.State.DRAFT).filter(project__in=visible_projects(user))
    return cases.select_related("project__lead_council", "project__service").prefetch_related("decisions")


def _on_screen(record: BusinessCase) -> dict:
    """The context of a case: sums, sensitivity and coverage."""
    return {
        "case": record,
        "project": record.project,
        "pairs": sums_pairs(record),
        "columns": COLUMNS,
        "rows": sums_table(record),
        "coverage": coverage(record).pairs(),
        "decision": next(iter(record.decisions.all()), None),
        "case_url": reverse("steering:case", args=[record.pk]),
        "ask_url": f"{reverse('steering:ask')}?case={record.pk}",
        "decide_url": reverse("steering:decide", args=[record.pk]),
    }


@allow(anyone)
def case(request: HttpRequest, key: int) -> HttpResponse:
    """The page of a business case for the board."""
    record = get_object_or_404(_cases(request.user), pk=min(key, HIGHEST_KEY))
    may = can_minute(request.user) and record.state == BusinessCase.State.SUBMITTED
    asked = open_motion_about(record)
    context = {**_on_screen(record), "can_decide": may and not asked, "asked": asked}
    return render(request, "steering/case.html", context)


@allow(can_minute, because=NOT_STAFF)
def decide(request: SignedInRequest, key: int) -> HttpResponse:
    """The form to record the decision; where voters are mailed it, first with the mails as they would go out."""
    record = get_object_or_404(_cases(request.user), pk=min(key, HIGHEST_KEY))
    if request.method != "POST" and (made := record.decisions.filter(result__in=Decision.FINAL).first()):
        return redirect(made)
    more = {**_on_screen(record), "asked": open_motion_about(record), "voters": voters_behind(record.project)}
    return _decide(request, record, more)


@allow(can_minute, because=NOT_STAFF)
def decide_about(request: SignedInRequest) -> HttpResponse:
    """The form to record a decision on a project, a block, a promise, or on none of these."""
    return _decide(request, _subject(request), {})


def _decide(request: SignedInRequest, subject: Subject | None, more: dict[str, Any]) -> HttpResponse:
    submitted = timezone.localdate(subject.submitted_at) if isinstance(subject, BusinessCase) else None
    meetings = meetings_to_decide_at(submitted)
    asked = request.POST.get("meeting") or request.GET.get("meeting", "")
    meeting = _meeting_of(asked, meetings) if asked else next(iter(meetings), None)
    if asked and meeting is None and request.method != "POST":
        raise Http404("The board held no meeting on that day that could have decided this.")
    is_gone, meeting = meeting is None, meeting or next(iter(meetings), None)
    context = {
        **more,
        "subject": subject,
        "about": title_about(subject) or "Something else",
        "submitted": submitted,
        "meetings": meetings,
        "meeting": meeting,
        "quorum": QUORUM,
        "about_query": [(name, request.GET[name]) for name in _SUBJECTS if request.GET.get(name)],
    }
    if meeting is None:
        return render(request, "steering/decide.html", context)
    is_about_a_case, seats = isinstance(subject, BusinessCase), seats_at(meeting)
    item = _item(request, meeting, subject)
    form = DecisionForm(posted(request), seats=seats, is_about_a_case=is_about_a_case)
    show_mails = "record" not in request.POST and not is_gone
    preview = _preview(subject, meeting, form, request.user) if show_mails else {}
    record_it: Callable[..., Decision] = (
        _refuse_meeting if is_gone else partial(operations.decide, meeting=meeting, item=item)
    )
    if not preview and (done := answered(request, form, record_it, subject, said=_decided)):
        return done
    case_hash = content_hash(subject) if isinstance(subject, BusinessCase) else ""
    context |= {
        "form": form,
        "item": item,
        "seats": len(seats_on(meeting.day)),
        "present": len(seats),
        "shown": Shown(last_number_about(subject), case_hash),
        "preview": preview,
    }
    return render(request, "steering/decide.html", context)


def _meeting_of(day: str, meetings: list[Meeting]) -> Meeting | None:
    """The meeting of that day among these; None where none of them was held on it."""
    return next((each for each in meetings if each.day.isoformat() == day), None)


def _item(request: HttpRequest, meeting: Meeting, subject: Subject | None) -> MeetingItem | None:
    """The item of the meeting's agenda that the address names; None where its decision cannot be this one."""
    key = request.GET.get("item", "")
    is_key = key.isascii() and key.isdecimal() and len(key) < 19
    item = meeting.agenda.filter(pk=min(int(key), HIGHEST_KEY)).first() if is_key else None
    return item if item is not None and item.can_hold_decision_about(subject) else None


def _refuse_meeting(subject: Subject | None, **said: Any) -> Decision:
    """Raises Refused: the meeting that the form was filled in for is not on that day any more."""
    raise Refused("The meeting was moved or cancelled since you opened the page. Check the meeting below.")


_SUBJECTS: dict[str, tuple[type, str]] = {
    "project": (Project, "slug"),
    "block": (Block, "slug"),
    "promise": (Benefit, "pk"),
}


def _subject(request: HttpRequest) -> Subject | None:
    """The record that the address names: `project` and `block` by slug, `promise` by key."""
    for name, (model, field) in _SUBJECTS.items():
        if not (key := request.GET.get(name)):
            continue
        if "\0" in key or (field == "pk" and not (key.isascii() and key.isdecimal() and len(key) < 19)):
            raise Http404("No record has such an address.")
        seen = visible_projects(request.user)
        rows = seen if model is Project else model.objects.filter(project__in=seen)  # type: ignore[attr-defined]  # a model
        return get_object_or_404(rows, **{field: key})
    return None


def _preview(subject: Subject | None, meeting: Meeting, form: DecisionForm, by: User) -> dict[str, Any]:
    """The mails that what was sent would send, and what to send again; empty where nobody would be mailed."""
    if not (form.is_bound and form.is_valid()):
        return {}
    given = form.answers
    stood = votes_of(how for how, _ in given.pop("stands").values())
    for name in ("options", "shown"):
        given.pop(name)
    preview = look_at_mails(coming_decision(subject, votes=stood, meeting=meeting, **given), by)
    # What was looked at is what is recorded: sent again, apart from the form in which it can be changed.
    sent = [(name, value) for name, value in form.data.items() if name not in ("csrfmiddlewaretoken", "form_token")]
    return preview | {"sent": sent} if preview else {}


def _decided(decision: Decision) -> str:
    unlocked = decision.business_case and decision.result == Decision.Result.ACCEPTED
    said = f"{decision.number} is written down: {decision.figures}."
    if decision.waits_for_conditions:
        said += " Record here when its conditions are met."
    return f"{said} Step 4 is unlocked." if unlocked else said
