"""What moving visits to another channel saves, with its working, and into which business case it goes."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import Refused
from kpis.shift.operations import put_shift_into_case
from kpis.shift.sums import CAVEAT, COSTS_2011, FACE, PHONE, WEB, shift_of
from projects.models import BusinessCase, Project
from tests.factories.projects import BusinessCaseFactory, ProjectFactory

ADDRESS = "/services/channel-shift/"
CALLS = shift_of(COSTS_2011, [(100_000, PHONE, WEB)])


@pytest.fixture
def draft(db, harlow):
    project = ProjectFactory(lead_council=harlow, stage=Project.Stage.CO_DEVELOP)
    return BusinessCaseFactory(project=project, summary="Calls become clicks.")


def page(client, query=""):
    return client.get(f"{ADDRESS}{query}")


def test_100_000_calls_to_the_web_save_268_000_pounds():
    assert CALLS.saved == 268_000
    assert CALLS.moves[0].working == "100,000 × (£2.83 − £0.15) = £268,000"


def test_10_000_visits_at_the_counter_to_the_web_save_84_700_pounds():
    assert shift_of(COSTS_2011, [(10_000, FACE, WEB)]).figure.with_unit == "£84,700"


def test_moves_add_up_and_a_dearer_channel_costs():
    both = shift_of(COSTS_2011, [(100_000, PHONE, WEB), (10_000, FACE, WEB)])
    back = shift_of(COSTS_2011, [(10, WEB, PHONE)])

    assert both.saved == 352_700
    assert "Together: £352,700." in both.in_words
    assert back.saved == Decimal("-26.80")
    assert back.moves[0].working.endswith("= −£26.80, which costs £26.80 more")


@pytest.mark.django_db
def test_a_move_that_costs_more_is_nowhere_said_to_save(client):
    said = page(client, "?volume_1=10&from_1=web&to_1=phone").content.decode()

    assert "costs £26.80 more" in said
    assert "more a year than today: it costs more" in said
    assert "saved a year" not in said


@pytest.mark.django_db
def test_the_page_begins_with_the_costs_of_2011_and_always_prints_the_caveat(client):
    first, wrong = page(client).content.decode(), page(client, "?volume_1=much").content.decode()

    assert "£268,000" in first
    assert first.count(CAVEAT) >= 3  # under the figure, below the working, in what is copied
    assert CAVEAT in wrong
    assert "Enter a whole number from 0" in wrong
    assert 'value="much"' in wrong


@pytest.mark.django_db
def test_costs_can_be_changed_and_then_are_not_said_to_be_of_2011(client):
    said = page(client, "?cost_phone=3&volume_1=1,000&from_1=phone&to_1=web").context["shift"]

    assert said.saved == 2850
    assert "Socitm" not in said.in_words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("volume_1=-5&from_1=phone&to_1=web", "Enter a whole number from 0"),
        ("volume_1=1,2oo&from_1=phone&to_1=web", "Enter a whole number from 0"),
        ("volume_1=5&from_1=web&to_1=web", "They are there already: choose another channel than web."),
        ("volume_1=5&from_1=pigeon&to_1=web", "Choose face to face, phone or web."),
        ("volume_1=5&from_1=phone&to_1=web&volume_2=7", "Choose the channel that they move from"),
        ("volume_1=5&from_1=phone&to_1=web&from_2=web", "Say how many visits move"),
        ("volume_1=5&from_1=phone&to_1=web&cost_web=1.2m", "Enter what a visit costs"),
        ("volume_1=5&from_1=phone&to_1=web&cost_web=1e99999", "Enter what a visit costs"),
    ],
)
def test_what_cannot_be_is_said_beside_its_box(client, query, sentence):
    response = page(client, f"?{query}")

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "shift" not in response.context


@pytest.mark.django_db
def test_the_file_has_the_caveat_above_its_rows_and_in_each(client):
    text = page(client, "?volume_1=100000&from_1=phone&to_1=web&format=csv").content.decode("utf-8-sig")

    assert f"What channel shift would save. {CAVEAT}" in text.splitlines()[0]
    assert f'phone,web,100000,2.83,0.15,268000.00,"{CAVEAT}"' in text


def test_the_saving_goes_into_the_words_of_a_draft_once_and_leaves_its_figures(draft, grace):
    before = draft.volume
    for _ in range(2):
        put_shift_into_case(draft.project, by=grace, shift=CALLS)

    draft.refresh_from_db()

    assert draft.summary.startswith("Calls become clicks.\n\nChannel shift.")
    assert draft.summary.count("£268,000") == 1
    assert CAVEAT in draft.summary
    assert draft.volume == before


def test_only_who_writes_the_case_puts_it_there_and_only_into_a_draft_with_room(draft, ben, grace):
    with pytest.raises(PermissionDenied):
        put_shift_into_case(draft.project, by=ben, shift=CALLS)
    BusinessCase.objects.update(summary="word " * 599)
    with pytest.raises(Refused, match="words of this case are full"):
        put_shift_into_case(draft.project, by=grace, shift=CALLS)
    BusinessCase.objects.all().delete()
    with pytest.raises(Refused, match="no draft of a business case"):
        put_shift_into_case(draft.project, by=grace, shift=CALLS)


def test_the_page_offers_only_projects_with_a_draft_of_ones_own(draft, grace, client):
    other = BusinessCaseFactory(project=ProjectFactory(stage=Project.Stage.CO_DEVELOP)).project
    client.force_login(grace)
    address = f"{reverse('kpis:shift_into_case')}?volume_1=100000&from_1=phone&to_1=web"

    refused = client.post(address, {"project": other.pk})
    done = client.post(address, {"project": draft.project.pk})

    assert refused.status_code == 422
    assert "Choose one of the projects with a draft that you may write." in refused.content.decode()
    assert done["Location"] == reverse("projects:case_edit", args=[draft.project.slug])
    draft.refresh_from_db()
    assert "£268,000" in draft.summary
