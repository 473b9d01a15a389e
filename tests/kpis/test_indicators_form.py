"""The form in which a council returns its figures: what was typed is kept for what its page showed, or told of."""

import pytest

from councils.kinds import Tier
from councils.models import Organisation, Service
from kpis.indicators.operations import choose_top_services
from kpis.models import ServiceReturn, TopService
from tests.kpis.filled import typed

pytestmark = pytest.mark.django_db


def test_an_officer_returns_the_figures_of_a_quarter_by_the_form(desk, council, services):
    page = desk.get(f"/councils/{council.slug}/indicators/return/?quarter=").content.decode()
    assert "Parking permits of old" in page

    sent = {"completed-1": "1,850", "completed_web-1": "1000", "for_comparison_only-1": "on", "completed-2": "7"}
    answer = desk.post(f"/councils/{council.slug}/indicators/return/", sent)

    assert answer.url == f"/councils/{council.slug}/indicators/"
    found = {one.service: (one.completed, one.for_comparison_only) for one in ServiceReturn.objects.all()}
    assert found == {services[0]: (1850, True), services[1]: (7, False)}


def test_why_it_is_corrected_is_asked_only_where_something_stands(desk, council, services):
    form = f"/councils/{council.slug}/indicators/return/"
    desk.post(form, {"completed-1": "9"})

    page = desk.get(form).content.decode()

    assert 'name="reason-1"' in page
    assert 'name="reason-2"' not in page


def test_numbers_that_somebody_takes_out_of_the_form_are_taken_back_with_a_reason(desk, council, services):
    form = f"/councils/{council.slug}/indicators/return/"
    desk.post(form, {"completed-1": "9", "completed-2": "7"})

    unsaid = desk.post(form, typed(desk, form, **{"completed-2": "7"}))
    desk.post(form, typed(desk, form, **{"completed-2": "7", "reason-1": "It was another council's"}))

    assert unsaid.status_code == 422
    stands = ServiceReturn.objects.get(service=services[0], replaced_at=None)
    assert (stands.completed, stands.version, stands.reason) == (None, 2, "It was another council's")
    assert desk.get("/services/returns/?format=csv").getvalue().decode().count(services[0].name) == 0


def test_figures_are_kept_for_the_service_beside_which_they_were_typed(desk, council, services, officer):
    form = f"/councils/{council.slug}/indicators/return/"
    sent = typed(desk, form, **{"completed-1": "1000", "completed-2": "7"})

    choose_top_services(council, by=officer, services=services[1:])
    answer = desk.post(form, sent)

    assert answer.status_code == 302
    assert {one.service: one.completed for one in ServiceReturn.objects.all()} == {services[0]: 1000, services[1]: 7}


def test_an_old_page_neither_publishes_nor_changes_a_version_that_it_did_not_show(desk, council, services, officer):
    form = f"/councils/{council.slug}/indicators/return/"
    desk.post(form, {"completed-1": "9"})
    old = typed(desk, form, **{"completed-1": "8", "reason-1": "A slip"})
    hidden = {"completed-1": "10", "reason-1": "Counted anew", "for_comparison_only-1": "on"}
    desk.post(form, typed(desk, form, **hidden))

    answer = desk.post(form, old)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Version 2 came in since you opened this page, and is for comparison only" in page
    assert 'value="8"' in page
    assert 'value="A slip"' in page
    stands = ServiceReturn.objects.get(replaced_at=None)
    assert (stands.version, stands.completed, stands.for_comparison_only) == (2, 10, True)

    again = {**old, "shown": answer.context["form"].shown, "for_comparison_only-1": "on"}
    assert desk.post(form, again).status_code == 302
    assert ServiceReturn.objects.get(replaced_at=None).completed == 8


def test_a_service_that_the_council_provides_no_more_takes_no_other_ones_place(desk, council, services):
    """As where the directory had its type wrong: what was typed for the next service stays there."""
    form = f"/councils/{council.slug}/indicators/return/"
    sent = typed(desk, form, **{"completed-1": "1111", "completed-2": "2222"})
    Service.objects.filter(pk=services[0].pk).update(providing_tier=Tier.COUNTY)  # where the council is a district

    answer = desk.post(form, sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{services[0].name}, service: " in page
    assert not ServiceReturn.objects.exists()
    left = {name: value for name, value in sent.items() if name != "completed-1"}
    assert desk.post(form, {**left, "shown": answer.context["form"].shown}).status_code == 302
    assert {one.service: one.completed for one in ServiceReturn.objects.all()} == {services[1]: 2222}


def test_a_service_that_is_here_no_more_is_told_and_nothing_moves_up(desk, council, services):
    form = f"/councils/{council.slug}/indicators/return/"
    sent = typed(desk, form, **{"completed-1": "1111", "completed-2": "2222"})
    TopService.objects.filter(service=services[0]).delete()
    services[0].delete()

    answer = desk.post(form, sent)

    assert answer.status_code == 422
    assert "A service that this page showed is not here any more. Nothing was saved" in answer.content.decode()
    assert not ServiceReturn.objects.exists()
    again = {**sent, "shown": answer.context["form"].shown}
    assert desk.post(form, again).status_code == 302
    assert {one.service.pk: one.completed for one in ServiceReturn.objects.all()} == {services[1].pk: 2222}


@pytest.mark.parametrize("elsewhere", ["in another box", "in the address"])
def test_what_is_wrong_elsewhere_does_not_let_an_old_page_publish_what_was_hidden_since(
    desk, council, services, elsewhere
):
    form = f"/councils/{council.slug}/indicators/return/"
    desk.post(form, {"completed-1": "9"})
    old = typed(desk, form, **{"completed-1": "8", "reason-1": "A slip"})
    hidden = {"completed-1": "10", "reason-1": "Counted anew", "for_comparison_only-1": "on"}
    desk.post(form, typed(desk, form, **hidden))

    if elsewhere == "in another box":
        first = desk.post(form, {**old, "reason-1": "x" * 201})
    else:
        first = desk.post(f"{form}?quarter=2001-q1", old)
    again = desk.post(form, {**old, "shown": first.context["form"].shown})

    assert (first.status_code, again.status_code) == (422, 422)
    assert "Version 2 came in since you opened this page, and is for comparison only" in again.content.decode()
    # The tick that was set since comes back set, so that sending it again as told publishes nothing.
    assert again.context["form"]["for_comparison_only-1"].value()
    assert ServiceReturn.objects.get(replaced_at=None).for_comparison_only


@pytest.mark.parametrize("kind", ["county", "unitary"])
def test_a_return_says_what_kind_of_council_it_came_from(desk, council, services, kind):
    Organisation.objects.filter(pk=council.pk).update(kind=kind)

    desk.post(f"/councils/{council.slug}/indicators/return/", {"completed-1": "9"})

    assert ServiceReturn.objects.get().council_kind == kind


@pytest.mark.parametrize("shown", ["", ",,:", "\0,:"])
def test_a_page_that_does_not_say_what_it_showed_is_of_the_list(desk, council, services, shown):
    answer = desk.post(f"/councils/{council.slug}/indicators/return/", {"completed-1": "9", "shown": shown})

    assert answer.status_code == 302
    assert ServiceReturn.objects.get().service == services[0]


@pytest.mark.parametrize("shown", ["moon:1", "x" * 9_000, "moon:1,moon:1,~2"])
def test_services_that_somebody_made_up_for_the_page_break_nothing(desk, council, services, shown):
    answer = desk.post(f"/councils/{council.slug}/indicators/return/", {"completed-1": "9", "shown": shown})

    assert answer.status_code == 422
    assert not ServiceReturn.objects.exists()
