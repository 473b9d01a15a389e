"""The figures of a published case study are checked by others, and asked for again."""

import datetime as dt
from decimal import Decimal
from unittest import mock

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from wagtail.models import PageViewRestriction

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.errors import Refused
from councils.models import Membership
from outbox.models import Message
from publishing import emails
from publishing.evidence import checker_of, evidence_level, with_replication
from publishing.evidence_facts import facts_of
from publishing.figures import figures_of
from publishing.follow_up_standing import standing_of_follow_ups
from publishing.following_up import (
    answer_check,
    answer_follow_up,
    ask_for_check,
    ask_for_follow_ups,
)
from publishing.models import CaseStudyPage, EvidenceCheck, FollowUp
from take_up.models import Benefit, Measurement
from take_up.operations import check_measurement
from take_up.permissions import can_answer_for_promise, promises_answered_for
from tests.factories.accounts import UserFactory, give_role
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory
from tests.factories.publishing import publish_case_study
from tests.factories.take_up import AdoptionFactory
from tests.publishing.bodies import body
from tests.publishing.drafts import fresh
from tests.publishing.published import COMPARED, PUBLISHED, at, published_with
from tests.publishing.test_evidence import measured_elsewhere

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
LATER = {"value": Decimal(271), "n": 3, "measured_on": dt.date(2040, 8, 1), "better": "lower"}


@pytest.fixture
def carol(surrey):
    """Of Surrey, an officer."""
    return MembershipFactory(person__name="Carol", person__email="carol@surrey.example", organisation=surrey).person


def test_somebody_of_another_organisation_checks_from_their_account_and_other_figures_end_it(
    study, amina, carol, client, signed_in
):
    check = ask_for_check(study, email=" Carol@surrey.example ", by=amina)
    assert evidence_level(fresh(study)).level == 2
    assert Message.objects.filter(kind="publishing.check_asked", person=carol).exists()

    page = signed_in(carol).get(f"/case-studies/{study.slug}/check/{check.pk}/").content.decode()
    assert "410 calls (1 March 2014, measured on 3)" in page
    done = client.post(f"/case-studies/{study.slug}/check/{check.pk}/", {"is_right": "yes"})
    assert done.status_code == 302

    check.refresh_from_db()
    assert (check.is_right, check.person, check.organisation.name) == (True, carol, "Surrey")
    assert check.revision == fresh(study).live_revision
    assert evidence_level(fresh(study)).level == 3
    assert "Carol, Surrey" in client.get(study.url).content.decode()
    with pytest.raises(Refused, match="answered already"):
        answer_check(check, is_right=True, by=carol)

    published_with(study, summary="Other words.")
    assert evidence_level(fresh(study)).level == 3
    published_with(study, after=250)
    check.refresh_from_db()
    assert check.ended_on is not None
    assert evidence_level(fresh(study)).level == 2
    with pytest.raises(Refused, match="Other figures"):
        answer_check(check, is_right=True, by=carol)


def test_what_is_wrong_is_said_to_whoever_asked(study, amina, carol):
    check = ask_for_check(study, email=carol.email, by=amina)
    with pytest.raises(Refused, match="what is wrong"):
        answer_check(check, is_right=False, by=carol)

    answer_check(check, is_right=False, reason="It was 310.", by=carol)

    assert evidence_level(fresh(study)).level == 2
    assert Message.objects.filter(kind="publishing.check_answered", person=amina).exists()


def test_nobody_of_the_council_no_author_no_candidate_and_nobody_else_checks(study, harlow, surrey, amina, carol):
    own = MembershipFactory(organisation=harlow).person
    candidate = MembershipFactory(organisation=surrey, state=Membership.State.CANDIDATE).person
    writer = MembershipFactory(organisation=surrey).person
    fresh(study).save_revision(user=writer)
    for person in (own, candidate, writer, amina, UserFactory()):
        with pytest.raises(Refused, match="Nobody with this address"):
            ask_for_check(study, email=person.email, by=amina)
    with pytest.raises(PermissionDenied):
        ask_for_check(study, email=own.email, by=carol)

    check = ask_for_check(study, email=carol.email, by=amina)
    with pytest.raises(PermissionDenied):
        answer_check(check, is_right=True, by=MembershipFactory(organisation=surrey).person)
    carol.memberships.update(state=Membership.State.ENDED)
    with pytest.raises(PermissionDenied):
        answer_check(check, is_right=True, by=type(carol).objects.get(pk=carol.pk))


def test_a_check_of_figures_that_say_nothing_of_why_they_are_wrong_is_no_answer(study, amina, carol):
    check = ask_for_check(study, email=carol.email, by=amina)
    for wrong in ({"is_right": True}, {"is_right": False, "answered_at": PUBLISHED}, {"asked_by": carol}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvidenceCheck.objects.filter(pk=check.pk).update(**wrong)


def letters():
    return Message.objects.filter(kind="publishing.still_running").count()


def test_it_is_asked_for_after_6_and_12_months_once_reminded_of_and_answered_in_one_form(
    study, amina, analyst, signed_in
):
    with at(5):
        assert ask_for_follow_ups() == 0
    with at(6):
        ask_for_follow_ups()
        ask_for_follow_ups()
        assert (FollowUp.objects.get().months, letters()) == (6, 1)
    with at(6, 16):
        ask_for_follow_ups()
        assert letters() == 2
    with at(6, 20):
        address = f"/case-studies/{study.slug}/still-running/"
        typed = {"is_running": "yes", "value": "271", "n": "3", "note": "Relief crews too.", "better": "lower"}
        day = {"measured_on_day": "1", "measured_on_month": "9", "measured_on_year": "2040"}
        assert "Latest figure" in signed_in(amina).get(address).content.decode()
        assert signed_in(amina).post(address, typed | day).status_code == 302
        ask_for_follow_ups()
        assert letters() == 2
        assert standing_of_follow_ups(study) == "Followed up September 2040, own figure"
        measured = study.own_promise.promise.measurements.get(value=271)
        with mock.patch.object(clock, "now", return_value=dt.datetime(2040, 10, 2, 12, tzinfo=dt.UTC)):
            check_measurement(measured, by=analyst)
        assert standing_of_follow_ups(study) == "Checked October 2040"
        assert study.own_promise.promise.__class__.objects.get().state == Benefit.State.PARTLY
        with pytest.raises(Refused, match="Nothing is asked"):
            answer_follow_up(study, is_running=False, by=amina)


def test_the_publisher_is_asked_once_the_author_has_left(study, amina, petra):
    amina.memberships.update(state=Membership.State.ENDED)
    with at(6):
        ask_for_follow_ups()

    assert petra.pk in Message.objects.filter(kind="publishing.still_running").values_list("person", flat=True)
    assert amina.pk not in Message.objects.filter(kind="publishing.still_running").values_list("person", flat=True)


def test_only_those_who_write_for_the_council_answer_and_only_with_a_whole_figure(study, amina, carol):
    with at(6):
        ask_for_follow_ups()
        with pytest.raises(PermissionDenied):
            answer_follow_up(study, is_running=False, by=carol)
        whole = LATER
        for wrong in (
            {"value": None},
            {"n": None},
            {"measured_on": None},
            {"measured_on": COMPARED["after_on"]},
            {"better": ""},
        ):
            with pytest.raises(Refused):
                answer_follow_up(study, is_running=True, by=amina, **{**whole, **wrong})
        answer_follow_up(study, is_running=False, by=amina)
        assert standing_of_follow_ups(study) == "Followed up September 2040: no longer running"


def test_an_answer_whose_figure_was_turned_down_is_no_follow_up(study, amina):
    with at(6, 20):
        ask_for_follow_ups()
        figure = LATER
        answer_follow_up(study, is_running=True, by=amina, **figure)
        Measurement.objects.filter(value=271).delete()
        assert standing_of_follow_ups(study) == ""


def test_a_council_that_is_not_to_be_named_is_only_counted(harlow, amina, surrey, luton):
    asset = AssetFactory(owner=harlow)
    page = publish_case_study(harlow, owner=amina, asset=asset, **COMPARED)
    measured_elsewhere(asset, surrey)
    measured_elsewhere(asset, surrey)
    measured_elsewhere(asset, luton)
    asset.adoptions.filter(council=surrey).update(may_be_listed=False)
    asset.adoptions.filter(council=luton).update(status="stopped")

    words = [fact.words for fact in facts_of(page)]

    assert words[1:] == ["used live by 1 other council, 1 measured the same", "Luton measured the same: 200 calls"]


def test_nobody_checks_for_another_organisation_who_also_belongs_to_the_council(study, harlow, amina, carol):
    MembershipFactory(person=carol, organisation=harlow)

    with pytest.raises(Refused, match="Nobody with this address"):
        ask_for_check(study, email=carol.email, by=amina)


def test_a_check_is_of_the_figures_and_their_note_and_of_no_draft_with_others(study, amina, carol):
    answer_check(ask_for_check(study, email=carol.email, by=amina), is_right=True, by=carol)
    draft = fresh(study)
    draft.after = 100
    assert evidence_level(draft).level == 2
    assert evidence_level(fresh(study)).level == 3

    page = published_with(study, figures_note="Of the town alone.")
    assert evidence_level(page).level == 2
    page.figures_note, page.measure = "n" * 600, "Calls"
    longer = figures_of(page)
    page.figures_note += "!"
    assert len(longer) == 500
    assert figures_of(page) != longer


def test_a_checker_without_a_name_is_a_former_member(study, amina, carol):
    answer_check(ask_for_check(study, email=carol.email, by=amina), is_right=True, by=carol)
    type(carol).objects.filter(pk=carol.pk).update(name="")

    assert checker_of(fresh(study)) == "a former member, Surrey"
    assert with_replication(CaseStudyPage.objects.all()).get().checker == "a former member, Surrey"


def test_no_message_about_a_case_study_that_is_not_on_the_site(study, amina, carol):
    check = ask_for_check(study, email=carol.email, by=amina)
    follow_up = FollowUp(case_study=study, months=6, asked_on=dt.date(2040, 9, 1))
    assert emails.check_asked.write(check, carol)
    CaseStudyPage.objects.filter(pk=study.pk).update(live=False)
    for waiting in (check, follow_up):
        waiting.case_study = fresh(study)

    assert emails.check_asked.write(check, carol) is None
    assert emails.still_running.write(follow_up, amina) is None
    check.answered_at = PUBLISHED
    assert emails.check_answered.write(check, amina) is None


def test_the_facts_stand_before_the_level_each_with_its_day_and_n(harlow, amina, surrey, luton, client):
    asset = AssetFactory(owner=harlow)
    page = publish_case_study(harlow, owner=amina, asset=asset, **COMPARED)
    measured_elsewhere(asset, surrey)
    AdoptionFactory(asset=asset, council=luton)
    Measurement.objects.create(
        promise=page.own_promise.promise, value=271, n=3, measured_on=dt.date(2016, 3, 1), reported_by=amina
    )

    words = [fact.words for fact in facts_of(page)]
    assert words == [
        "Calls about missed bins a month: 410 → 268 calls, own figures",
        "followed up 12 months later: 271",
        "used live by 2 other councils, 1 measured the same",
        "Surrey measured the same: 200 calls",
    ]
    assert all(fact.note for fact in facts_of(page))
    shown = client.get(page.url).content.decode()
    assert shown.index("410 → 268 calls") < shown.index("Evidence 4")


def test_a_case_study_says_of_its_figures_what_the_ledger_says_of_them(study, amina, analyst, client):
    claims, shown = "as what the council claims, until a later figure is checked there", body(client.get(study.url))
    assert claims in shown
    with at(6):
        ask_for_follow_ups()
        measured = answer_follow_up(study, is_running=True, by=amina, **LATER).measurement
    assert claims in body(client.get(study.url))

    check_measurement(measured, by=analyst)
    with at(12):
        shown = body(client.get(study.url))
        said = body(client.get(study.own_promise.promise.get_absolute_url()))

    assert claims not in shown
    for words in ("Partly kept", "Explanation asked of Harlow since"):
        assert words in shown
        assert words in said
    assert 'lda-tag--green">Checked' not in " ".join(shown.split())


def test_the_ledger_says_who_verified_the_figure_of_a_case_study(study, amina, carol, client):
    unchecked, address = "Nobody has checked it here yet", study.own_promise.promise.get_absolute_url()
    assert unchecked in body(client.get(address))

    answer_check(ask_for_check(study, email=carol.email, by=amina), is_right=True, by=carol)

    shown = body(client.get(address))
    assert "It was verified for its case study by Carol, Surrey. Here it counts as what the case study claims." in shown
    assert unchecked not in shown
    with at(6):
        ask_for_follow_ups()
        answer_follow_up(study, is_running=True, by=amina, **LATER)
    assert unchecked in body(client.get(address)), "of the later figure"


def test_a_correction_leaves_what_a_follow_up_gave(study, amina):
    with at(6):
        ask_for_follow_ups()
        answer_follow_up(study, is_running=True, by=amina, **LATER)
    published_with(study, before=420)
    assert set(Measurement.objects.values_list("value", flat=True)) == {268, 271}

    with at(6):
        published_with(study, after=280, after_on=dt.date(2040, 8, 1))
        published_with(study, before=430)
    assert list(Measurement.objects.values_list("value", flat=True)) == [271]
    assert Benefit.objects.get().claimed == 280


def test_a_follow_up_of_other_figures_than_the_promise_takes_none_and_closes_the_older_question(study, amina):
    FollowUp.objects.create(case_study=study, months=6, asked_on=dt.date(2040, 9, 1))
    FollowUp.objects.create(case_study=study, months=12, asked_on=dt.date(2041, 3, 1))
    figure = {"value": Decimal(271), "n": 3, "measured_on": dt.date(2041, 3, 1)}
    with at(12, 5):
        for other in ({"measure": "Letters"}, {"after_unit": "letters"}, {"after": None, "after_on": None}):
            CaseStudyPage.objects.filter(pk=study.pk).update(**other)
        with pytest.raises(Refused, match="no longer says"):
            answer_follow_up(study, is_running=True, by=amina, **figure)
        answer_follow_up(study, is_running=True, by=amina)

    assert not study.follow_ups.filter(answered_on=None).exists()


def test_a_page_without_a_day_takes_a_later_figure_than_its_promise(study, amina):
    FollowUp.objects.create(case_study=study, months=6, asked_on=dt.date(2040, 9, 1))
    CaseStudyPage.objects.filter(pk=study.pk).update(after=None, after_on=None)
    with at(6), pytest.raises(Refused, match="1 March 2015"):
        answer_follow_up(study, is_running=True, by=amina, value=1, n=3, measured_on=COMPARED["after_on"])


@pytest.mark.parametrize("figure", [{}, LATER])
def test_the_note_to_readers_stands_on_the_page_escaped(study, amina, client, figure):
    with at(6):
        ask_for_follow_ups()
        answer_follow_up(study, is_running=bool(figure), by=amina, note="Relief <b>crews</b> too.", **figure)
        assert "Relief &lt;b&gt;crews&lt;/b&gt; too." in client.get(study.url).content.decode()


def test_a_restricted_page_is_not_asked_and_the_secretariat_is_where_nobody_else_can_be(study, harlow):
    restriction = PageViewRestriction.objects.create(page=study, restriction_type=PageViewRestriction.LOGIN)
    with at(6):
        ask_for_follow_ups()
        assert not FollowUp.objects.exists()
        restriction.delete()
        harlow.memberships.update(state=Membership.State.ENDED)
        ask_for_follow_ups()
        assert not FollowUp.objects.exists()

        secretary = give_role(UserFactory(), Role.SECRETARIAT)
        ask_for_follow_ups()
        assert Message.objects.get(kind="publishing.still_running").person == secretary
        answer_follow_up(study, is_running=False, by=secretary)


def test_the_council_answers_for_the_promise_while_it_stands_and_nobody_who_left(study, harlow, amina, carol):
    promise, other = study.own_promise.promise, MembershipFactory(organisation=harlow).person
    assert can_answer_for_promise(other, promise)
    assert list(promises_answered_for(other)) == [promise]
    assert not can_answer_for_promise(carol, promise)
    assert not can_answer_for_promise(AnonymousUser(), promise)

    amina.memberships.update(state=Membership.State.ENDED)
    assert not can_answer_for_promise(User.objects.get(pk=amina.pk), promise)
    CaseStudyPage.objects.filter(pk=study.pk).update(withdrawn_on=dt.date(2040, 4, 1), withdrawn_reason="Wrong.")
    assert not promises_answered_for(User.objects.get(pk=other.pk)).exists()


def test_a_check_of_older_days_holds_however_decimals_are_said_today(harlow):
    page = publish_case_study(harlow, **COMPARED | {"after": Decimal("18.50")})

    assert figures_of(page).endswith("→ 18.50 calls (1 March 2015, measured on 3)")
