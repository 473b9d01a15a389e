"""Every change of state of a block: raised, changed, passed up by hand or by its clock, merged, split, removed."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Min

from accounts.models import User
from accounts.permissions import holders_of
from accounts.roles import Role
from audit.operations import log_action
from core import clock
from core.addresses import save_with_slug
from core.errors import Refused
from core.permissions import require
from core.schedules import do_each
from core.words import day_in_words
from councils.models import Organisation
from outbox.operations import queue_message
from projects.blocks import emails
from projects.blocks.models import Block, BlockStep
from projects.blocks.permissions import can_edit_block, can_pass_up, keeps_blocks
from projects.blocks.queries import due_to_pass_up, family_of, who_is_asked, who_raised
from projects.portfolio.models import Project
from projects.portfolio.permissions import can_edit_project

Level = Block.Level
BECAUSE = "Only those who may edit its project, and the secretariat, do this."
BECAUSE_SECRETARIAT = "From the secretariat on, only the secretariat passes a block up."
BECAUSE_MERGING = "Only the secretariat merges identical blocks and splits them again."
ASKED_AT_LEAST = "Say who can remove it: a block is passed up to a department or body by name."


@transaction.atomic
def raise_block(
    project: Project,
    *,
    by: User,
    title: str,
    what: str,
    who_can_remove: Organisation | None = None,
    councils: Iterable[Organisation] = (),
    source: str = "",
    is_illustrative: bool = False,
) -> Block:
    """Say what stops a project; from today its clock runs."""
    require(can_edit_project(by, project), "Only those who may edit a project say what blocks it.")
    project = Project.objects.select_for_update().get(pk=project.pk)
    if project.has_ended:
        raise Refused("This project has ended.")
    _refuse_empty(title=(title, "Say in one line what blocks the project."), what=(what, "Say what it stops, and why."))
    councils = _councils(councils)
    block = Block(
        project=project,
        title=title,
        what=what,
        who_can_remove=who_can_remove,
        raised_on=clock.today(),
        open_since=clock.today(),
        level_since=clock.today(),
        raised_by=by,
        source=source,
        is_illustrative=is_illustrative,
    )
    save_with_slug(block, title)
    block.councils.set(councils)
    BlockStep.objects.create(block=block, level=Level.PROJECT, on=clock.today(), by=by)
    log_action("projects.raised_block", by=by, about=block, project=project.pk)
    return block


@transaction.atomic
def change_block(
    block: Block,
    *,
    by: User,
    title: str,
    what: str,
    who_can_remove: Organisation | None = None,
    councils: Iterable[Organisation] = (),
) -> Block:
    """Change the words of a block, who can remove it and which councils wait. Who is asked already is not changed."""
    require(can_edit_block(by, block), BECAUSE)
    block = _locked_open(block)
    _refuse_empty(title=(title, "Say in one line what blocks the project."), what=(what, "Say what it stops, and why."))
    if block.level == Level.DEPARTMENT and who_can_remove != block.who_can_remove:
        raise Refused(
            f"{block.who_can_remove} is asked to remove it. The secretariat passes it on to another body.",
            field="who_can_remove",
        )
    councils = _councils(councils)
    block.title, block.what, block.who_can_remove = title, what, who_can_remove
    block.save()
    block.councils.set(councils)
    log_action("projects.changed_block", by=by, about=block)
    return block


@transaction.atomic
def pass_up(block: Block, *, by: User, words: str, body: Organisation | None = None) -> Block:
    """Pass a block up one level with some words; where a body is asked already, on to another `body`."""
    require(can_edit_block(by, block), BECAUSE)
    block = _locked_open(block)
    _refuse_merged(block)
    require(can_pass_up(by, block), BECAUSE_SECRETARIAT)
    _refuse_empty(words=(words, "Say why it is passed up, and what is asked."))
    if block.level == Level.DEPARTMENT:
        if body is None or body == block.who_can_remove:
            raise Refused(f"{block.who_can_remove} is asked already. Choose another body.", field="body")
        level = Level.DEPARTMENT
    else:
        level = Block.LADDER[Block.LADDER.index(Level(block.level)) + 1]
    if level == Level.DEPARTMENT and not (body or block.who_can_remove):
        raise Refused(ASKED_AT_LEAST, field="body")
    block.who_can_remove = body or block.who_can_remove
    _take_step(block, level, words=words, by=by)
    return block


def pass_up_what_is_due() -> None:
    """Pass up by themselves the blocks whose days at their level have run out; ask who can remove those without a name.

    Safe to run twice: each is looked at again under its lock.
    """
    today = clock.today()
    do_each(lambda block: _pass_up_by_clock(block, today), due_to_pass_up(today))


@transaction.atomic
def _pass_up_by_clock(block: Block, day: dt.date) -> None:
    block = Block.objects.select_for_update().get(pk=block.pk)
    if block.removed_on or block.merged_into_id:
        return
    due = block.due_level(day)
    if due != block.level:
        _take_step(block, due, words="", by=None)
    if block.asks_who(day):
        asked = {person.pk: person for person in (*holders_of(Role.SECRETARIAT), *who_raised(family_of(block)))}
        queue_message(emails.block_needs_a_name, block, to=asked.values(), key=f"since {block.open_since}")


@transaction.atomic
def merge_block(block: Block, *, into: Block, by: User) -> Block:
    """Let another block that says the same tell of this one, and of what was merged into it.

    It keeps its project, its councils and its level for when it is split off again. Days count from the earliest.
    """
    require(keeps_blocks(by), BECAUSE_MERGING)
    if block.pk == into.pk:
        raise Refused("A block cannot be merged into itself.", field="into")
    rows = _locked([block.pk, into.pk])
    block, into = rows[block.pk], rows[into.pk]
    _refuse_merged(block)
    _refuse_removed(block)
    if into.removed_on:
        raise Refused(f"“{into}” was removed on {day_in_words(into.removed_on)}.", field="into")
    if into.merged_into:
        raise Refused(f"“{into}” is merged into “{into.merged_into}” itself. Choose that one.", field="into")
    if Block.LADDER.index(Level(block.level)) > Block.LADDER.index(Level(into.level)):
        raise Refused(f"“{block}” is further up than “{into}”. Merge that one into it.", field="into")
    Block.objects.filter(merged_into=block).update(merged_into=into)
    block.merged_into, block.open_since = into, block.raised_on
    block.save()
    _count_from_the_earliest(into)
    log_action("projects.merged_block", by=by, about=block, into=into.pk)
    return block


@transaction.atomic
def split_block(block: Block, *, by: User) -> Block:
    """Let a block that was merged into another stand by itself again, with its own councils, days and level."""
    require(keeps_blocks(by), BECAUSE_MERGING)
    if block.merged_into_id is None:
        raise Refused("This block stands by itself.")
    rows = _locked([block.pk, block.merged_into_id])
    block = rows[block.pk]
    if block.merged_into_id not in rows:
        raise Refused("Somebody has just changed what this block is merged into. Look at it again.")
    head = rows[block.merged_into_id]
    _refuse_removed(head)
    block.merged_into = None
    block.save()
    _count_from_the_earliest(head)
    log_action("projects.split_block", by=by, about=block, off=head.pk)
    return block


@transaction.atomic
def remove_block(block: Block, *, by: User, outcome: str) -> Block:
    """Say how a block was removed, with those that were merged into it; its clock stops today."""
    require(can_edit_block(by, block), BECAUSE)
    family = _locked_family(block)
    block = family[block.pk]
    _refuse_merged(block)
    _refuse_removed(block)
    _refuse_empty(outcome=(outcome, "Say how it was removed."))
    for each in family.values():
        each.removed_on, each.outcome = clock.today(), outcome
        each.save()
    log_action("projects.removed_block", by=by, about=block, days=block.days_open)
    queue_message(emails.block_removed, block, to=[one for one in who_raised(family.values()) if one.pk != by.pk])
    return block


def _take_step(block: Block, level: str, *, words: str, by: User | None) -> None:
    """Put a locked block at a level, note it on its ladder, and write to those with whom it waits now."""
    block.level, block.level_since = level, clock.today()
    block.save()
    body = block.who_can_remove if level == Level.DEPARTMENT else None
    BlockStep.objects.create(block=block, level=level, on=clock.today(), body=body, words=words, by=by)
    log_action("projects.passed_up_block", by=by, about=block, level=level, body=body and body.pk)
    to = [person for person in who_is_asked(block) if by is None or person.pk != by.pk]
    queue_message(emails.block_passed_up, block, to=to, level=level, words=words)


def _count_from_the_earliest(head: Block) -> None:
    """Write down since when a locked block is open: the earliest day of it and those merged into it."""
    head.open_since = family_of(head).order_by().aggregate(first=Min("raised_on"))["first"]
    head.save()


def _locked(keys: Collection[int]) -> dict[int, Block]:
    """The blocks with these keys, locked always in the same order, so that no two wait for each other."""
    return {row.pk: row for row in Block.objects.select_for_update().filter(pk__in=keys).order_by("pk")}


def _locked_open(block: Block) -> Block:
    block = Block.objects.select_for_update(of=("self",)).select_related("project", "who_can_remove").get(pk=block.pk)
    _refuse_removed(block)
    return block


def _locked_family(block: Block) -> dict[int, Block]:
    """A block and those merged into it, locked in the order of merging; refused where somebody merges meanwhile."""
    keys = set(family_of(block).values_list("pk", flat=True))
    rows = _locked(keys)
    if set(family_of(block).values_list("pk", flat=True)) != keys:
        raise Refused("Somebody has just merged or split this block. Look at it again.")
    return rows


def _refuse_removed(block: Block) -> None:
    if block.removed_on:
        raise Refused(f"This block was removed on {day_in_words(block.removed_on)}.")


def _refuse_merged(block: Block) -> None:
    if block.merged_into:
        raise Refused(f"This block is merged into “{block.merged_into}”. Go on there, or split it off first.")


def _refuse_empty(**given: tuple[str, str]) -> None:
    for field, (words, sentence) in given.items():
        if not words.strip():
            raise Refused(sentence, field=field)


def _councils(organisations: Iterable[Organisation]) -> list[Organisation]:
    councils = list(organisations)
    if others := [each for each in councils if not each.is_council]:
        raise Refused(f"{others[0]} is no council. Only councils wait for a block to be removed.", field="councils")
    return councils
