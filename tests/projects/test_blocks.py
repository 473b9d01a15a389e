"""What stops a project is raised, passed up by hand or by its clock, merged with what says the same, removed."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from councils.models import Membership, Organisation
from outbox.models import Message
from projects.blocks.operations import (
    change_block,
    merge_block,
    pass_up,
    pass_up_what_is_due,
    raise_block,
    remove_block,
    split_block,
)
from projects.blocks.queries import councils_waiting, removed_in_figures, whole_family_of
from projects.blocks.signals import blocks_of
from projects.blocks.similarity import alike_blocks
from projects.models import Block, BlockStep
from tests.factories.councils import DepartmentFactory, MembershipFactory
from tests.factories.projects import BlockFactory, ProjectFactory

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
Level = Block.Level
WORDS = {"title": "No legal gateway for driver data", "what": "Councils may not ask for it."}
TODAY = dt.date(2026, 11, 26)


@pytest.fixture(autouse=True)
def today(on_day, mail_at_any_time):
    with on_day(TODAY.year, TODAY.month, TODAY.day):
        yield


@pytest.fixture
def gds() -> Organisation:
    return DepartmentFactory(name="Government Digital Service")


def open_for(days: int, **given) -> Block:
    return BlockFactory(raised_on=TODAY - dt.timedelta(days=days), **given)


def waiting(block: Block, *councils: Organisation) -> Block:
    block.councils.set(councils)
    return block


def again(block: Block) -> Block:
    return Block.objects.get(pk=block.pk)


def steps(block: Block) -> list[tuple[str, bool]]:
    """The levels it went to, and whether by its clock."""
    return [(step.level, step.by_id is None) for step in block.steps.all()]


def test_who_may_edit_a_project_says_what_blocks_it_and_its_clock_starts(fatima, harlow):
    project = ProjectFactory(running=True)

    block = raise_block(project, by=fatima, **WORDS, councils=[harlow])

    assert (block.level, block.days_open, block.project) == (Level.PROJECT, 0, project)
    assert steps(block) == [(Level.PROJECT, False)]
    assert AuditEvent.objects.filter(action="projects.raised_block").count() == 1


def test_nobody_else_does(amina):
    with pytest.raises(PermissionDenied):
        raise_block(ProjectFactory(running=True), by=amina, **WORDS)


def test_a_project_that_has_ended_is_blocked_by_nothing(fatima):
    project = ProjectFactory(stage="stopped", ended_on=TODAY, lesson="Nobody asked.")

    with pytest.raises(Refused, match="has ended"):
        raise_block(project, by=fatima, **WORDS)


def test_only_councils_wait_for_it(fatima, gds):
    with pytest.raises(Refused, match="no council"):
        raise_block(ProjectFactory(running=True), by=fatima, **WORDS, councils=[gds])


def test_it_is_passed_up_by_hand_with_words(sunita, fatima, gds):
    block = BlockFactory()

    pass_up(block, by=fatima, words="We have tried.")
    pass_up(block, by=sunita, words="It is a matter of law.")
    done = pass_up(block, by=sunita, words="Please clear the gateway.", body=gds)

    assert (done.level, done.who_can_remove) == (Level.DEPARTMENT, gds)
    assert [(step.level, step.words) for step in BlockStep.objects.all()][-1] == (
        Level.DEPARTMENT,
        "Please clear the gateway.",
    )


def test_from_the_secretariat_on_only_the_secretariat_passes_it_up(fatima):
    block = BlockFactory(level=Level.SECRETARIAT)

    with pytest.raises(PermissionDenied):
        pass_up(block, by=fatima, words="Quickly.")


def test_no_department_is_asked_without_its_name(sunita):
    block = BlockFactory(level=Level.BOARD)

    with pytest.raises(Refused, match="by name") as refusal:
        pass_up(block, by=sunita, words="Please.")

    assert refusal.value.field == "body"


def test_the_database_holds_that_a_department_is_named():
    with pytest.raises(IntegrityError), transaction.atomic():
        BlockFactory(level=Level.DEPARTMENT)


def test_a_body_that_is_asked_passes_it_on_to_another_alone(sunita, gds):
    block = BlockFactory(level=Level.DEPARTMENT, who_can_remove=gds)
    other = DepartmentFactory()

    with pytest.raises(Refused, match="asked already"):
        pass_up(block, by=sunita, words="Still.", body=gds)

    assert pass_up(block, by=sunita, words="It is theirs.", body=other).who_can_remove == other


def test_who_is_asked_already_is_not_changed_with_the_words(sunita, gds):
    block = BlockFactory(level=Level.DEPARTMENT, who_can_remove=gds)

    with pytest.raises(Refused, match="passes it on"):
        change_block(block, by=sunita, **WORDS)


@pytest.mark.parametrize(
    ("days", "level"),
    [
        (13, Level.PROJECT),
        (14, Level.SECRETARIAT),
        (29, Level.SECRETARIAT),
        (30, Level.BOARD),
        (89, Level.BOARD),
        (90, Level.DEPARTMENT),
    ],
)
def test_its_clock_passes_it_up_after_14_30_and_90_days(days, level, gds):
    block = open_for(days, who_can_remove=gds)

    pass_up_what_is_due()
    pass_up_what_is_due()

    assert again(block).level == level
    assert len(steps(block)) == (level != Level.PROJECT)
    assert all(by_itself for _, by_itself in steps(block))


def test_after_90_days_without_a_name_it_stays_with_the_board_and_the_secretariat_is_asked_once(sunita):
    block = open_for(90)

    pass_up_what_is_due()
    pass_up_what_is_due()

    assert again(block).level == Level.BOARD
    asked = Message.objects.filter(kind="projects.block_needs_a_name")
    assert {message.person for message in asked} == {sunita, block.raised_by}


def test_a_block_of_a_project_that_has_ended_waits_for_nothing():
    ended = ProjectFactory(stage="stopped", started_on=TODAY, ended_on=TODAY, lesson="Nobody asked.")
    block = open_for(40, project=ended)

    pass_up_what_is_due()

    assert again(block).level == Level.PROJECT


def test_nothing_goes_back_down_the_ladder(sunita):
    block = open_for(14, level=Level.BOARD)

    pass_up_what_is_due()

    assert again(block).level == Level.BOARD


def test_those_with_whom_it_waits_hear_of_it(deliver, boris, gds):
    lead = MembershipFactory(organisation=gds, role=Membership.Role.LEAD).person
    open_for(30, title="No gateway")
    open_for(90, title="No contract", who_can_remove=gds)

    pass_up_what_is_due()

    sent = {(mail.to[0], mail.subject): mail.body for mail in deliver()}
    board, body = (boris.email, "To remove: No gateway"), (lead.email, "To remove: No contract")
    assert sent.keys() == {board, body}
    assert "bring it up at the next meeting of the board, or tell the secretariat" in sent[board]
    assert "tell the secretariat how it was removed" in sent[body]


def test_who_may_say_in_the_portal_how_a_block_was_removed_is_led_there(deliver, sunita):
    open_for(14, title="No gateway")

    pass_up_what_is_due()

    [mail] = deliver()
    assert "Read it, and say how it was removed, here:" in mail.body


def test_who_raised_it_hears_how_it_was_removed_and_that_nobody_has_said_who_can(deliver, sunita):
    removed, nameless = open_for(47, title="No gateway"), open_for(90, title="No contract")

    remove_block(removed, by=sunita, outcome="GDS cleared it.")
    pass_up_what_is_due()

    to_both = {mail.to[0]: mail for mail in deliver()}
    assert "was removed after 47 days." in to_both[removed.raised_by.email].body
    assert "GDS cleared it." in to_both[removed.raised_by.email].body
    assert to_both[nameless.raised_by.email].subject == "Who can remove it? No contract"
    assert nameless.get_absolute_url() in to_both[nameless.raised_by.email].body


def test_merged_its_councils_add_up_as_different_ones_and_days_count_from_the_earliest(sunita, harlow, surrey, luton):
    first = waiting(open_for(40), harlow, surrey)
    second = waiting(open_for(10), surrey, luton)

    merge_block(first, into=second, by=sunita)

    head = Block.objects.with_council_counts().get(pk=second.pk)
    assert (head.days_open, head.council_count) == (40, 3)
    family = whole_family_of(head)
    assert {each.project for each in family} == {first.project, second.project}
    assert councils_waiting(family) == sorted([harlow, surrey, luton], key=lambda council: council.name)


def test_split_off_again_both_are_as_they_were(sunita, harlow, surrey):
    first, second = waiting(open_for(40), harlow), waiting(open_for(10, level=Level.SECRETARIAT), surrey)
    merge_block(first, into=second, by=sunita)

    split_block(again(first), by=sunita)

    assert (again(first).merged_into, again(first).days_open, again(first).level) == (None, 40, Level.PROJECT)
    assert again(second).days_open == 10
    assert Block.objects.with_council_counts().get(pk=second.pk).council_count == 1


def test_what_was_merged_into_a_block_goes_with_it(sunita):
    one, two, three = open_for(5), open_for(9), open_for(1)
    merge_block(two, into=one, by=sunita)

    merge_block(again(one), into=three, by=sunita)

    assert {again(one).merged_into, again(two).merged_into} == {three}
    assert again(three).days_open == 9


def test_a_block_goes_into_none_that_is_further_down_removed_or_merged(sunita):
    high, low = open_for(5, level=Level.BOARD), open_for(5)
    removed = open_for(5, removed_on=TODAY, outcome="Cleared.")
    merged = open_for(5, merged_into=low)

    for block, into in ((high, low), (low, removed), (high, merged), (low, low)):
        with pytest.raises(Refused):
            merge_block(block, into=into, by=sunita)


def test_only_the_secretariat_merges_and_splits(fatima):
    one, two = open_for(5), open_for(5)

    with pytest.raises(PermissionDenied):
        merge_block(one, into=two, by=fatima)
    with pytest.raises(PermissionDenied):
        split_block(open_for(5, merged_into=two), by=fatima)


def test_a_merged_block_is_not_passed_up_by_itself_nor_by_hand(sunita):
    merged = open_for(40, merged_into=open_for(3))

    pass_up_what_is_due()

    assert again(merged).level == Level.PROJECT
    with pytest.raises(Refused, match="is merged into"):
        pass_up(merged, by=sunita, words="Please.")


def test_removed_it_says_how_with_those_merged_into_it_and_its_clock_stops(sunita, on_day):
    head, other = open_for(47), open_for(20)
    merge_block(other, into=head, by=sunita)

    remove_block(again(head), by=sunita, outcome="GDS cleared the gateway.")

    with on_day(2027, 3, 1):
        assert again(head).days_open == 47
    assert again(other).outcome == "GDS cleared the gateway."
    asked = Message.objects.filter(kind="projects.block_removed")
    assert {message.person for message in asked} == {head.raised_by, other.raised_by}


def test_it_is_not_removed_without_saying_how_nor_twice(sunita):
    block = open_for(3)

    with pytest.raises(Refused, match="how it was removed"):
        remove_block(block, by=sunita, outcome=" ")
    remove_block(block, by=sunita, outcome="Cleared.")
    with pytest.raises(Refused, match="was removed on"):
        remove_block(block, by=sunita, outcome="Cleared.")


def test_the_year_counts_what_was_removed_in_it_each_once(sunita, harlow, surrey, luton):
    head, other = waiting(open_for(47), harlow, surrey), waiting(open_for(20), surrey)
    merge_block(other, into=head, by=sunita)
    remove_block(again(head), by=sunita, outcome="Cleared.")
    waiting(open_for(10), luton)

    figures = removed_in_figures(dt.date(2026, 1, 1), dt.date(2026, 12, 31))

    assert (figures.blocks, figures.days_open, figures.councils) == (1, 47, 2)
    assert removed_in_figures(dt.date(2026, 1, 1), dt.date(2026, 11, 25)) is None


def test_the_database_holds_the_days_in_order():
    with pytest.raises(IntegrityError), transaction.atomic():
        BlockFactory(open_since=TODAY + dt.timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        BlockFactory(removed_on=TODAY - dt.timedelta(days=1), outcome="Cleared.")


def test_an_open_block_makes_its_project_amber_and_red_from_the_board_or_30_days_on(sunita):
    young, old, high = open_for(3), open_for(78, title="Legal gateway"), open_for(3, level=Level.BOARD)

    said = blocks_of([each.project for each in (young, old, high)])

    assert [said[each.project_id][0].colour for each in (young, old, high)] == ["amber", "red", "red"]
    assert said[old.project_id][0].words == "Legal gateway: blocked for 78 days"


def test_a_merged_block_speaks_for_its_project_with_the_days_of_all(sunita):
    merged, head = open_for(3), open_for(50, title="Legal gateway")
    merge_block(merged, into=head, by=sunita)

    assert blocks_of([merged.project])[merged.project_id][0].words == "Legal gateway: blocked for 50 days"


def test_blocks_that_say_much_the_same_are_found_for_merging(gds):
    block = open_for(3, title="No legal gateway for driver data", what="Sharing is not allowed.")
    alike = open_for(3, title="Driver data has no legal gateway", what="We may not share.", who_can_remove=gds)
    open_for(3, title="The supplier closed its interface", what="Nothing can be read from it.")

    assert alike_blocks(Block.objects.all(), block) == [alike]
    assert alike_blocks(Block.objects.filter(pk=block.pk), block) == []


def test_what_the_same_body_can_remove_is_a_candidate_too_after_what_says_the_same_and_nothing_of_the_same_project(gds):
    block = open_for(3, title="No legal gateway", what="Sharing is not allowed.", who_can_remove=gds)
    asked = open_for(3, title="The supplier closed its interface", what="Nothing is read.", who_can_remove=gds)
    spelled_otherwise = open_for(3, title="No legel gatways", what="Forbidden.")
    open_for(3, title="No legal gateway", what="Sharing is not allowed.", project=block.project)

    assert alike_blocks(Block.objects.all(), block) == [spelled_otherwise, asked]


def test_a_body_that_is_asked_finds_it_in_its_week(client, gds, signed_in):
    lead = MembershipFactory(organisation=gds, role=Membership.Role.LEAD).person
    open_for(3, title="No gateway", level=Level.DEPARTMENT, who_can_remove=gds)

    assert "No gateway" in signed_in(lead).get("/").content.decode()


def test_the_board_finds_what_is_with_it_and_the_secretariat_what_is_with_the_secretariat(boris, sunita, signed_in):
    open_for(3, title="For the board", level=Level.BOARD, who_can_remove=DepartmentFactory())
    open_for(3, title="For the office", level=Level.SECRETARIAT)

    of_board, of_office = (signed_in(who).get("/").content.decode() for who in (boris, sunita))

    assert ("For the board" in of_board, "For the office" in of_board) == (True, False)
    assert ("For the board" in of_office, "For the office" in of_office) == (False, True)


def test_when_told_of_the_past_nobody_is_written_to():
    with clock.at(dt.datetime(2014, 11, 5, 9, 0)):
        BlockFactory(project__started_on=dt.date(2014, 7, 1), raised_on=dt.date(2014, 9, 1))
        pass_up_what_is_due()

    assert not Message.objects.exists()
