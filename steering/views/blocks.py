"""Pages of what blocks projects: the list, each block with its ladder, and what is done with it there."""

from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.models import AnyUser
from core import clock
from core.answering import answered, posted, pressed
from core.listing import listed
from core.panels import panel_context
from core.permissions import allow, anyone, require, signed_in
from core.words import counted, day_in_words
from councils.models import Organisation
from projects.blocks import operations
from projects.blocks.forms import BlockForm, MergeBlockForm, PassUpForm, RemoveForm
from projects.blocks.lists import BLOCKS, NO_COUNCIL, in_waiting, waited, whose_turn
from projects.blocks.models import Block
from projects.blocks.operations import BECAUSE, BECAUSE_MERGING
from projects.blocks.permissions import can_edit_block, can_pass_up, keeps_blocks, visible_blocks
from projects.blocks.queries import councils_waiting, whole_family_of
from projects.blocks.similarity import alike_blocks

Level = Block.Level
_NEXT = {
    Level.PROJECT: "Pass it up to the secretariat",
    Level.SECRETARIAT: "Pass it up to the board",
    Level.BOARD: "Ask a department or body",
    Level.DEPARTMENT: "Ask another body",
}


@allow(anyone)
@require_safe
def blocks(request: HttpRequest) -> HttpResponseBase:
    """The list of blocks, or its file, with how many are at each level."""
    return listed(request, BLOCKS, "steering/blocks.html", levels=_levels(request))


def _levels(request: HttpRequest) -> list[dict[str, Any]]:
    """The tabs of the list: all blocks, the open ones of each level, and those that were removed; they sum to all."""
    told = visible_blocks(request.user).told_once()
    rows = told.open().order_by().values("level").annotate(number=Count("pk"))
    at = {row["level"]: row["number"] for row in rows}
    every, asked = told.count(), request.GET
    here = asked.get("level", "") if asked.get("state") == "open" else ""
    tabs: list[dict[str, Any]] = [{"text": "All", "count": every, "href": "?", "current": not asked}]
    for level in Level:
        href, is_here = f"?state=open&level={level}", level == here
        tabs.append(
            {"text": f"With {_lower(level.label)}", "count": at.get(level, 0), "href": href, "current": is_here}
        )
    is_here = asked.get("state") == "removed"
    removed = {"text": "Removed", "count": every - sum(at.values()), "href": "?state=removed", "current": is_here}
    return [*tabs, removed]


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def _block(request: HttpRequest, slug: str) -> Block:
    related = ("project__lead_council", "who_can_remove", "raised_by", "merged_into__who_can_remove")
    return get_object_or_404(visible_blocks(request.user).select_related(*related), slug=slug)


@allow(anyone)
@require_safe
def block(request: HttpRequest, slug: str) -> HttpResponse:
    return block_page(request, _block(request, slug))


def block_page(request: HttpRequest, record: Block, **bound: forms.Form) -> HttpResponse:
    """The page of a block; `bound` is the form that was sent to it with something wrong."""
    family = whole_family_of(record)
    councils = councils_waiting(family)
    context = {
        "record": record,
        "facts": _facts(record, councils),
        "rungs": _rungs(record),
        "steps": record.steps.select_related("by", "body"),
        "asked": _asked(record),
        "family": [(each, _raised(each)) for each in family],
        "councils": councils,
        "council_words": counted(len(councils), "council"),
        "bound_form": next(iter(bound.values()), None),
        **_actions(record, request.user, bound),
        **panel_context(record, request.user),
    }
    return render(request, "steering/block.html", context)


def _facts(record: Block, councils: list[Organisation]) -> list[tuple[Any, ...]]:
    """The facts of a block: its own days and councils, and who can remove it or the one it was merged into."""
    remover = record.head.who_can_remove
    return [
        ("Project", record.project, record.project.get_absolute_url()),
        ("Open since", day_in_words(record.open_since)),
        ("Days open", record.days_open),
        ("Removed on", day_in_words(record.removed_on)),
        ("Councils that waited" if record.removed_on else "Councils that wait", len(councils) or NO_COUNCIL),
        (
            "Who could remove it" if record.removed_on else "Who can remove it",
            remover or "Not known yet",
            remover.get_absolute_url() if remover else "",
        ),
    ]


def _rungs(record: Block) -> list[dict[str, str]]:
    """The ladder from the project upwards: of each level the day it came there, or when its clock puts it there."""
    came = {step.level: day_in_words(step.on, in_short=True) for step in record.steps.all()}
    height = Block.LADDER.index(Level(record.level))
    rungs = []
    for number, level in enumerate(Block.LADDER):
        is_present = number == height and record.removed_on is None
        note = f"since {came[level]}" if is_present and level in came else came.get(level, "")
        if number > height and record.removed_on is None:
            note = f"after {Block.CLOCKS[level]} days open"
        state = "present" if is_present else "past" if number <= height and level in came else "future"
        rungs.append({"label": level.label, "state": state, "note": note})
    return rungs


def _asked(record: Block) -> str:
    """What is asked of whom now, in a sentence; empty once it is removed or merged."""
    if record.removed_on or record.merged_into:
        return ""
    days = counted(record.days_open, "day")
    if record.asks_who(clock.today()):
        return f"Open for {days}, and nobody has said who can remove it. The secretariat is asked to name a body."
    turn = whose_turn(record)
    return f"{turn[0].upper()}{turn[1:]} has been asked to remove it since {day_in_words(record.level_since)}."


def _raised(each: Block) -> str:
    number = len(each.councils.all())
    waits = waited(number) if each.removed_on else in_waiting(number)
    return f"Raised on {day_in_words(each.raised_on)}; {waits} for it"


def _actions(record: Block, user: AnyUser, bound: dict[str, Any]) -> dict[str, Any]:
    """What the reader may do with the block; a form that comes back stands even where it was removed meanwhile."""
    is_open = record.removed_on is None
    stands = is_open and record.merged_into is None
    edits, keeps = can_edit_block(user, record), keeps_blocks(user)
    passes = stands and can_pass_up(user, record)
    alike = alike_blocks(visible_blocks(user), record) if stands and keeps else []
    return {
        "can_edit": is_open and edits,
        "keeps": keeps and is_open,
        "pass_words": _NEXT[Level(record.level)],
        "pass_form": bound.get("pass_up") or (PassUpForm(block=record, prefix="pass_up") if passes else None),
        "remove_form": bound.get("remove") or (RemoveForm(prefix="remove") if stands and edits else None),
        "merge_form": bound.get("merge") or (_merge_form(record, alike) if stands and keeps else None),
        # What is further down is merged into this one, on its own form.
        "lower": [each for each in alike if not _tells_of(each, record)],
    }


def _merge_form(record: Block, alike: list[Block], data: Any = None) -> MergeBlockForm:
    candidates = [
        (
            each.slug,
            f"{each.title}: {each.project}, {counted(each.days_open, 'day')} open, with {whose_turn(each)}",
        )
        for each in alike
        if _tells_of(each, record)
    ]
    return MergeBlockForm(data, candidates=candidates)


def _tells_of(head: Block, record: Block) -> bool:
    """Whether a block is as far up as another, so that it may tell of it."""
    return Block.LADDER.index(Level(head.level)) >= Block.LADDER.index(Level(record.level))


@allow(signed_in)
def block_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    record = _block(request, slug)
    require(can_edit_block(request.user, record), BECAUSE)
    # A copy, so that the page's heading does not change with what is being typed.
    form = BlockForm(posted(request), instance=Block.objects.get(pk=record.pk))
    done = answered(request, form, operations.change_block, record, said="Changed.")
    return done or render(request, "steering/block_form.html", {"form": form, "record": record})


@allow(signed_in)
@require_POST
def block_pass_up(request: SignedInRequest, slug: str) -> HttpResponse:
    record = _block(request, slug)
    require(can_edit_block(request.user, record), BECAUSE)
    form = PassUpForm(request.POST, block=record, prefix="pass_up")
    done = answered(request, form, operations.pass_up, record, said=_passed)
    return done or block_page(request, record, pass_up=form)


def _passed(record: Block) -> str:
    return f"It is with {whose_turn(record)} now."


@allow(signed_in)
@require_POST
def block_remove(request: SignedInRequest, slug: str) -> HttpResponse:
    record = _block(request, slug)
    require(can_edit_block(request.user, record), BECAUSE)
    form = RemoveForm(request.POST, prefix="remove")
    done = answered(request, form, operations.remove_block, record, said=_removed)
    return done or block_page(request, record, remove=form)


def _removed(record: Block) -> str:
    return f"Removed after {counted(record.days_open, 'day')}."


@allow(keeps_blocks, because=BECAUSE_MERGING)
@require_POST
def block_merge(request: SignedInRequest, slug: str) -> HttpResponse:
    """Merge a block into another; the reader goes on to that one."""
    record = _block(request, slug)
    form = _merge_form(record, alike_blocks(visible_blocks(request.user), record), request.POST)
    done = answered(request, form, operations.merge_block, record, said=_merged, to=lambda block: block.merged_into)
    return done or block_page(request, record, merge=form)


def _merged(record: Block) -> str:
    return f"“{record}” is merged into this block."


@allow(keeps_blocks, because=BECAUSE_MERGING)
@require_POST
def block_split(request: SignedInRequest, slug: str) -> HttpResponse:
    record = _block(request, slug)
    return pressed(request, operations.split_block, record, said="It stands by itself again.")
