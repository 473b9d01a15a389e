"""The agenda of a planned meeting builds itself, each thing once; what the secretariat makes of it stays so."""

import datetime as dt
import re
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import Refused
from projects.models import Block, BusinessCase
from steering.models import Decision, Meeting, MeetingItem
from steering.operations import (
    add_item,
    build_agenda,
    build_agenda_of_the_next_meeting,
    change_item,
    minute_item,
    move_item_down,
    move_item_up,
    move_meeting,
    put_item_back,
    record_review,
    take_item_off,
)
from steering.packs.section import Since
from steering.packs.sections import reviews
from steering.queries.decisions import reviews_due_by
from take_up.operations import explain_promise
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import BlockFactory, BusinessCaseFactory, ProjectFactory
from tests.factories.steering import (
    BoardActionFactory,
    BoardSeatFactory,
    DecisionFactory,
    MeetingFactory,
    PaperFactory,
)
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory
from tests.pages import words
from tests.steering.deciding import decided, meeting_of, sent
from tests.steering.motions import SUBMITTED, in_days


@pytest.fixture
def meeting(db):
    BoardSeatFactory(central=True, body__name="DCLG", order=1)
    return MeetingFactory(planned=True, host=BoardSeatFactory(body__name="LGA", order=3))


@pytest.fixture
def all_that_is_due(meeting):
    """One thing of each kind that comes before the board, made in another order than the agenda's."""
    DecisionFactory(number="DEC-2026-01", review_on=meeting.day, title="Parking permits")
    BusinessCaseFactory(project__title="Land Registry", **SUBMITTED)
    DecisionFactory(number="DEC-2026-02", result=Decision.Result.DEFERRED, title="Which standard", votes_for=5)
    block_of("No legal gateway", days_before=31)
    BoardActionFactory(due_on=in_days(-31))


def block_of(title: str, *, days_before: int, **given) -> Block:
    day = clock.today() + dt.timedelta(days=30) - dt.timedelta(days=days_before)
    return BlockFactory(title=title, raised_on=day, **given)


def titles(meeting) -> list[str]:
    return [item.title for item in meeting.agenda.filter(is_removed=False)]


def item(meeting, title: str) -> MeetingItem:
    return meeting.agenda.get(title__startswith=title)


def test_open_actions_come_first_then_decisions_reviews_blocks_and_last_the_next_date(meeting, all_that_is_due, sunita):
    build_agenda(meeting, by=sunita)

    assert titles(meeting) == [
        "Open actions",
        "Accept the business case: Land Registry",
        "Which standard",
        "Review: DEC-2026-01 Parking permits",
        "Block: No legal gateway",
        "Next meeting",
    ]
    assert "1 open, 1 of them late" in item(meeting, "Open actions").words
    assert "31 days" in item(meeting, "Open actions").words
    assert "DCLG in the chair" in item(meeting, "Next meeting").words
    assert item(meeting, "Accept").business_case == BusinessCase.objects.get(project__title="Land Registry")


def test_built_again_it_is_the_same(meeting, all_that_is_due, sunita):
    build_agenda(meeting, by=sunita)
    before = list(meeting.agenda.values())

    build_agenda(meeting, by=None)

    assert list(meeting.agenda.values()) == before


def test_a_block_comes_on_from_its_30th_day_and_neither_removed_nor_merged(meeting, sunita):
    meeting.day = in_days(30)
    meeting.save()
    first = block_of("Thirty", days_before=30)
    block_of("Twenty nine", days_before=29)
    block_of("Removed", days_before=90, removed_on=clock.today(), outcome="Gone.")
    block_of("Merged", days_before=90, merged_into=first)

    build_agenda(meeting, by=sunita)

    assert [title for title in titles(meeting) if title.startswith("Block")] == ["Block: Thirty"]


def test_of_six_blocks_the_five_longest_open_come_on_and_of_equals_those_for_which_more_councils_wait(meeting, sunita):
    councils = OrganisationFactory.create_batch(3)
    for title, days, waiting in (
        ("Two wait", 40, 2), ("None waits", 40, 0), ("Oldest", 90, 0), ("One waits", 40, 1), ("Three wait", 40, 3),
        ("Older", 60, 1),
    ):  # fmt: skip
        block_of(title, days_before=days).councils.set(councils[:waiting])

    build_agenda(meeting, by=sunita)

    assert [title for title in titles(meeting) if title.startswith("Block")] == [
        f"Block: {title}" for title in ("Oldest", "Older", "Three wait", "Two wait", "One waits")
    ]
    assert "3 councils wait for it." in item(meeting, "Block: Three").words
    assert "1 council waits for it." in item(meeting, "Block: One").words


def test_a_review_that_is_due_after_the_meeting_waits_for_the_next(meeting, sunita):
    DecisionFactory(number="DEC-2026-01", review_on=meeting.day + dt.timedelta(days=1))

    build_agenda(meeting, by=sunita)

    assert titles(meeting) == ["Next meeting"]


def test_the_next_meeting_is_the_one_planned_already_or_else_proposed(meeting, sunita):
    build_agenda(meeting, by=sunita)
    assert item(meeting, "Next").words.startswith("Proposed: ")

    later = MeetingFactory(planned=True, day=in_days(300), host=meeting.host)
    build_agenda(meeting, by=None)

    following = item(meeting, "Next")
    assert (following.kind, following.words) == ("information", f"Planned: {later.in_short}.")
    assert later.in_short.endswith(" at LGA, LGA in the chair")


def test_an_agenda_says_what_is_due_on_the_new_day_as_soon_as_the_meeting_is_moved(client, meeting, sunita):
    DecisionFactory(number="DEC-2026-01", title="Permits", review_on=meeting.day + dt.timedelta(days=1))
    build_agenda(meeting, by=sunita)
    assert titles(meeting) == ["Next meeting"]

    day = meeting.day + dt.timedelta(days=2)
    moved = move_meeting(meeting, day=day, host=meeting.host, place="Here", by=sunita)

    assert titles(meeting) == ["Review: DEC-2026-01 Permits", "Next meeting"]
    assert "the secretariat brings it up to date in between" in words(client.get(moved.get_absolute_url()))


def test_a_case_that_was_decided_goes_off_the_next_agenda_at_once(meeting, sunita):
    case = BusinessCaseFactory(project__title="Land Registry", **SUBMITTED)
    BoardSeatFactory.create_batch(7)
    build_agenda(meeting, by=sunita)
    assert "Accept the business case: Land Registry" in titles(meeting)

    decided(case, by=sunita)

    assert "Accept the business case: Land Registry" not in titles(meeting)


def test_a_deferred_decision_that_was_taken_up_since_does_not_come_back(meeting, sunita):
    project = ProjectFactory()
    DecisionFactory(number="DEC-2026-02", result="deferred", project=project, decided_on=dt.date(2026, 1, 5))
    DecisionFactory(number="DEC-2026-03", result="accepted", project=project, decided_on=dt.date(2026, 2, 5))

    build_agenda(meeting, by=sunita)

    assert titles(meeting) == ["Next meeting"]


def test_what_was_deferred_and_taken_up_on_one_day_does_not_come_back(meeting, sunita):
    project, day = ProjectFactory(), dt.date(2026, 1, 5)
    DecisionFactory(number="DEC-2026-02", result="deferred", project=project, decided_on=day)
    DecisionFactory(number="DEC-2026-03", result="accepted", project=project, decided_on=day)

    build_agenda(meeting, by=sunita)

    assert titles(meeting) == ["Next meeting"]


def test_what_was_deferred_goes_off_the_agenda_once_the_board_looked_at_it_again(meeting, sunita):
    decision = DecisionFactory(number="DEC-2026-02", result="deferred", title="Which standard", votes_for=5)
    build_agenda(meeting, by=sunita)
    assert titles(meeting) == ["Which standard", "Next meeting"]

    record_review(decision, wording="It is not needed any more.", by=sunita)
    build_agenda(meeting, by=sunita)

    assert titles(meeting) == ["Next meeting"]
    decision.refresh_from_db()
    with pytest.raises(Refused, match="No review"):
        record_review(decision, wording="It is not needed any more.", by=sunita)


def test_agenda_board_and_pack_say_the_same_of_what_was_deferred_to_a_day(meeting, sunita):
    decision = DecisionFactory(number="DEC-2026-02", result="deferred", title="Which standard", review_on=meeting.day)

    build_agenda(meeting, by=sunita)

    assert titles(meeting) == ["Review: DEC-2026-02 Which standard", "Next meeting"]
    assert list(reviews_due_by(meeting.day)) == [decision]
    [row] = reviews(meeting, Since()).rows
    assert row.cells[0].text == "DEC-2026-02"


def test_what_is_not_due_any_more_goes_off_unless_somebody_worded_it_or_gave_it_a_paper(meeting, sunita):
    cases = [BusinessCaseFactory(project__title=title, **SUBMITTED) for title in ("Plain", "Worded", "With a paper")]
    build_agenda(meeting, by=sunita)
    worded = item(meeting, "Accept the business case: Worded")
    change_item(worded, title="Worded by hand", kind="decision", by=sunita)
    PaperFactory(meeting=meeting, item=item(meeting, "Accept the business case: With"))
    BusinessCase.objects.filter(pk__in=[case.pk for case in cases]).update(state="draft", submitted_at=None)

    build_agenda(meeting, by=None)

    assert titles(meeting) == ["Worded by hand", "Accept the business case: With a paper", "Next meeting"]


def test_what_was_worded_stays_and_the_rest_says_what_is_true_today(meeting, sunita):
    BoardActionFactory(title="First")
    BusinessCaseFactory(project__title="Land Registry", **SUBMITTED)
    build_agenda(meeting, by=sunita)
    change_item(item(meeting, "Accept"), title="The Land Registry", kind="discussion", words="As asked.", by=sunita)
    BoardActionFactory(title="Second")

    build_agenda(meeting, by=None)

    assert item(meeting, "Open actions").words.startswith("2 open")
    changed = item(meeting, "The Land Registry")
    assert (changed.kind, changed.words) == ("discussion", "As asked.")


def test_what_was_taken_off_is_not_proposed_again_and_can_be_put_back(meeting, all_that_is_due, sunita):
    build_agenda(meeting, by=sunita)
    before = titles(meeting)

    off = take_item_off(item(meeting, "Which standard"), by=sunita)
    build_agenda(meeting, by=None)
    assert titles(meeting) == [title for title in before if title != "Which standard"]
    assert meeting.agenda.count() == len(before)

    put_item_back(off, by=sunita)
    assert titles(meeting) == before


def test_items_move_up_and_down_past_those_taken_off_and_stay_there(meeting, all_that_is_due, sunita):
    build_agenda(meeting, by=sunita)
    take_item_off(item(meeting, "Which standard"), by=sunita)

    move_item_up(item(meeting, "Review"), by=sunita)
    build_agenda(meeting, by=None)

    assert titles(meeting)[:3] == [
        "Open actions",
        "Review: DEC-2026-01 Parking permits",
        "Accept the business case: Land Registry",
    ]
    move_item_down(item(meeting, "Review"), by=sunita)
    move_item_up(item(meeting, "Open actions"), by=sunita)
    move_item_down(item(meeting, "Next meeting"), by=sunita)
    assert titles(meeting)[:2] == ["Open actions", "Accept the business case: Land Registry"]
    assert titles(meeting)[-1] == "Next meeting"


def test_what_is_written_by_hand_comes_before_the_next_date(meeting, sunita):
    build_agenda(meeting, by=sunita)

    add_item(meeting, title="Memorandum", kind="information", by=sunita)

    assert titles(meeting) == ["Memorandum", "Next meeting"]


def test_each_night_the_next_planned_meeting_is_brought_up_to_date_and_no_other(meeting, sunita):
    later = MeetingFactory(planned=True, day=in_days(300), host=meeting.host)
    BoardActionFactory()

    assert build_agenda_of_the_next_meeting() == 1

    assert titles(meeting) == ["Open actions", "Next meeting"]
    assert titles(later) == []
    with clock.at(dt.datetime.combine(meeting.day, dt.time(4))):
        assert build_agenda_of_the_next_meeting() == 0


def test_an_open_action_heads_the_agenda_of_each_meeting_until_it_is_done(meeting, sunita):
    later = MeetingFactory(planned=True, day=in_days(300), host=meeting.host)
    BoardActionFactory()
    for each in (meeting, later):
        build_agenda(each, by=sunita)
        assert titles(each)[0] == "Open actions"


def test_only_the_secretariat_keeps_the_agenda_and_only_until_the_meeting_is_held(meeting, sunita, boris, fatima):
    added = add_item(meeting, title="Memorandum", kind="information", by=sunita)
    acts = (
        lambda by: build_agenda(meeting, by=by),
        lambda by: change_item(added, title="Other", kind="decision", by=by),
        lambda by: move_item_up(added, by=by),
        lambda by: take_item_off(added, by=by),
        lambda by: put_item_back(added, by=by),
    )
    for person in (boris, fatima):
        for act in (*acts, lambda by: add_item(meeting, title="X", kind="decision", by=by)):
            with pytest.raises(PermissionDenied):
                act(person)
    with pytest.raises(Refused, match="once the meeting has been held"):
        minute_item(added, minutes="Said.", by=sunita)
    meeting.state = "held"
    meeting.save()
    for act in acts:
        with pytest.raises(Refused, match="until it is held"):
            act(sunita)
    with pytest.raises(PermissionDenied):
        minute_item(added, minutes="Said.", by=boris)
    assert minute_item(added, minutes="Said.", by=sunita).minutes == "Said."


def test_the_buttons_of_the_agenda_work_without_a_script(signed_in, meeting, all_that_is_due, sunita):
    page, address = signed_in(sunita), f"{meeting.get_absolute_url()}agenda/"
    page.post(address)
    first = titles(meeting)
    second = meeting.agenda.all()[1]

    page.post(f"{address}{second.pk}/turn/", {"turn": "up"})
    assert titles(meeting)[0] == second.title
    page.post(f"{address}{second.pk}/turn/", {"turn": "off"})
    assert second.title not in titles(meeting)
    assert "Put back" in words(page.get(address))
    page.post(f"{address}{second.pk}/turn/", {"turn": "back"})
    page.post(f"{address}{second.pk}/turn/", {"turn": "sideways"})
    assert sorted(titles(meeting)) == sorted(first)
    page.post(f"{address}add/", {"title": "By hand", "kind": "discussion"})
    page.post(f"{address}{item(meeting, 'By hand').pk}/", {"title": "By hand, worded", "kind": "decision"})
    assert "By hand, worded" in words(page.get(meeting.get_absolute_url()))


def test_a_missed_promise_and_the_changes_lead_to_their_pages(client, meeting):
    promise = BenefitFactory()
    meeting.agenda.create(order=1, key=f"promise-{promise.pk}", kind="discussion", title="Missed", promise=promise)
    meeting.agenda.create(order=2, key="changes", kind="information", title="Changes since August")

    page = client.get(meeting.get_absolute_url()).content.decode()

    assert f'<a href="{promise.get_absolute_url()}">Missed</a>' in page
    assert '<a href="/board/">Changes since August</a>' in page


def test_the_page_of_a_meeting_costs_as_much_with_many_items_as_with_few(
    client, meeting, sunita, django_assert_num_queries, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        build_agenda(meeting, by=sunita)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(f"{meeting.get_absolute_url()}?page=1").status_code == 200
        return len(asked)

    def more(number: int) -> None:
        for n in range(number):
            DecisionFactory(review_on=meeting.day, project=ProjectFactory())
            block_of(f"Block {number} {n}", days_before=90)
            case = BusinessCaseFactory(**SUBMITTED)
            BoardActionFactory(meeting=meeting)
            PaperFactory(meeting=meeting, item=add_item(meeting, title=f"{case}"[:100], kind="decision", by=sunita))

    more(2)
    few = cost()
    more(6)
    assert cost() == few


def test_a_missed_promise_that_not_everybody_may_see_is_not_on_a_public_agenda(meeting, sunita):
    made = {"promise__claimed_on": dt.date(2026, 1, 5), "promise__due_on": dt.date(2026, 2, 1)}
    measured = {"measured_on": dt.date(2026, 2, 5), "value": 1}
    MeasurementFactory(promise__title="Calls", **made, **measured)
    hidden = AdoptionFactory(may_be_listed=False, confirmed_at=clock.now())
    MeasurementFactory(promise__title="Canary", promise__project=None, promise__adoption=hidden, **made, **measured)

    build_agenda(meeting, by=sunita)

    assert [title for title in titles(meeting) if "Promise" in title] == ["Promise missed: Calls"]


def test_a_promise_leaves_the_agenda_and_the_boards_page_as_soon_as_it_is_explained(
    client, meeting, sunita, django_capture_on_commit_callbacks
):
    made = {"promise__claimed_on": dt.date(2026, 1, 5), "promise__due_on": dt.date(2026, 2, 1)}
    missed = MeasurementFactory(promise__title="Calls", **made, measured_on=dt.date(2026, 2, 5), value=1).promise
    build_agenda(meeting, by=sunita)
    assert "Promise missed: Calls" in titles(meeting)
    assert "Promise: Calls" in words(client.get("/board/"))

    with django_capture_on_commit_callbacks(execute=True):
        explain_promise(missed, explanation="Two councils joined late.", by=sunita)

    assert "Promise missed: Calls" not in titles(meeting)
    assert "Promise: Calls" not in words(client.get("/board/"))


def test_the_secretariat_records_the_decision_of_an_item_from_where_it_stands_once_the_meeting_was_held(
    signed_in, sunita, boris
):
    held = MeetingFactory(day=clock.today(), state="held")
    stops = BlockFactory(title="No legal gateway")
    item = MeetingItem.objects.create(meeting=held, order=1, kind="decision", title="No gateway", block=stops)
    MeetingItem.objects.create(meeting=held, order=2, kind="information", title="Open actions")
    address = f"/board/decisions/new/?meeting={held.day.isoformat()}&item={item.pk}&block={stops.slug}"

    [linked] = re.findall(r'href="(/board/decisions/new/[^"]+)"', page_of(signed_in(sunita), held))
    assert unescape(linked) == address
    assert "No legal gateway" in signed_in(sunita).get(address).content.decode()
    assert "/board/decisions/new/" not in page_of(signed_in(boris), held)
    Meeting.objects.update(state="planned")
    assert "/board/decisions/new/" not in page_of(signed_in(sunita), held)


def test_a_decision_recorded_from_an_item_stands_under_it_and_leads_back(signed_in, sunita):
    seats = BoardSeatFactory.create_batch(9)
    held = meeting_of(seats, clock.today(), state="held")
    item = MeetingItem.objects.create(meeting=held, order=1, kind="decision", title="Which forms to share")
    elsewhere = MeetingItem.objects.create(meeting=MeetingFactory(), order=1, kind="decision", title="Another day")
    address = f"/board/decisions/new/?meeting={held.day.isoformat()}&item={item.pk}"
    client = signed_in(sunita)
    assert "under “Which forms to share”" in client.get(address).content.decode()
    for strange in (elsewhere.pk, "x", "9" * 30):
        assert "under “" not in client.get(f"{address}&item={strange}").content.decode()

    client.post(address, sent(seats, title="Share three forms"))

    record = Decision.objects.get()
    assert record.item == item
    page = page_of(client, held)
    assert f"{record.number}</a>, accepted" in page
    assert "/board/decisions/new/" not in page
    assert f"#item-{item.pk}" in client.get(record.get_absolute_url()).content.decode()


def test_a_decision_is_recorded_under_no_item_of_another_meeting(sunita):
    seats = BoardSeatFactory.create_batch(9)
    another_day = MeetingFactory(host=seats[0])
    elsewhere = MeetingItem.objects.create(meeting=another_day, order=1, kind="decision", title="Another day")

    with pytest.raises(Refused, match="agenda of another meeting"):
        decided(None, by=sunita, title="Share three forms", item=elsewhere)


def test_a_decision_is_recorded_under_no_item_that_is_about_something_else_or_for_no_decision(sunita):
    seats = BoardSeatFactory.create_batch(9)
    held = meeting_of(seats, clock.today(), state="held")
    case, block = BusinessCaseFactory(**SUBMITTED), BlockFactory()
    of_case = MeetingItem.objects.create(meeting=held, order=1, kind="decision", title="A case", business_case=case)
    told = MeetingItem.objects.create(meeting=held, order=2, kind="information", title="News")
    off = MeetingItem.objects.create(meeting=held, order=3, kind="decision", title="Taken off", is_removed=True)

    for item, subject in ((of_case, block), (of_case, None), (told, None), (off, None)):
        with pytest.raises(Refused, match="not about that, or not for a decision"):
            decided(subject, by=sunita, title="Share three forms", meeting=held, item=item)

    of_block = MeetingItem.objects.create(meeting=held, order=4, kind="decision", title="A block", block=block)
    assert decided(block, by=sunita, title="Remove it", meeting=held, item=of_block).item == of_block


def page_of(client, meeting):
    return client.get(meeting.get_absolute_url()).content.decode()
