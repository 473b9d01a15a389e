"""The pack is what the board reads: read from the records, frozen when it is published, and never changed after."""

import datetime as dt
import hashlib
import json

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from core import clock
from core.content import digest_of
from core.errors import Refused
from outbox.models import MessageChoice, Pace
from projects.models import Project, StatusUpdate
from projects.portfolio.standing import ProjectStanding, last_said, standings
from steering.models import BoardAction, BoardSeat, Meeting, MeetingMove, Pack
from steering.packs import triggers
from steering.packs.freezing import content_of, since_last_pack
from steering.packs.operations import publish_pack
from steering.packs.registry import section_functions
from steering.packs.shown import shown_content
from steering.queries.promises import promises_to_explain
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.projects import BusinessCaseFactory
from tests.factories.steering import BoardSeatFactory, DecisionFactory, MeetingFactory
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory
from tests.pages import plain_words
from tests.steering.packs import CANARY, days_ago, full_meeting, item, meeting_in, moments_ago, paper, running

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


@pytest.fixture(autouse=True)
def today(on_day):
    with on_day(2026, 11, 26):
        yield


@pytest.fixture
def meeting(db):
    return full_meeting()


def publish(meeting, by, **more):
    return publish_pack(meeting, by=by, **more)


def section(content, name):
    return next((each for each in content["sections"] if each["name"] == name), None)


def texts(content, name):
    """The rows of a section as lists of words, each with its note."""
    return [
        [" / ".join(filter(None, (cell["text"], cell.get("note")))) for cell in row["cells"]]
        for row in section(content, name).get("rows", ())
    ]


# What it says ----------------------------------------------------------------------------------------------


def test_a_pack_asks_first_and_then_tells_what_changed_the_agenda_and_the_rest_in_order(meeting):
    content = content_of(meeting)

    assert content["asked"] == (
        "three decisions: Accept the business case (3), No legal gateway for DVLA data (4) and Next meeting (5)."
    )
    names = [each["name"] for each in content["sections"] if each["name"] != "figures"]
    assert names[:4] == ["changed", "agenda", "actions", "portfolio"]
    assert names[4].startswith("case-")
    assert names[5:] == ["blocks", "promises", "reviews", "papers"]
    assert content["line"].startswith(
        "14:00 to 16:00 · Fry Building, London · chair: DCLG, as host · last met at LGA, "
    )


def test_the_agenda_says_of_each_item_what_its_section_says(meeting):
    rows = texts(content_of(meeting), "agenda")

    assert rows[0] == ["1", "Open actions / 1 open, 1 of them late.", "information"]
    assert rows[1] == ["2", "Portfolio / 2 projects: 1 green, 1 red, each with its reason.", "discussion"]
    assert rows[2][1:] == [
        "Accept the business case / £168,000 a year for £120,000 once, paid back in 9 months.",
        "decision",
    ]
    assert rows[4] == ["5", "Next meeting / Proposed: in three months at the LGA", "decision"]


def test_each_section_tells_its_rows_with_reason_day_and_who(meeting):
    content = content_of(meeting)

    assert texts(content, "actions") == [
        ["Write to the four suppliers", "DCLG", "26 Oct 2026 / 31 days late", "27 Aug 2026"]
    ]
    assert texts(content, "blocks") == [
        ["No legal gateway / DVLA data sharing", "85 days", "The project", "nobody is named", "no council is named"]
    ]
    assert texts(content, "reviews")[0][0] == "DEC-2026-01 / Publish the vocabulary"
    [promise] = texts(content, "promises")
    assert promise[1:] == ["£180,000 a year / Business case, 10 Dec 2014", "not measured", "Not checked"]
    assert "Confirmed: £0 a year in 0 of them. The two are never added." in section(content, "promises")["note"]
    assert section(content, "promises")["note"].startswith(
        "1 promise of the projects before the board. Claimed: £180,000 a year in 1 promise."
    )
    red, green = texts(content, "portfolio")
    assert red[2].startswith("Red / No update for 60 days")
    assert green[4] == "Accept the business case"


def test_a_paper_of_a_case_has_costs_what_if_and_coverage(meeting):
    case = next(each for each in content_of(meeting)["sections"] if each["name"].startswith("case-"))

    assert [part["title"] for part in case["parts"]] == ["If savings turn out otherwise", "Coverage"]
    assert case["note"] == "The board may accept it, accept it on conditions, defer it or turn it down."


def test_promises_in_other_units_are_counted_and_stand_outside_the_sums(meeting):
    calls = BenefitFactory(project=Project.objects.first(), unit="calls", claimed=100, title="Calls saved")

    content = content_of(meeting)

    said = section(content, "promises")
    assert said["note"].startswith("2 promises of the projects before the board, 1 of them in £ a year. Claimed: £180")
    assert calls.get_absolute_url() in [row["cells"][0]["url"] for row in said["rows"]]


def test_a_paper_about_a_case_that_is_decided_does_not_ask_to_accept_it(meeting):
    accepted = BusinessCaseFactory(
        state="accepted", decided_on=days_ago(30), decided_by_body="The board", decision_number="DEC-2026-09"
    )
    item(meeting, "Review: the keeper check", "discussion", business_case=accepted)

    case = section(content_of(meeting), f"case-{accepted.pk}")

    assert case["note"] == "The case was accepted on 27 October 2026; the board looks at it again."


def test_of_a_restricted_paper_there_is_title_and_reason_alone(meeting, client, sunita):
    pack = publish(meeting, sunita)

    rows = texts(pack.content, "papers")
    assert ["Memorandum / Restricted paper: Its terms are under negotiation", "members only"] in rows
    assert ["Plan of the year / plan.pdf, 1 kB", "everybody"] in rows
    for address in ("", "content.json", "1/", "1/content.json"):
        assert CANARY not in client.get(f"{pack.get_absolute_url()}{address}").content


def test_the_hash_of_a_pack_covers_what_stands_in_its_papers(meeting):
    rows = section(content_of(meeting), "papers")["rows"]
    assert [row["sha256"] for row in rows] == ["0" * 64] * 2
    before = digest_of(content_of(meeting))

    meeting.papers.filter(is_restricted=True).update(sha256="1" * 64)

    assert digest_of(content_of(meeting)) != before


def test_what_is_made_up_is_marked_once_where_all_of_it_is(meeting):
    BoardAction.objects.update(is_illustrative=True)
    assert section(content_of(meeting), "actions")["note"].endswith("Illustrative.")

    action = BoardAction.objects.get()
    action.pk, action.is_illustrative = None, False
    action.save()
    said = section(content_of(meeting), "actions")
    assert [row.get("made_up", "") for row in said["rows"]] == ["illustrative", ""]
    assert "llustrative" not in said["note"]


# What changed ----------------------------------------------------------------------------------------------


@pytest.fixture
def before(sunita, on_day):
    """A meeting two months on from now, after one whose pack was published today, with what happened since to come."""
    last = meeting_in(7)
    item(last, "Portfolio", key="portfolio")
    waste = running("Waste standards", stage="co_develop")
    case = BusinessCaseFactory(project=waste, state="draft")
    publish(last, sunita)
    following = MeetingFactory(day=days_ago(-90), state="planned", host=last.host)
    return following, waste, case


def changes(meeting):
    return texts(content_of(meeting), "changed")


def test_nothing_changed_is_said_as_that(before):
    meeting, *_ = before

    assert changes(meeting) == []
    assert section(content_of(meeting), "changed")["note"] == (
        "No change of step, business case or rating; nothing that should have come is missing. "
        "Promises missed since: none. Projects stopped: none."
    )


def test_steps_cases_and_stops_are_told_as_then_and_now(before, on_day):
    meeting, _, case = before
    with on_day(2026, 11, 30):
        type(case).objects.update(state="submitted", submitted_at=clock.now(), content_hash="0" * 64)
        Project.objects.update(stage="stopped", ended_on=clock.today(), lesson="Too early.")
        running("Permits", started_on=clock.today(), updated=0)

        content = content_of(meeting)

    assert section(content, "changed")["title"] == "Changed since the last pack, 26 November 2026"
    assert texts(content, "changed") == [
        ["Step", "Permits", "not there", "3 Co-develop", "30 Nov 2026"],
        ["Step", "Waste standards", "3 Co-develop", "Stopped", "30 Nov 2026"],
        ["Case", "Waste standards", "draft", "submitted", "30 Nov 2026"],
    ]
    assert section(content, "changed")["note"].endswith("Projects stopped: 1.")


def stands(monkeypatch, rating, reason, suggested=""):
    """Have every project stand so, as the one function says that every page asks."""

    def standing(projects):
        latest = last_said().filter(project__in=projects).first()
        word = f"{rating.capitalize()}, set by a facilitator" if suggested else rating.capitalize()
        return {each.pk: ProjectStanding(rating, word, rating, reason, latest, (), suggested) for each in projects}

    monkeypatch.setattr("steering.packs.standing.standings", standing)


def test_a_rating_set_against_the_portals_is_told_once_with_both_and_the_reason(before, monkeypatch, sunita):
    meeting, waste, _ = before
    StatusUpdate.objects.create(
        project=waste, line="On.", by=sunita, rating="green", suggested="amber", suggested_because="Two are late",
        because="The supplier has signed", at=moments_ago(1),
    )  # fmt: skip
    stands(monkeypatch, "green", "“The supplier has signed” The portal suggests amber: two are late.", "amber")

    [said] = changes(meeting)
    assert said[2:] == ["amber (suggested)", "green / set by a facilitator: The supplier has signed", "25 Nov 2026"]
    assert texts(content_of(meeting), "portfolio")[0][2] == (
        "Green, set by a facilitator / “The supplier has signed” The portal suggests amber: two are late."
    )
    publish(Meeting.objects.get(day=days_ago(-7)), sunita, correction="It is told once.")
    assert changes(meeting) == []


def test_a_rating_that_changed_is_told_with_its_reason(before, monkeypatch):
    meeting, *_ = before
    stands(monkeypatch, "red", "Blocked for 30 days")

    assert changes(meeting) == [["Rating", "Waste standards", "green", "red / Blocked for 30 days", "25 Nov 2026"]]


def test_every_page_of_the_board_says_the_same_rating_and_suggestion(meeting, client, sunita):
    Project.objects.filter(title="DVLA data sharing").update(last_updated_at=moments_ago(1))
    project = Project.objects.get(title="DVLA data sharing")
    StatusUpdate.objects.create(
        project=project, line="We wait.", by=sunita, rating="amber", suggested="green", because="Two wait",
        at=moments_ago(1),
    )  # fmt: skip
    standing = standings([project])[project.pk]
    assert (standing.word, standing.suggested) == ("Amber, set by a facilitator", "red")
    pack = publish(meeting, sunita)

    for address in ("/board/", "/board/portfolio/", "/board/portfolio/by-stage/", pack.get_absolute_url()):
        words = plain_words(client.get(address))
        assert standing.word in words, address
        assert standing.reason in words, address
        assert "suggested green" not in words.replace("suggested green that day", ""), address


def test_who_is_silent_and_what_is_owed_or_missed_is_told_though_it_did_not_come(before, on_day):
    meeting, waste, _ = before
    DecisionFactory(number="DEC-2026-02", title="Second case asked for", decided_on=days_ago(80))
    DecisionFactory(number="DEC-2014-02", title="Of the record", decided_on=days_ago(4500))
    DecisionFactory(number="DEC-2026-03", decided_on=days_ago(80), implemented_on=days_ago(2), implemented_by="Luton")
    promise = BenefitFactory(project=waste, title="Calls", unit="calls", claimed=100, claimed_on=days_ago(400))
    MeasurementFactory(promise=promise, value=40, measured_on=days_ago(1))
    with on_day(2027, 1, 20):
        content = content_of(meeting)

    assert [row[:4] for row in texts(content, "changed")] == [
        ["Promise", "Waste standards", "100 calls promised", "missed: 40 / Calls"],
        ["Silent", "Waste standards", "every 2 weeks", "no update for 56 days"],
        ["Owed", "DEC-2026-02 Second case asked for", "decided", "not carried out / Second case asked for"],
    ]
    assert section(content, "changed")["note"].startswith(
        "No change of step, business case or rating, and three that should have come and did not. "
        "Promises missed since: 1; missed and not explained yet, the record of 2013 to 2015 apart: 1."
    )


def test_a_missed_promise_of_a_council_is_told_in_every_place_of_the_pack_as_on_the_board_s_page(before, on_day):
    meeting, *_ = before
    promise = BenefitFactory(
        project=None, adoption=AdoptionFactory(), title="Calls", unit="calls", claimed=100, claimed_on=days_ago(400)
    )
    MeasurementFactory(promise=promise, value=40, measured_on=days_ago(1))
    about = item(meeting, "Promise missed: Calls", "discussion", key=f"promise-{promise.pk}", promise=promise)

    content = content_of(meeting)

    assert [row[:2] for row in texts(content, "changed")] == [["Promise", "Calls"]]
    assert (
        "Promises missed since: 1; missed and not explained yet, the record of 2013 to 2015 apart: 1."
        in section(content, "changed")["note"]
    )
    assert section(content, "agenda")["rows"][about.order - 1]["cells"][1]["goes_to"] == "promises"
    assert promise.get_absolute_url() in [row["cells"][0]["url"] for row in section(content, "promises")["rows"]]
    assert list(promises_to_explain()) == [promise]


def test_the_agenda_counts_what_changed_as_the_pack_s_own_section_does(before):
    meeting, *_ = before
    item(meeting, "Changes since 5 Nov", "information", key="changes", words="5 entries")

    content = content_of(meeting)

    assert texts(content, "agenda")[-1][1] == (
        f"Changed since the last pack, 26 November 2026 / {section(content, 'changed')['note']}"
    )


def test_a_missed_promise_that_the_last_pack_told_is_not_told_again(before, sunita):
    meeting, waste, _ = before
    MeasurementFactory(promise__project=waste, promise__claimed_on=days_ago(400), value=40, measured_on=days_ago(1))
    last = Meeting.objects.get(day=days_ago(-7))
    assert "Promise" in [row[0] for row in changes(meeting)]

    publish(last, sunita, correction="A promise was missing.")

    assert changes(meeting) == []


def test_before_the_first_pack_it_is_compared_with_the_days_on_record():
    meeting = meeting_in()
    running("Launched", stage="launch", case_accepted_on=days_ago(120), launched_on=days_ago(30))
    running("As it was")
    submitted = running("Submitted")
    BusinessCaseFactory(project=submitted, state="submitted", submitted_at=moments_ago(10))

    content = content_of(meeting)

    assert section(content, "changed")["title"] == "Changed since the last meeting, 27 August 2026"
    assert [row[:4] for row in texts(content, "changed")] == [
        ["Step", "Launched", "3 Co-develop", "4 Launch and take-up"],
        ["Case", "Submitted", "draft", "submitted"],
    ]


def test_the_projects_of_a_pack_are_read_once_for_all_its_sections(meeting):
    with CaptureQueriesContext(connection) as asked:
        content_of(meeting)

    assert len([each for each in asked if 'ORDER BY "projects_project"."title"' in each["sql"]]) == 1


# Frozen ----------------------------------------------------------------------------------------------------


def spoil_every_record():
    """Change every text and every day of what a pack is read from."""
    for model in [*apps.get_app_config("projects").get_models(), *apps.get_app_config("steering").get_models()]:
        if model in (Pack, MeetingMove) or model._meta.proxy:
            continue
        words = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and not (field.choices or field.unique)
        ]
        for row in model.objects.all():
            for name in words:
                if getattr(row, name):
                    setattr(row, name, f"x{row.pk}")
            with transaction.atomic():
                models.Model.save(row)


def test_a_pack_says_when_it_was_frozen_and_an_early_one_that_another_may_follow(meeting, client, sunita, on_day):
    day = meeting.day
    for before, early in ((60, True), (15, True), (14, False), (1, False), (0, False)):
        with on_day(day.year, day.month, day.day), clock.at(clock.now() - dt.timedelta(days=before)):
            said = shown_content({**content_of(meeting), "frozen_at": clock.now().isoformat()})["as_at"]
        when = f"{before} day{'' if before == 1 else 's'} before the meeting" if before else "on the day of the meeting"
        assert when in said
        assert ("can publish it anew nearer the meeting" in said) is early

    pack = publish(meeting, sunita)
    said = f"As the records stood on 26 November 2026, {(day - clock.today()).days} days before the meeting."
    assert said in plain_words(client.get(pack.get_absolute_url()))


def test_the_list_of_packs_has_the_newest_of_each_meeting_and_its_file_the_hash(meeting, client, sunita):
    assert "No pack yet" in plain_words(client.get("/board/packs/"))
    publish(meeting, sunita)
    pack = publish(meeting, sunita, correction="A title was wrong.")

    page = plain_words(client.get("/board/packs/"))
    assert "1 pack" in page
    assert "version 2" in page
    assert pack.sha256 in client.get("/board/packs/?format=csv").content.decode()


@pytest.mark.parametrize("above", ["cases", "motions", "papers", "assessments", "strategy/departments", "packs"])
def test_an_address_above_those_of_records_answers(above, client, db):
    assert client.get(f"/board/{above}/", follow=True).status_code == 200


def test_later_edits_alter_no_pack(meeting, client, sunita):
    StatusUpdate.objects.create(project=Project.objects.first(), line="It runs.", by=sunita)
    pack = publish(meeting, sunita)
    pages = ("", "1/", "content.json")
    earlier = [client.get(f"{pack.get_absolute_url()}{page}").content for page in pages]

    spoil_every_record()
    running("A new one")

    assert [client.get(f"{pack.get_absolute_url()}{page}").content for page in pages] == earlier
    assert Project.objects.filter(title__startswith="x").exists()


def test_anybody_can_compute_the_hash_from_what_is_downloaded(meeting, client, sunita):
    pack = publish(meeting, sunita)

    downloaded = client.get(f"{pack.get_absolute_url()}content.json")

    assert hashlib.sha256(downloaded.content).hexdigest() == pack.sha256
    assert json.loads(downloaded.content) == Pack.objects.get().content
    assert pack.sha256[:4] in plain_words(client.get(pack.get_absolute_url()))


ROADS = [
    "UPDATE steering_pack SET content = '{{}}' WHERE id = {}",
    "UPDATE steering_pack SET sha256 = '0' WHERE id = {}",
    "UPDATE steering_pack SET version = 3, correction = 'x' WHERE id = {}",
    "DELETE FROM steering_pack WHERE id = {}",
]


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("road", ROADS)
def test_the_database_refuses_to_change_or_remove_a_published_pack(meeting, sunita, road):
    pack = publish(meeting, sunita)

    with pytest.raises(DatabaseError, match="stays as it is"):
        run(road.format(pack.pk))

    assert digest_of(Pack.objects.get().content) == pack.sha256


@pytest.mark.parametrize("road", ROADS)
def test_without_the_triggers_it_would_not(meeting, sunita, road):
    """The control."""
    pack = publish(meeting, sunita)
    connection.check_constraints()
    triggers.remove(connection)
    try:
        run(road.format(pack.pk))

        assert not Pack.objects.filter(pk=pack.pk, sha256=pack.sha256, version=1, content=pack.content).exists()
    finally:
        triggers.install(connection)


@pytest.mark.postgresql
def test_postgresql_does_not_empty_their_table_and_without_the_trigger_would(meeting, sunita):
    publish(meeting, sunita)
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="stays as it is"):
        run("TRUNCATE steering_pack CASCADE")
    triggers.remove(connection)
    try:
        run("TRUNCATE steering_pack CASCADE")
        assert not Pack.objects.exists()
    finally:
        triggers.install(connection)


def test_a_pack_is_not_replaced_by_another_of_its_number(meeting, sunita):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite replaces")
    publish(meeting, sunita)

    with pytest.raises(DatabaseError, match="stays as it is"):
        run("INSERT OR REPLACE INTO steering_pack SELECT * FROM steering_pack")


def test_its_pdf_may_come_later(meeting, sunita):
    pack = publish(meeting, sunita)

    Pack.objects.update(pdf=b"%PDF", pdf_size=4, pages=14)

    assert Pack.objects.get().pages == 14
    assert Pack.objects.get().sha256 == pack.sha256


# Publishing ------------------------------------------------------------------------------------------------


def test_only_the_secretariat_publishes_and_reads_the_draft(meeting, boris, grace, edith, signed_in, client):
    for person in (boris, grace, edith):
        with pytest.raises(PermissionDenied):
            publish(meeting, person)
        assert signed_in(person).get(f"/board/packs/{meeting.day}/draft/").status_code == 403
    client.logout()
    assert client.get(f"/board/packs/{meeting.day}/").status_code == 404
    assert not Pack.objects.exists()


def test_the_secretariat_looks_at_the_draft_and_publishes_what_it_saw(meeting, sunita, signed_in, client):
    reader = signed_in(sunita)
    address = f"/board/packs/{meeting.day}/"
    assert reader.get(address).url == f"{address}draft/"
    shown = digest_of(content_of(meeting))
    assert f'name="shown" value="{shown}"' in reader.get(f"{address}draft/").content.decode()

    answer = reader.post(f"{address}draft/", {"shown": shown, "form_token": "one"}, follow=True)

    assert "Version 1 of the pack is published, and the board is told." in plain_words(answer)
    assert Pack.objects.get().frozen_by == sunita


def test_what_changed_since_it_was_looked_at_is_not_published_unseen(meeting, sunita, signed_in):
    shown = digest_of(content_of(meeting))
    Project.objects.filter(title="DVLA data sharing").update(title="Licence data")

    answer = signed_in(sunita).post(f"/board/packs/{meeting.day}/draft/", {"shown": shown, "form_token": "one"})

    assert answer.status_code in (409, 422)
    assert "A record has changed since you opened this draft." in plain_words(answer)
    assert digest_of(content_of(meeting)) in answer.content.decode()
    assert not Pack.objects.exists()


def test_a_mistake_is_corrected_by_a_second_version_and_the_first_stays_readable(meeting, sunita, client):
    first = publish(meeting, sunita)
    before = client.get(first.get_version_url()).content
    Project.objects.filter(title="DVLA data sharing").update(title="Licence data")

    second = publish(meeting, sunita, correction="A title was wrong.")

    assert (second.version, second.content["correction"]) == (2, "A title was wrong.")
    assert "It corrects: A title was wrong." in plain_words(client.get(meeting.packs.first().get_absolute_url()))
    old = client.get(first.get_version_url())
    assert "Licence data" not in plain_words(old)
    assert "A later version corrects this one" in plain_words(old)
    assert b"A later version" not in before


@pytest.mark.parametrize("correction", ["", "   "])
def test_a_second_version_says_what_it_corrects(meeting, sunita, correction):
    publish(meeting, sunita)

    with pytest.raises(Refused, match="Version 1 was published") as refusal:
        publish(meeting, sunita, correction=correction)

    assert refusal.value.field == "correction"
    assert Pack.objects.count() == 1


def test_there_is_no_pack_without_an_agenda_nor_of_a_meeting_that_is_over_or_cancelled(sunita, on_day):
    meeting = meeting_in()
    with pytest.raises(Refused, match="The agenda has no item yet"):
        publish(meeting, sunita)

    item(meeting, "Portfolio", key="portfolio")
    with on_day(2026, 12, 4), pytest.raises(Refused, match="This meeting is over"):
        publish(meeting, sunita)
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled", cancelled_because="Snow.")
    with pytest.raises(Refused, match="was cancelled"):
        publish(meeting, sunita)
    assert not Pack.objects.exists()


def test_a_pack_with_an_e_mail_address_is_not_published_and_which_record_holds_it_is_said(meeting, sunita):
    record = meeting.agenda.get(title="Next meeting")
    record.words = "Write to zoe@harlow.gov.uk, please"
    record.save()

    said = "“Agenda”, at “5 Next meeting”, holds zoe@harlow.gov.uk. "
    with pytest.raises(Refused, match=said.replace(".", r"\.")):
        publish(meeting, sunita)
    record.words = "Write to us at noon, all @ once"
    record.save()
    meeting.place = "Ask zoe@harlow.gov.uk"
    meeting.save()
    with pytest.raises(Refused, match=r"says of the meeting holds zoe@harlow\.gov\.uk"):
        publish(meeting, sunita)
    meeting.place = "Fry Building"
    meeting.save()

    assert publish(meeting, sunita).version == 1
    with pytest.raises(Refused, match="without an e-mail address") as refusal:
        publish(meeting, sunita, correction="The address is zoe@harlow.gov.uk")
    assert refusal.value.field == "correction"


def test_the_pack_of_a_meeting_that_was_moved_is_found_from_its_old_day(meeting, sunita, client):
    publish(meeting, sunita)
    old, new = meeting.day, days_ago(-14)
    MeetingMove.objects.create(meeting=meeting, day=old)
    Meeting.objects.filter(pk=meeting.pk).update(day=new)

    assert client.get(f"/board/packs/{old}/").url == f"/board/packs/{new}/"
    for path in ("1/", "1/content.json", "content.json", "1/pack.pdf"):
        assert client.get(f"/board/packs/{old}/{path}").url == f"/board/packs/{new}/{path}", path
    assert client.get(f"/board/packs/{old}/7/", follow=True).status_code == 404
    assert client.get(f"/board/packs/{days_ago(-9)}/1/").status_code == 404


def test_the_button_and_the_draft_of_a_moved_meeting_lead_on_too(meeting, sunita, signed_in):
    publish(meeting, sunita)
    old, new = meeting.day, days_ago(-14)
    MeetingMove.objects.create(meeting=meeting, day=old)
    Meeting.objects.filter(pk=meeting.pk).update(day=new)
    reader = signed_in(sunita)

    assert reader.get(f"/board/packs/{old}/draft/").url == f"/board/packs/{new}/draft/"
    pressed = reader.post(f"/board/packs/{old}/1/print/")
    assert (pressed.status_code, pressed.url) == (307, f"/board/packs/{new}/1/print/")


def test_a_draft_of_which_the_page_does_not_say_what_was_looked_at_is_not_published(meeting, sunita, signed_in):
    for data in ({}, {"shown": ""}):
        page = signed_in(sunita).post(f"/board/packs/{meeting.day}/draft/", data)

        assert "A record has changed since you opened this draft" in plain_words(page)
    assert not Pack.objects.exists()


def test_the_pack_of_a_cancelled_meeting_stays_readable_and_says_that_it_was_cancelled(
    meeting, sunita, client, signed_in
):
    pack = publish(meeting, sunita)
    Pack.objects.filter(pk=pack.pk).update(pdf=b"%PDF-", pdf_size=5, pages=1)
    address = pack.get_absolute_url()
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled", cancelled_because="Snow.")

    for reader in (client, signed_in(sunita)):
        assert address in reader.get(meeting.get_absolute_url()).content.decode()
        for way in ("", "1/"):
            page = plain_words(reader.get(f"{address}{way}"))
            assert "This meeting was cancelled." in page
            assert "Snow." in page
            assert "Publish a corrected version" not in page
    for way in ("content.json", "1/content.json", "1/pack.pdf"):
        assert client.get(f"{address}{way}").status_code == 200, way


def test_a_meeting_planned_for_the_day_of_a_cancelled_one_shows_its_own_pack_once_it_has_one(meeting, sunita, client):
    first = publish(meeting, sunita)
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled", cancelled_because="Snow.")
    again = MeetingFactory(day=meeting.day, state="planned", host=meeting.host)
    item(again, "Portfolio", key="portfolio")
    assert "Snow." in plain_words(client.get(first.get_absolute_url()))

    publish(again, sunita)

    assert "Snow." not in plain_words(client.get(first.get_absolute_url()))


def test_the_board_is_told_and_may_choose_not_to_be(meeting, sunita, boris, deliver, mail_at_any_time):
    deliver()
    voter, quiet = UserFactory(), UserFactory()
    BoardSeatFactory(representative=voter)
    BoardSeatFactory(representative=quiet)
    BoardSeat.objects.filter(representative__in=[voter, quiet]).update(since=days_ago(10))
    MessageChoice.objects.create(person=quiet, kind="steering.pack_published", pace=Pace.OFF)

    pack = publish(meeting, sunita)

    mails = [mail for mail in deliver() if "pack for the board" in mail.subject]
    assert {mail.to[0] for mail in mails} == {voter.email, boris.email}
    assert pack.content["asked"] in " ".join(mails[0].body.split())
    assert pack.get_absolute_url() in mails[0].body


def test_the_mail_of_a_version_that_was_corrected_meanwhile_is_not_sent(
    meeting, sunita, boris, deliver, mail_at_any_time
):
    deliver()
    publish(meeting, sunita)
    publish(meeting, sunita, correction="A title was wrong.")

    subjects = [mail.subject for mail in deliver() if "pack for the board" in mail.subject]
    assert subjects == [f"Corrected: the pack for the board on {meeting.day:%-d %B %Y}"]


def test_the_meetings_page_leads_to_its_pack_and_the_secretariat_before_to_the_draft(meeting, sunita, boris, signed_in):
    address = meeting.get_absolute_url()
    assert "Put the pack together" in plain_words(signed_in(sunita).get(address))
    assert "Put the pack together" not in plain_words(signed_in(boris).get(address))
    assert "Its pack is published about a week before it meets." in plain_words(signed_in(boris).get(address))

    publish(meeting, sunita)
    Pack.objects.update(pdf=b"%PDF", pdf_size=4, pages=14)

    page = plain_words(signed_in(boris).get(address))
    assert "Read the pack" in page
    assert "14 pages, frozen on 26 November 2026, " in page


# What it costs ---------------------------------------------------------------------------------------------


def test_each_section_asks_as_often_for_many_projects_as_for_few(meeting, asked, sunita):
    def cost():
        since, costs = since_last_pack(meeting), {}
        for function in section_functions():
            with asked() as statements:
                function(meeting, since)
            costs[function.__name__] = len(statements)
        return costs

    few = cost()
    for number in range(12):
        more = running(f"More {number}", updated=60 if number % 2 else 1)
        BusinessCaseFactory(project=more, state="submitted", submitted_at=moments_ago(number))
        StatusUpdate.objects.create(project=more, line="It runs.", by=sunita)
        BenefitFactory(project=more)
        paper(meeting, f"Paper {number}")
        DecisionFactory(decided_on=days_ago(50 + number), review_on=days_ago(number + 1))

    assert cost() == few
    assert max(few.values()) <= 12


def test_the_figures_of_the_programme_have_their_base_and_their_day(meeting):
    EventFactory(starts_at=moments_ago(500), arrived=7, source="S3")
    BenefitFactory(project=Project.objects.first(), claimed=1000)

    said = texts(content_of(meeting), "figures")

    assert [row[0] for row in said] == ["7", "£0"]
    assert said[0][1].endswith("As at 31 December 2025.")
    assert said[1][1].endswith("As at 26 November 2026.")
    assert "Sources named in them: S3." in section(content_of(meeting), "figures")["note"]
