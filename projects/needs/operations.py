"""Every change of state of a need and of who has it, and the mail to those who have it when something came of it."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.addresses import save_with_slug
from core.errors import Refused
from core.permissions import require
from core.text import clean_line
from councils.models import Organisation, Service
from outbox.operations import queue_message
from projects.needs import emails
from projects.needs.models import Need, NeedMove, NeedSupport
from projects.needs.permissions import (
    can_edit_need,
    can_join_need,
    can_merge_needs,
    can_speak_for,
    can_withdraw_need,
)
from projects.needs.queries import who_has

CHANGEABLE = ("title", "who_for", "what", "evidence", "service", "cost_of_problem")


@transaction.atomic
def raise_need(
    *,
    by: User,
    council: Organisation,
    title: str,
    who_for: str,
    what: str,
    evidence: str = "",
    service: Service | None = None,
    cost_of_problem: str = "",
    source: str = "",
    is_illustrative: bool = False,
) -> Need:
    """Put a need on the register; its council counts as the first to have it.

    The same words from the same person again, as when a form is sent twice, return the need that is there.
    """
    require(can_speak_for(by, council), f"Only a confirmed contributor of {council} raises a need for it.")
    # One at a time for each council, so that a form sent twice finds the first.
    council = Organisation.objects.select_for_update().get(pk=council.pk)
    same = Need.objects.open().filter(council=council, raised_by=by, title=title, what=what).first()
    if same:
        return same
    need = Need(
        title=title,
        who_for=who_for,
        what=what,
        evidence=evidence,
        service=service,
        cost_of_problem=cost_of_problem,
        council=council,
        raised_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )
    save_with_slug(need, title, reserved={"new", "similar"})
    NeedSupport.objects.create(need=need, council=council, joined_by=by)
    log_action("projects.raised_need", by=by, about=need, council=council.pk)
    return need


@transaction.atomic
def change_need(need: Need, *, by: User, **fields: object) -> Need:
    """Change the words of a need. The councils that joined stay."""
    require(can_edit_need(by, need), "Only the council that raised this need changes it.")
    need = _locked_open(need, "change")
    changed = [name for name in CHANGEABLE if name in fields and getattr(need, name) != fields[name]]
    if changed:
        for name in changed:
            setattr(need, name, fields[name])
        need.save()
        log_action("projects.changed_need", by=by, about=need, fields=changed)
    return need


@transaction.atomic
def join_need(need: Need, *, by: User, council: Organisation) -> NeedSupport:
    """Add a council to those that have this need. One that has joined, through whichever person, changes nothing."""
    require(can_join_need(by, need, council), f"Only a confirmed contributor of {council} joins for it.")
    need = _locked_open(need, "join")
    support, is_new = NeedSupport.objects.get_or_create(need=need, council=council, defaults={"joined_by": by})
    if is_new:
        log_action("projects.joined_need", by=by, about=need, council=council.pk)
    return support


@transaction.atomic
def leave_need(need: Need, *, by: User, council: Organisation) -> None:
    """Take a council off a need, with what it said. One that has not joined changes nothing.

    The council that raised the need withdraws it instead.
    """
    require(can_join_need(by, need, council), f"Only a confirmed contributor of {council} leaves for it.")
    need = _locked_open(need, "leave")
    if need.council_id == council.pk:
        raise Refused(f"{council} raised this need. Withdraw it if it is no longer one.", field="council")
    gone, _ = NeedSupport.objects.filter(need=need, council=council).delete()
    if gone:
        log_action("projects.left_need", by=by, about=need, council=council.pk)


@transaction.atomic
def say_how_it_looks(need: Need, *, by: User, council: Organisation, words: str) -> NeedSupport:
    """Set the line in which a council says how the need looks there; an empty one takes it back."""
    require(can_join_need(by, need, council), f"Only a confirmed contributor of {council} speaks for it.")
    need = Need.objects.select_for_update().get(pk=need.pk)
    support = NeedSupport.objects.filter(need=need, council=council).first()
    if support is None:
        raise Refused(f"{council} is not among the councils that have this need.")
    words = clean_line(words)
    if words == support.words:
        return support
    if words:
        _refuse_closed(need, "say")
    support.words, support.said_at = words, clock.now() if words else None
    support.save(update_fields=["words", "said_at"])
    log_action("projects.said_how_need_looks", by=by, about=need, council=council.pk, said=bool(words))
    return support


@transaction.atomic
def withdraw_need(need: Need, *, by: User, reason: str) -> Need:
    """Take a need off the register. Its page stays and says why."""
    require(can_withdraw_need(by, need), "Only its council, a facilitator or the secretariat withdraws this need.")
    if not reason.strip():
        raise Refused("Say why the need is withdrawn.", field="reason")
    need = _locked_open(need, "withdraw")
    need.state, need.state_reason = Need.State.WITHDRAWN, reason
    need.save()
    log_action("projects.withdrew_need", by=by, about=need, reason=reason)
    queue_message(emails.need_withdrawn, need, to=who_has(need).exclude(pk=by.pk))
    return need


@transaction.atomic
def merge_need(need: Need, *, into: Need, by: User, reason: str = "") -> Need:
    """Retire a need in favour of another that says the same.

    Councils are not moved: each says for itself that it has the other need. Refused once prototypes were made for
    it, since a vote may rest on its words.
    """
    require(can_merge_needs(by), "Only a facilitator or the secretariat merges needs.")
    if need.pk == into.pk:
        raise Refused("A need cannot be merged into itself.", field="into")
    # Both rows, always in the same order, so that two merges cannot wait for each other.
    rows = {row.pk: row for row in Need.objects.select_for_update().filter(pk__in=[need.pk, into.pk]).order_by("pk")}
    need, into = rows[need.pk], rows[into.pk]
    _refuse_closed(need, "merge")
    if into.state != Need.State.OPEN:
        raise Refused(f"“{into}” is not open itself.", field="into")
    if need.prototypes.exists():
        raise Refused("Prototypes were made for this need, so it stays as it is.")
    need.state, need.state_reason, need.merged_into = Need.State.MERGED, reason, into
    need.save()
    log_action("projects.merged_need", by=by, about=need, into=into.pk, reason=reason)
    queue_message(emails.need_merged, need, to=who_has(need).exclude(pk=by.pk))
    return need


@transaction.atomic
def tell_need_moved(needs: Iterable[Need], *, what: str, title: str, path: str, by: User) -> None:
    """Write one mail to each person who raised or joined one of these needs, except `by`.

    `path` is the address of what came of the need. What was sent for a need and path before is not sent again.
    """
    if clock.is_entering_history():
        return
    moved: dict[User, tuple[NeedMove, ...]] = defaultdict(tuple)  # by person, the moves to write to them about
    for need in needs:
        if need.state != Need.State.OPEN:
            continue
        move, is_new = NeedMove.objects.get_or_create(need=need, what=what, path=path, defaults={"title": title[:300]})
        if is_new and not emails.need_moved.is_about_history(move):
            for person in who_has(need).exclude(pk=by.pk):
                moved[person] += (move,)
    for moves in dict.fromkeys(moved.values()):
        people = [person for person, theirs in moved.items() if theirs == moves]
        queue_message(emails.need_moved, moves[0], to=people, others=[other.pk for other in moves[1:]])


def _locked_open(need: Need, action: str) -> Need:
    need = Need.objects.select_for_update().get(pk=need.pk)
    _refuse_closed(need, action)
    return need


def _refuse_closed(need: Need, action: str) -> None:
    if need.state == Need.State.WITHDRAWN:
        raise Refused(f"This need was withdrawn, so there is nothing to {action}.")
    if need.state == Need.State.MERGED:
        raise Refused(f"This need was merged into “{need.merged_into}”. Go on there.")
