"""Whoever is signed in reports a problem; the owner's people are asked once and answer in words; the asset stays."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from assets_registry.health.operations import MOST_A_DAY, answer_problem, report_problem
from assets_registry.models import Asset, ProblemReport
from audit.models import AuditEvent
from core.errors import Refused
from councils.models import Membership
from outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(harlow):
    return MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person


@pytest.fixture
def asset(harlow):
    return AssetFactory(owner=harlow, slug="bins")


def reported(asset, by=None, reason="link", note="Not there."):
    return report_problem(asset, by=by or UserFactory(), reason=reason, note=note)


def test_from_the_page_to_the_answer_without_a_script(signed_in, asset, ben, publisher, deliver):
    """O9: reason and note; a task and one mail; mended in a sentence, which the reporter gets."""
    page = signed_in(ben).get("/assets/bins/").content.decode()
    assert '"/assets/bins/report/"' in page
    answer = signed_in(ben).post("/assets/bins/report/", {"reason": "link", "note": "The link is dead."})
    assert answer.status_code == 302
    report = ProblemReport.objects.get()
    assert {each.to[0] for each in deliver()} == {publisher.email}

    home = signed_in(publisher).get("/").content.decode()
    assert "The link is dead." in home
    assert f"/assets/problems/{report.pk}/answer/" in home
    assert "1 reported problem to answer" in signed_in(publisher).get("/assets/bins/").content.decode()
    sent = {"outcome": "mended", "answer": "It leads to the new place now."}
    assert signed_in(publisher).post(f"/assets/problems/{report.pk}/answer/", sent).status_code == 302

    [message] = deliver()
    assert message.to == [ben.email]
    assert "It leads to the new place now." in message.body
    assert "problem to answer" not in signed_in(publisher).get("/assets/bins/").content.decode()
    assert AuditEvent.objects.filter(action__startswith="assets_registry.problem_").count() == 2


def test_nothing_typed_is_lost(signed_in, asset, ben):
    page = signed_in(ben).post("/assets/bins/report/", {"reason": "", "note": "A long story."})

    assert page.status_code == 422
    assert "A long story." in page.content.decode()
    assert "Choose what is wrong." in page.content.decode()


def test_a_stranger_is_led_to_sign_in(client, asset):
    assert "/accounts/login/" in client.get("/assets/bins/report/").url


def test_the_asset_stays_visible_and_others_do_not_see_what_was_reported(client, asset):
    reported(asset, note="The author is a fool.")

    page = client.get("/assets/bins/").content.decode()

    assert "The author is a fool." not in page
    assert "to answer" not in page


def test_many_reports_make_one_message_until_all_are_answered(asset, publisher, deliver):
    reports = [reported(asset, note=f"Number {number}.") for number in range(3)]
    assert Message.objects.filter(kind="assets_registry.problem_reported").count() == 1
    [message] = deliver()
    assert all(f"Number {number}." in message.body for number in range(3))

    for report in reports:
        answer_problem(report, by=publisher, outcome="mended", answer="Done.")
    reported(asset)

    assert Message.objects.filter(kind="assets_registry.problem_reported").count() == 2


def test_where_the_owner_has_nobody_the_secretariat_hears(asset, sunita, deliver):
    reported(asset)

    assert [each.to[0] for each in deliver()] == [sunita.email]


def test_one_open_report_of_a_reason_per_person_in_operation_and_database(asset, ben):
    first = reported(asset, by=ben)
    with pytest.raises(Refused, match="already"):
        reported(asset, by=ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProblemReport.objects.create(asset=asset, reported_by=ben, reason=first.reason, note="Again.")
    reported(asset, by=ben, reason="wrong")


def test_nobody_reports_without_end(asset, ben):
    for _ in range(MOST_A_DAY):
        reported(AssetFactory(), by=ben)

    with pytest.raises(Refused, match="tomorrow"):
        reported(asset, by=ben)


def test_an_answer_is_a_sentence_and_given_once(asset, publisher):
    report = reported(asset)

    with pytest.raises(Refused, match="sentence"):
        answer_problem(report, by=publisher, outcome="mended", answer="  ")
    with pytest.raises(Refused, match="whether"):
        answer_problem(report, by=publisher, outcome="open", answer="Hm.")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProblemReport.objects.filter(pk=report.pk).update(state="mended")
    answer_problem(report, by=publisher, outcome="no_problem", answer="It works.")
    with pytest.raises(Refused, match="before"):
        answer_problem(report, by=publisher, outcome="mended", answer="Again.")


def test_others_neither_answer_nor_report_what_is_not_published(signed_in, asset, ben, carlos):
    report = reported(asset)

    with pytest.raises(PermissionDenied):
        answer_problem(report, by=carlos, outcome="mended", answer="Done.")
    assert signed_in(carlos).get(f"/assets/problems/{report.pk}/answer/").status_code == 404
    assert signed_in(carlos).get("/assets/bins/problems/").status_code == 403
    with pytest.raises(PermissionDenied):
        reported(AssetFactory(state="draft", published_at=None), by=ben)


def test_what_is_reported_is_never_markup(signed_in, asset, publisher):
    reported(asset, note="<script>alert(1)</script>")

    assert "<script>alert" not in signed_in(publisher).get("/assets/bins/problems/").content.decode()


def test_the_page_of_problems_asks_as_often_for_many_as_for_one(asked, signed_in, asset, publisher):
    browser = signed_in(publisher)
    reported(asset)
    with asked() as few:
        browser.get("/assets/bins/problems/")
    for _ in range(10):
        reported(asset)
    with asked() as many:
        browser.get("/assets/bins/problems/")

    assert len(many) == len(few)


def test_of_what_was_withdrawn_since_its_page_was_read_nothing_is_reported(asset, ben):
    Asset.objects.filter(pk=asset.pk).update(state=Asset.State.WITHDRAWN)

    with pytest.raises(PermissionDenied):
        reported(asset, by=ben)
    assert not ProblemReport.objects.exists()
