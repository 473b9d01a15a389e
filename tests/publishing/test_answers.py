"""We have done this: a council links what it has published with a need, and whoever has the need hears of it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from core.errors import Refused
from councils.models import Membership
from outbox.models import Message
from publishing.models import NeedAnswer
from publishing.operations import answer_need, take_answer_off
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory
from tests.factories.projects import NeedFactory
from tests.factories.publishing import publish_case_study
from tests.publishing.drafts import draft_of

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def need(carlos, surrey):
    """Raised by Carlos for Surrey."""
    return NeedFactory(title="Bin days", council=surrey, raised_by=carlos)


@pytest.fixture
def asset(harlow):
    return AssetFactory(name="Bin day texts", owner=harlow)


def test_an_asset_and_a_case_study_stand_on_the_page_as_done_elsewhere(need, asset, amina, harlow, client):
    study = publish_case_study(harlow, title="Fewer calls about bins")
    answer_need(need, asset, by=amina)
    answer_need(need, study, by=amina)

    page = client.get(need.get_absolute_url()).content.decode()

    done = page.split("Done elsewhere</h2>")[1].split("</section>")[0]
    assert f'href="{asset.get_absolute_url()}">Bin day texts</a>' in done
    assert f'href="{study.get_absolute_url()}">Fewer calls about bins</a>' in done
    assert "Asset · Harlow (district)" in done
    assert "Case study · Harlow (district)" in done


def test_of_many_answers_the_newest_stand_on_the_page_and_it_says_so(need, asset, amina, harlow, client, monkeypatch):
    monkeypatch.setattr("publishing.panels.MOST_ANSWERS", 1)
    answer_need(need, asset, by=amina)
    assert "These are the newest" not in client.get(need.get_absolute_url()).content.decode()
    answer_need(need, AssetFactory(name="Bin day calls", owner=harlow), by=amina)

    page = client.get(need.get_absolute_url()).content.decode()

    assert "These are the newest 1." in page
    assert "Bin day calls</a>" in page
    assert "Bin day texts</a>" not in page


@pytest.mark.parametrize("kind", ["asset", "case study"])
def test_whoever_has_the_need_is_told_once(need, asset, amina, carlos, harlow, kind):
    record = asset if kind == "asset" else publish_case_study(harlow)
    answer = answer_need(need, record, by=amina)
    take_answer_off(answer, by=amina)
    answer_need(need, record, by=amina)

    move = need.moves.get()
    assert (move.what, move.title, move.path) == ("done", f"{record} (Harlow)", record.get_absolute_url())
    assert move.path.startswith("/")
    message = Message.objects.get(kind="projects.need_moved")
    assert (message.about_id, message.person) == (move.pk, carlos)


def test_it_stands_once_however_often_it_is_said(need, asset, amina):
    assert answer_need(need, asset, by=amina) == answer_need(need, asset, by=amina)

    assert AuditEvent.objects.filter(action="publishing.answered_need").count() == 1
    for wrong in ({"asset": asset}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NeedAnswer.objects.create(need=need, linked_by=amina, **wrong)


def test_another_councils_asset_a_draft_and_a_closed_need_are_refused(need, asset, amina, carlos, harlow):
    with pytest.raises(PermissionDenied):
        answer_need(need, asset, by=carlos)
    for unpublished in (AssetFactory(owner=harlow, state="draft", published_at=None), draft_of(harlow, amina)):
        with pytest.raises(Refused, match="not published"):
            answer_need(need, unpublished, by=amina)
    need.state, need.state_reason = "withdrawn", "Solved"
    need.save()
    with pytest.raises(Refused, match="no longer open"):
        answer_need(need, asset, by=amina)
    assert not NeedAnswer.objects.exists()


def test_what_is_withdrawn_is_no_longer_shown(need, asset, amina, harlow, client):
    study = publish_case_study(harlow, title="Fewer calls about bins")
    answer_need(need, asset, by=amina)
    answer_need(need, study, by=amina)
    asset.state = "withdrawn"
    asset.save()
    study.withdrawn_on, study.withdrawn_reason = dt.date(2026, 1, 1), "Wrong figures"
    study.save()

    assert "Done elsewhere" not in client.get(need.get_absolute_url()).content.decode()


def test_a_member_chooses_among_what_the_council_has_published(need, asset, signed_in, amina, surrey, harlow):
    others, draft = (
        AssetFactory(owner=surrey, name="Of Surrey"),
        AssetFactory(owner=harlow, state="draft", name="Draft"),
    )
    client, address = signed_in(amina), f"{need.get_absolute_url()}done/"
    assert f'href="{address}"' in client.get(need.get_absolute_url()).content.decode()

    page = client.get(address).content.decode()
    wrong = client.post(address, {"answer": f"asset-{others.pk}"})
    client.post(address, {"answer": f"asset-{asset.pk}"})

    assert "Bin day texts (asset, Harlow)" in page
    assert others.name not in page
    assert draft.name not in page
    assert wrong.status_code == 422
    assert [answer.asset for answer in need.answers.all()] == [asset]
    assert "Bin day texts" not in client.get(address).content.decode()


def test_a_council_that_has_published_nothing_is_shown_how(need, signed_in, amina):
    page = signed_in(amina).get(f"{need.get_absolute_url()}done/").content.decode()

    assert "Your council has published nothing to link yet" in page
    assert 'href="/assets/register/"' in page
    assert 'href="/case-studies/new/"' in page


def test_a_stranger_is_led_through_sign_in_and_somebody_without_a_council_is_not_offered_it(
    need, client, signed_in, ben
):
    address = f"{need.get_absolute_url()}done/"

    assert f'href="{address}"' in client.get(need.get_absolute_url()).content.decode()
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
    assert f'href="{address}"' not in signed_in(ben).get(need.get_absolute_url()).content.decode()
    assert signed_in(ben).get(address).status_code == 403


def test_whoever_linked_it_and_the_lead_take_it_off_after_being_asked(need, asset, signed_in, amina, grace, harlow):
    colleague = MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person
    for person, may in ((colleague, False), (amina, True), (grace, True)):
        answer = answer_need(need, asset, by=amina)
        address = f"{need.get_absolute_url()}done/{answer.pk}/"
        client = signed_in(person)

        assert (address in client.get(need.get_absolute_url()).content.decode()) == may
        assert client.get(address).status_code == (200 if may else 403)
        assert need.answers.exists()
        assert client.post(address).status_code == (302 if may else 403)
        assert need.answers.exists() != may
        if may:
            assert client.post(address)["Location"] == need.get_absolute_url()


def test_whoever_linked_it_and_left_the_council_no_longer_takes_it_off(need, asset, signed_in, amina, harlow):
    answer = answer_need(need, asset, by=amina)
    harlow.memberships.filter(person=amina).update(role=Membership.Role.READER)

    assert f"done/{answer.pk}/" not in signed_in(amina).get(need.get_absolute_url()).content.decode()
    with pytest.raises(PermissionDenied):
        take_answer_off(answer, by=type(amina).objects.get(pk=amina.pk))


def test_the_council_that_raised_a_need_does_not_answer_it_as_done_elsewhere(asset, signed_in, amina, harlow):
    own = NeedFactory(council=harlow)
    client, address = signed_in(amina), f"{own.get_absolute_url()}done/"

    assert address not in client.get(own.get_absolute_url()).content.decode()
    assert "Harlow raised this need." in client.get(address).content.decode()
    assert client.post(address, {"answer": f"asset-{asset.pk}"}).status_code == 422
    with pytest.raises(Refused, match="Harlow raised this need"):
        answer_need(own, asset, by=amina)
