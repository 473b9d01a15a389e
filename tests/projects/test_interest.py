"""A council offers a project something; whoever leads it answers within two weeks, and the answer is kept."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from core import clock
from core.errors import Refused
from core.inbox import Reader
from councils.models import Membership
from outbox.models import Message
from projects.interest import operations
from projects.interest.adopting import ADOPTED_AT
from projects.interest.emails import interest_overdue
from projects.interest.inbox import interests_to_answer
from projects.models import Interest, Project
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory
from tests.factories.projects import InterestFactory, ProjectFactory

WORDS = "Two teams could try it in May."


@pytest.fixture
def publisher(harlow):
    return MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person


@pytest.fixture
def project(harlow, grace):
    """Led by Harlow, whose lead is Grace."""
    return ProjectFactory(lead_council=harlow, running=True)


@pytest.fixture
def offered(project, carlos, surrey):
    """Surrey offers to test."""
    return operations.offer_interest(project, by=carlos, council=surrey, kind="test", words=WORDS)


def page(client, address):
    return client.get(address).content.decode()


def again(interest):
    return Interest.objects.get(pk=interest.pk)


def letters(kind):
    return [message.person for message in Message.objects.filter(kind=f"projects.{kind}")]


def test_an_offer_is_due_in_two_weeks_and_the_lead_hears_of_it(project, carlos, surrey, grace, on_day):
    with on_day(2026, 5, 4, 12):
        interest = operations.offer_interest(project, by=carlos, council=surrey, kind="test", words=WORDS)
    operations.offer_interest(project, by=carlos, council=surrey, kind="ideas", words=WORDS)

    assert (interest.due_on, interest.is_open) == (dt.date(2026, 5, 18), True)
    assert letters("interest_offered") == [grace]


def test_the_same_offer_twice_is_one_and_another_of_its_kind_waits_for_the_answer(offered, carlos, surrey):
    project = offered.project

    assert operations.offer_interest(project, by=carlos, council=surrey, kind="test", words=WORDS) == offered
    with pytest.raises(Refused, match="Surrey has offered this already"):
        operations.offer_interest(project, by=carlos, council=surrey, kind="test", words="Three teams.")
    operations.offer_interest(project, by=carlos, council=surrey, kind="fund", words="£2,000.")
    assert Interest.objects.count() == 2


def test_the_database_keeps_one_open_offer_of_a_kind_for_each_council(offered):
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestFactory(project=offered.project, council=offered.council)


def test_the_database_refuses_an_answer_without_words_person_and_moment(offered):
    with pytest.raises(IntegrityError), transaction.atomic():
        Interest.objects.filter(pk=offered.pk).update(outcome="accepted")


def test_only_contributors_offer_for_their_council_and_the_lead_council_offers_itself_nothing(
    project, amina, harlow, surrey, ben
):
    for person, council in ((amina, surrey), (ben, surrey)):
        with pytest.raises(PermissionDenied):
            operations.offer_interest(project, by=person, council=council, kind="test", words=WORDS)
    with pytest.raises(Refused, match="leads this project"):
        operations.offer_interest(project, by=amina, council=harlow, kind="test", words=WORDS)


def test_nothing_is_offered_to_a_project_that_has_ended_or_without_words_or_of_an_unknown_kind(carlos, surrey, project):
    ended = ProjectFactory(stage=Project.Stage.FINISHED, ended_on=dt.date(2015, 9, 1))
    for record, kind, words in ((ended, "test", WORDS), (project, "test", " "), (project, "dance", WORDS)):
        with pytest.raises(Refused):
            operations.offer_interest(record, by=carlos, council=surrey, kind=kind, words=words)


def test_an_answer_is_kept_and_mailed_to_whoever_offered(offered, publisher, carlos):
    answer = operations.answer_interest(offered, by=publisher, outcome="later", answer="In June, please.")

    assert (answer.outcome, answer.answered_by, answer.is_open) == ("later", publisher, False)
    assert letters("interest_answered") == [carlos]


def test_an_offer_is_answered_once_and_the_second_is_told_who_and_when(offered, publisher, fatima):
    operations.answer_interest(offered, by=publisher, outcome="accepted", answer="Come on Monday.")

    with pytest.raises(Refused, match=f"{publisher} answered this at .*: accepted"):
        operations.answer_interest(offered, by=fatima, outcome="declined", answer="No.")


def test_after_an_answer_the_same_council_may_offer_again(offered, publisher, carlos, surrey):
    operations.answer_interest(offered, by=publisher, outcome="declined", answer="Not this time.")

    again = operations.offer_interest(offered.project, by=carlos, council=surrey, kind="test", words=WORDS)
    assert again != offered


def test_an_answer_has_words_and_is_one_of_three(offered, publisher):
    for outcome, words in (("accepted", " "), ("maybe", "Yes.")):
        with pytest.raises(Refused):
            operations.answer_interest(offered, by=publisher, outcome=outcome, answer=words)


def test_whoever_offered_or_has_no_part_in_the_project_does_not_answer(offered, carlos, amina, boris):
    for person in (carlos, amina, boris):
        with pytest.raises(PermissionDenied):
            operations.answer_interest(offered, by=person, outcome="accepted", answer="Yes.")


def waiting(person):
    return interests_to_answer(Reader(person, clock.now()))


def test_an_offer_waits_in_the_week_of_those_who_answer_and_says_how_long_it_is_overdue(
    offered, publisher, carlos, fatima
):
    (line,) = waiting(publisher)
    assert line.at == offered.due_on
    assert "Answer due by" in line.note
    Interest.objects.update(due_on=clock.today() - dt.timedelta(days=3))

    assert "Answer 3 days overdue" in waiting(publisher)[0].note
    assert waiting(carlos) == waiting(fatima) == []


def test_offers_to_a_project_that_no_council_leads_wait_for_facilitators_and_the_secretariat(fatima, sunita):
    InterestFactory(project=ProjectFactory(lead_council=None, running=True))

    assert len(waiting(fatima)) == len(waiting(sunita)) == 1


def test_the_page_counts_councils_and_names_them_only_to_those_who_may_know(
    client, signed_in, offered, publisher, carlos, boris
):
    address = offered.project.get_absolute_url()

    for reader in (client, signed_in(boris)):
        words = page(reader, address)
        assert "1 council joins as tester" in words
        assert "Surrey" not in words
    for person in (publisher, carlos):
        assert "Surrey: join as tester" in page(signed_in(person), address)


def test_a_declined_offer_is_not_counted(client, offered, publisher):
    operations.answer_interest(offered, by=publisher, outcome="declined", answer="Not this time.")

    assert "joins as tester" not in page(client, offered.project.get_absolute_url())


def test_what_the_project_looks_for_is_the_first_button(client, project):
    Project.objects.update(collaboration=Project.Collaboration.TESTERS)

    words = page(client, project.get_absolute_url())

    assert "Looking for testers" in words
    assert words.index(f"{project.get_absolute_url()}offer/test/") < words.index("offer/ideas/")


def test_an_offer_is_made_and_answered_on_pages_by_plain_posts(signed_in, project, carlos, publisher):
    made = signed_in(carlos).post(
        f"{project.get_absolute_url()}offer/test/", {"council": project_council(carlos), "words": WORDS}
    )
    assert made.url == project.get_absolute_url()
    interest = Interest.objects.get()

    client = signed_in(publisher)
    empty = client.post(interest.get_absolute_url(), {"outcome": "accepted", "answer": ""})
    assert empty.status_code == 422
    client.post(interest.get_absolute_url(), {"outcome": "accepted", "answer": "Come on Monday."})

    assert "Come on Monday." in page(signed_in(carlos), interest.get_absolute_url())


def project_council(person):
    return person.memberships.get().organisation_id


def test_somebody_elses_offer_and_one_under_another_project_are_not_found(client, signed_in, offered, boris, publisher):
    other = ProjectFactory(lead_council=offered.project.lead_council)

    assert client.get(offered.get_absolute_url()).status_code == 302
    assert signed_in(boris).get(offered.get_absolute_url()).status_code == 404
    assert signed_in(publisher).get(f"{other.get_absolute_url()}offers/{offered.pk}/").status_code == 404


def test_whoever_offered_reads_the_offer_and_finds_no_form(signed_in, offered, carlos):
    words = page(signed_in(carlos), offered.get_absolute_url())

    assert WORDS in words
    assert "Send the answer" not in words
    assert signed_in(carlos).post(offered.get_absolute_url(), {"outcome": "accepted"}).status_code == 403


def test_adopting_leads_to_the_asset_that_the_project_made_and_is_an_offer_while_there_is_none(
    signed_in, project, carlos
):
    address = f"{project.get_absolute_url()}offer/adopt/"
    assert signed_in(carlos).get(address).status_code == 200
    asset = AssetFactory(project=project)

    assert signed_in(carlos).get(address).url == f"/assets/{asset.slug}/commit/"
    assert ADOPTED_AT.ask(project) == [f"/assets/{asset.slug}/commit/"]


def test_an_unknown_way_to_take_part_is_not_found(signed_in, project, carlos):
    assert signed_in(carlos).get(f"{project.get_absolute_url()}offer/dance/").status_code == 404


def test_an_owner_finds_all_offers_the_open_ones_first_with_the_day_they_are_due(
    client, signed_in, project, carlos, surrey, grace, amina
):
    answered = operations.offer_interest(project, by=carlos, council=surrey, kind="ideas", words="We tried it.")
    operations.answer_interest(answered, by=grace, outcome="later", answer="In May.")
    waits = operations.offer_interest(project, by=carlos, council=surrey, kind="test", words=WORDS)
    InterestFactory(words="Of another council")

    shown = signed_in(grace).get("/projects/offers/").context["found"].lines

    assert [line.record for line in shown] == [waits, answered]
    assert shown[0].facts[-1] == waits.due_in_words
    assert shown[1].facts[-1].endswith(": later")
    assert "/projects/offers/" in page(client, project.get_absolute_url())
    assert signed_in(amina).get("/projects/offers/").status_code == 403
    client.logout()
    assert client.get("/projects/offers/").status_code == 302


def test_whoever_answers_is_reminded_once_when_the_answer_is_overdue_and_not_of_what_needs_none(
    project, carlos, surrey, grace
):
    yesterday = clock.today() - dt.timedelta(days=1)
    waits, answered = (
        operations.offer_interest(project, by=carlos, council=surrey, kind=kind, words=WORDS)
        for kind in ("test", "ideas")
    )
    operations.answer_interest(answered, by=grace, outcome="declined", answer="No.")
    over = InterestFactory(project__running=True, project__lead_council=project.lead_council)
    Project.objects.filter(pk=over.project_id).update(stage="stopped", ended_on=clock.today(), lesson="Ask.")

    for due_on, reminded in ((clock.today(), []), (yesterday, [grace]), (yesterday, [grace])):
        Interest.objects.update(due_on=due_on)
        operations.remind_of_offers()
        assert letters("interest_overdue") == reminded

    letter = interest_overdue(again(waits), grace)
    assert str(yesterday.year) in render_to_string(f"{letter.template}.txt", letter.context)
    assert interest_overdue(again(answered), grace) is None
