"""Whatever people send: a sentence beside the field, what they typed kept, nothing half saved, never a 500."""

import pytest

from projects.models import Need
from tests.factories.councils import MembershipFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory, ProjectFactory, PrototypeFactory

GOOD = {"title": "Report a missed bin", "who_for": "Residents", "what": "To say so without calling."}


@pytest.fixture
def send(signed_in, amina, harlow):
    """A function: a new need with these words, and the page that answers."""

    def post(**words):
        return signed_in(amina).post("/needs/new/", {"council": harlow.pk, **GOOD, **words}, follow=True)

    return post


def test_a_script_is_shown_as_the_words_it_is(send):
    page = send(title="<script>alert(1)</script>", what="<img src=x onerror=alert(1)>").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_control_characters_and_direction_marks_are_taken_out_and_emoji_stay(send):
    send(title="Bins\u202e gnp.exe\x07 🗑️", who_for="A\u200bB")

    need = Need.objects.get()
    assert need.title == "Bins gnp.exe 🗑️"
    assert need.who_for == "AB"


def test_a_title_of_nothing_but_marks_is_no_title(send):
    assert "Say what the need is, in one line." in send(title="\u202e\u200b\x07").content.decode()
    assert not Need.objects.exists()


def test_ten_thousand_words_are_refused_and_kept_in_the_form(send):
    page = send(what="word " * 10_000).content.decode()

    assert "10,000 words" in page or "2000 characters" in page or "2,000 characters" in page
    assert "word word word" in page
    assert not Need.objects.exists()


def test_a_line_that_is_too_long_is_refused(send):
    page = send(title="x" * 121).content.decode()

    assert "121" in page
    assert "x" * 121 in page
    assert not Need.objects.exists()


def test_line_breaks_in_a_line_become_spaces(send):
    send(title="Report\r\na missed\tbin")

    assert Need.objects.get().title == "Report a missed bin"


@pytest.mark.parametrize("service", ["0", "x", "99999999999999999999999", "\0", "1; drop table", "-1"])
def test_a_service_that_is_not_in_the_list_is_refused_beside_its_field(send, service):
    response = send(service=service)

    assert "service" in response.context["form"].errors
    assert not Need.objects.exists()


def test_a_body_without_any_field_is_a_form_with_errors(signed_in, amina):
    response = signed_in(amina).post("/needs/new/", {"surprise": "yes"})

    assert response.status_code == 422
    assert {"title", "who_for", "what"} <= set(response.context["form"].errors)


def test_a_body_that_is_no_form_is_a_form_with_errors(signed_in, amina):
    response = signed_in(amina).post("/needs/new/", b'{"title": 1}', content_type="application/json")

    assert response.status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "/needs/%00/",
        "/needs/..%2f..%2fetc%2fpasswd/",
        "/needs/" + "x" * 500 + "/",
        "/needs/%F0%9F%9A%80/",
        "/discoveries/%27%20or%201=1/",
        "/projects/%E2%80%AE/",
        "/prototypes/none/",
    ],
)
def test_addresses_that_are_nothing_are_not_found(client, db, address):
    assert client.get(address).status_code == 404


def test_methods_that_are_not_offered_are_refused(client, db):
    need = NeedFactory()

    assert client.put(need.get_absolute_url()).status_code == 405
    assert client.delete("/needs/").status_code == 405


def test_get_changes_nothing(signed_in, fatima, harlow):
    MembershipFactory(person=fatima, organisation=harlow)
    need, discovery, project = NeedFactory(council=harlow), DiscoveryFactory(), ProjectFactory(lead_council=harlow)
    prototype, client = PrototypeFactory(), signed_in(fatima)
    before = [list(type(each).objects.values()) for each in (need, discovery, project, prototype)]

    for record, actions in (
        (need, ["", "join/", "leave/harlow/", "how-it-looks/harlow/", "edit/", "withdraw/", "merge/", "gather/"]),
        (discovery, ["", "end-step/", "prototype/", "issue/", "stop/"]),
        (prototype, ["", "edit/", "outline/"]),
        (project, ["", "edit/", "finish/", "launch/", "stop/", "update/", "business-case/", "business-case/submit/"]),
    ):
        for action in actions:
            assert client.get(record.get_absolute_url() + action).status_code in {200, 405}, action

    assert [list(type(each).objects.values()) for each in (need, discovery, project, prototype)] == before


def test_what_people_wrote_is_shown_without_their_markup_on_every_page(client, db):
    evil = "<b onmouseover=alert(1)>bold</b>"
    need = NeedFactory(title=evil, what=evil, evidence=evil, who_for=evil)
    discovery = DiscoveryFactory(title=evil, summary=evil, step="stopped", stopped_on="2015-01-01", lesson=evil)
    project = ProjectFactory(title=evil, summary=evil)
    prototype = PrototypeFactory(title=evil, summary=evil, made_by=evil)

    for record in (need, discovery, project, prototype):
        assert "<b onmouseover" not in client.get(record.get_absolute_url()).content.decode()
    for address in ("/needs/", "/discoveries/", "/projects/", "/needs/similar?q=onmouseover+alert+bold"):
        assert "<b onmouseover" not in client.get(address).content.decode()
