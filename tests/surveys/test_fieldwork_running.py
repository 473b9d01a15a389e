"""A wave is prepared, opened once, invited to and reminded of; who has answered is known by type of council."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.errors import Refused
from councils.models import Organisation
from outbox.models import Message
from sealing.models import Round
from surveys.fieldwork import operations
from surveys.fieldwork.operations import Person
from surveys.fieldwork.response import freeze_response, response_so_far
from surveys.models import Fieldwork, SurveyInvitation, TypeResponse
from tests.factories.councils import DepartmentFactory, OrganisationFactory
from tests.factories.surveys import a_running, an_invitation, answers_of, hand_in_for

pytestmark = pytest.mark.django_db
State = SurveyInvitation.State
COUNCILS_ENDED = dt.date(2014, 12, 31)


def test_opening_a_wave_opens_its_rounds_and_sends_everybody_their_link(sunita):
    fieldwork = a_running()
    an_invitation(fieldwork)

    for _ in range(2):
        operations.open_fieldwork(fieldwork, by=sunita)

    fieldwork.refresh_from_db()
    assert fieldwork.is_open
    assert fieldwork.wave.questions.opened_at
    assert [each.question_key for each in fieldwork.written_rounds.all()] == ["comments", "priorities"]
    assert Round.objects.count() == 3
    assert Message.objects.filter(kind="surveys.invitation").count() == 1


@pytest.mark.parametrize(
    ("fields", "invited", "because"),
    [
        ({}, 0, "Nobody is invited"),
        ({"plan": {}}, 1, "which tables"),
        ({"closes_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, 1, "has passed"),
    ],
)
def test_a_wave_opens_only_with_a_plan_a_day_to_come_and_somebody_to_ask(sunita, fields, invited, because):
    fieldwork = a_running(**fields)
    for _ in range(invited):
        an_invitation(fieldwork)

    with pytest.raises(Refused, match=because):
        operations.open_fieldwork(fieldwork, by=sunita)

    assert not Round.objects.exists()


def test_nobody_else_runs_a_wave(amina):
    fieldwork = a_running()

    with pytest.raises(PermissionDenied):
        operations.open_fieldwork(fieldwork, by=amina)


def test_the_level_is_suggested_by_title_and_role(sunita):
    fieldwork = a_running()
    titles = {"Head of ICT": 1, "Head of Planning": 2, "Planner": 3}
    people = [Person(OrganisationFactory(), f"{n}@x.example", title=title) for n, title in enumerate(titles)]
    people.append(Person(DepartmentFactory(), "central@x.example", title="Deputy Director"))

    operations.invite_all(fieldwork, by=sunita, people=people)

    assert [each.level for each in SurveyInvitation.objects.order_by("pk")] == [*titles.values(), 1]


def test_a_list_that_is_sent_twice_invites_everybody_once(sunita):
    fieldwork = a_running(is_open=True)
    people = [Person(OrganisationFactory(), address) for address in ("a@x.example", "A@x.example", "b@x.example")]

    invited = [operations.invite_all(fieldwork, by=sunita, people=people) for _ in range(2)]

    assert invited == [2, 0]
    assert Message.objects.filter(kind="surveys.invitation", address__endswith="x.example").count() == 2


def test_an_address_is_invited_once(sunita):
    fieldwork = a_running()
    operations.invite_to_survey(fieldwork, by=sunita, organisation=OrganisationFactory(), email="a@x.example")

    with pytest.raises(Refused, match="invited already"):
        operations.invite_to_survey(fieldwork, by=sunita, organisation=OrganisationFactory(), email="A@x.example")


def test_an_invitation_is_taken_back_until_answers_are_handed_in(sunita):
    fieldwork = a_running(is_open=True)
    begun, done = answers_of(an_invitation(fieldwork)), an_invitation(fieldwork)
    hand_in_for(done)

    operations.withdraw_invitation(begun, by=sunita)
    with pytest.raises(Refused, match="receipt"):
        operations.withdraw_invitation(done, by=sunita)

    assert not SurveyInvitation.objects.filter(pk=begun.pk).exists()


def test_only_those_who_have_not_answered_are_reminded_and_once(sunita, deliver):
    fieldwork = a_running(is_open=True)
    waits, has_begun, declines, done = (an_invitation(fieldwork) for _ in range(4))
    answers_of(has_begun)
    operations.decline_reminders(declines)
    hand_in_for(done)
    deliver()

    operations.remind(fieldwork, by=sunita)
    first = SurveyInvitation.objects.exclude(pk__in=[waits.pk, has_begun.pk, declines.pk, done.pk]).get()
    hand_in_for(has_begun)  # before the mail goes out

    assert sorted(mail.to[0] for mail in deliver()) == sorted([waits.email, first.email])
    with pytest.raises(Refused, match="nobody to remind"):
        operations.remind(fieldwork, by=sunita)


def test_each_link_is_in_the_mail_of_whose_it_is_and_no_mail_holds_an_answer(sunita, deliver):
    fieldwork = a_running()
    people = [an_invitation(fieldwork, name="Ada") for _ in range(2)]
    operations.open_fieldwork(fieldwork, by=sunita)

    mails = {mail.to[0]: mail.body for mail in deliver()}

    for each in people:
        assert f"/surveys/answer/{each.reference}/" in mails[each.email]
        assert "Dear Ada" in mails[each.email]


# Response ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def wave_of_2014(db):
    """A wave that closes on the last day of 2014, when the directory had 201 districts."""
    return a_running(
        year=2014, closes_at=dt.datetime(2014, 12, 31, 12, tzinfo=dt.UTC), state="open", opened_at=clock.now(),
        round=Round.objects.create(title="Answers", public_key=b"0" * 32, length=10),
    )  # fmt: skip


def answered(fieldwork, kind, number):
    for council in Organisation.objects.in_force(COUNCILS_ENDED).filter(kind=kind)[:number]:
        for _ in range(2):  # two people of each council, which counts once
            an_invitation(fieldwork, council, state="handed_in", handed_in_on=COUNCILS_ENDED)


def test_61_of_201_districts_are_30_per_cent_so_that_38_need_23_more(wave_of_2014):
    answered(wave_of_2014, "district", 38)

    districts = next(each for each in response_so_far(wave_of_2014).by_type if each.council_type == "districts")

    assert (districts.councils, districts.answered, districts.missing) == (201, 38, 23)
    assert districts.target_words == "23 more districts to reach 30%"
    assert districts.share.with_unit == "19%"


def test_the_response_of_2014_is_told_as_its_report_did(wave_of_2014):
    numbers = {"county": (22, 27), "district": (45, 201), "unitary": (23, 56), "london_borough": (15, 33)}
    for kind, (number, _) in numbers.items():
        answered(wave_of_2014, kind, number)

    response = response_so_far(wave_of_2014)

    said = {each.words: (each.councils, each.answered, each.share.with_unit) for each in response.lines}
    assert said["English counties"] == (27, 22, "81%")
    assert said["English districts"] == (201, 45, "22%")
    assert said["English councils"] == (353, 105, "30%")
    assert said["Northern Irish councils"] == (26, 0, "0%")
    assert [*said][5:6] == ["English councils"]
    assert [*said][-1] == "United Kingdom"


def test_at_the_close_the_response_is_kept_and_kept_once(wave_of_2014):
    answered(wave_of_2014, "county", 22)

    for _ in range(2):
        freeze_response(wave_of_2014)

    kept = TypeResponse.objects.get(wave=wave_of_2014.wave, council_type="counties")
    assert (kept.councils, kept.answered, kept.printed_share) == (27, 22, 81)
    assert TypeResponse.objects.count() == 8


def test_a_body_that_is_no_council_counts_apart(wave_of_2014):
    an_invitation(wave_of_2014, DepartmentFactory(), state="handed_in", handed_in_on=COUNCILS_ENDED)

    response = response_so_far(wave_of_2014)

    assert (response.others, response.kingdom.answered, response.people) == (1, 0, 1)


def test_the_close_is_moved_to_a_day_to_come(sunita):
    fieldwork = a_running(is_open=True)

    operations.move_close(fieldwork, by=sunita, closes_at=clock.now() + dt.timedelta(days=60))
    with pytest.raises(Refused, match="to come"):
        operations.move_close(fieldwork, by=sunita, closes_at=clock.now() - dt.timedelta(days=1))

    assert Fieldwork.objects.get().closes_at > clock.now() + dt.timedelta(days=59)


# Pages ---------------------------------------------------------------------------------------------------------------

HARLOW_AND_ESSEX = """organisation,email,name,title,role
Harlow,ada@harlow.example,Ada Okafor,Head of ICT,it
essex,ben@essex.example,Ben Shah,Planner,
"""


def upload(client, text):
    file = SimpleUploadedFile("people.csv", text.encode())
    return client.post("/surveys/2026/running/invitations/upload/", {"file": file})


def test_a_table_of_people_is_uploaded_and_a_second_time_nobody_is_invited_again(client, sunita):
    a_running()
    client.force_login(sunita)

    for _ in range(2):
        assert upload(client, HARLOW_AND_ESSEX).status_code == 302

    invited = {each.email: each for each in SurveyInvitation.objects.select_related("organisation")}
    assert {email: each.organisation.slug for email, each in invited.items()} == {
        "ada@harlow.example": "harlow",
        "ben@essex.example": "essex",
    }
    assert [each.level for each in invited.values()].count(1) == 1


def test_what_is_wrong_in_a_table_is_told_by_line_and_nothing_of_it_is_loaded(client, sunita):
    a_running()
    client.force_login(sunita)
    wrong = "Harlo,ada.example,Ada,,\nHarlow,ben@harlow.example,Ben,,king\nHarlow,ADA@harlow.example,,,\n"

    answer = upload(client, HARLOW_AND_ESSEX + wrong)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 4: The directory has no organisation “Harlo”. Perhaps Harlow was meant." in said
    assert "Line 4: “ada.example” is no e-mail address" in said
    assert "Line 5: “king” is no role of the questionnaire" in said
    assert "Line 6: ada@harlow.example stands in line 2 too." in said
    assert not SurveyInvitation.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "a,b\n1,2\n",
        "organisation,email\n",
        'organisation,email\n"x',
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_words(client, sunita, text):
    a_running()
    client.force_login(sunita)

    assert upload(client, text).status_code == 422


def test_the_page_of_the_running_says_how_far_it_is_to_the_target_and_holds_no_answer(client, sunita):
    fieldwork = a_running(is_open=True)
    hand_in_for(an_invitation(fieldwork, Organisation.objects.get(slug="harlow")), comments="A giveaway")
    client.force_login(sunita)

    said = " ".join(client.get("/surveys/2026/running/").content.decode().split())

    assert "more districts to reach 30%" in said
    assert "United Kingdom" in said
    assert "A giveaway" not in said


def test_while_a_wave_is_open_no_answer_is_told_on_any_page_or_in_any_file(client, fieldwork_with_answers, root_user):
    client.force_login(root_user)
    pages = ["", "invitations/", "invitations/?format=csv", "remind/", "close-day/", "invitations/new/"]

    for page in pages:
        answer = client.get(f"/surveys/2026/running/{page}")
        said = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
        assert answer.status_code == 200
        assert "A giveaway" not in said
        assert "7654321" not in said
    assert client.get("/surveys/2026/barriers/").status_code == 404
    assert client.get("/surveys/2026/barriers/?format=csv").status_code == 404


@pytest.fixture
def fieldwork_with_answers(db):
    fieldwork = a_running(is_open=True)
    for _ in range(3):
        hand_in_for(an_invitation(fieldwork), comments="A giveaway", **{"savings-pounds": "7654321"})
    return fieldwork


def test_a_wave_whose_time_has_come_is_not_opened_again_by_a_later_day(sunita):
    fieldwork = a_running(is_open=True)
    Fieldwork.objects.filter(pk=fieldwork.pk).update(closes_at=clock.now() - dt.timedelta(minutes=1))

    with pytest.raises(Refused, match="closed"):
        operations.move_close(fieldwork, by=sunita, closes_at=clock.now() + dt.timedelta(days=1))


def test_opening_asks_the_database_alike_for_few_and_for_many(django_assert_max_num_queries):
    fieldwork = a_running()
    SurveyInvitation.objects.bulk_create(
        SurveyInvitation(
            fieldwork=fieldwork, organisation=Organisation.objects.first(), email=f"{n}@a.example", level=2
        )
        for n in range(300)
    )

    with django_assert_max_num_queries(40):
        operations.open_fieldwork(fieldwork, by=None)

    assert Message.objects.filter(kind="surveys.invitation").count() == 300


def test_the_page_of_a_closed_wave_keeps_its_counts_once_the_invitations_are_gone(client, sunita):
    fieldwork = a_running(is_open=True)
    hand_in_for(an_invitation(fieldwork, Organisation.objects.get(slug="harlow")))
    fieldwork.refresh_from_db()
    fieldwork.state, fieldwork.closed_at = Fieldwork.State.CLOSED, clock.now()
    fieldwork.save()
    fieldwork.wave.respondents = 1
    fieldwork.wave.save()
    freeze_response(fieldwork)
    client.force_login(sunita)
    before = client.get("/surveys/2026/running/").context["response"]

    SurveyInvitation.objects.all().delete()
    page = client.get("/surveys/2026/running/")

    assert page.context["response"] == before
    assert "1 of 2 people have handed in" in page.content.decode()
    assert "deleted 90 days after the close" in page.content.decode()


def test_who_hands_in_while_levels_are_looked_at_keeps_theirs_and_the_others_are_saved(client, anna):
    fieldwork = a_running(is_open=True)
    one, late = an_invitation(fieldwork, name="Ola"), an_invitation(fieldwork, name="Lou")
    hand_in_for(late)
    client.force_login(anna)

    page = client.post("/surveys/2026/running/levels/", {f"level-{one.pk}": "1", f"level-{late.pk}": "3"}, follow=True)

    said = page.content.decode()
    assert "1 level changed. Lou has handed in meanwhile, with level 2, which stays." in said
    assert {each.name: each.level for each in SurveyInvitation.objects.exclude(name="")} == {"Ola": 1, "Lou": 2}


def test_who_runs_a_survey_finds_it_from_the_page_of_all_and_nobody_else_does(client, sunita):
    a_running(is_open=True)
    assert "/surveys/2026/running/" not in client.get("/surveys/").content.decode()
    client.force_login(sunita)

    assert "/surveys/2026/running/" in client.get("/surveys/").content.decode()
