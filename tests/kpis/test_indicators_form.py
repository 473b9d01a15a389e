"""The form in which a council returns its figures: what was typed is kept for what its page showed, or told of."""

import datetime as dt

import pytest

from core import clock
from councils.kinds import Tier
from councils.models import Organisation, Service
from kpis.indicators.operations import choose_top_services
from kpis.models import ServiceReturn, TopService
from tests.factories.councils import ServiceFactory
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
    assert "Version 2 stands now, for comparison only, which your page did not show" in page
    assert 'value="8"' in page
    assert 'value="A slip"' in page
    stands = ServiceReturn.objects.get(replaced_at=None)
    assert (stands.version, stands.completed, stands.for_comparison_only) == (2, 10, True)

    again = {**old, "shown": answer.context["form"].shown, "for_comparison_only-1": "on"}
    assert desk.post(form, again).status_code == 302
    assert ServiceReturn.objects.get(replaced_at=None).completed == 8


def test_a_version_that_an_old_page_did_not_show_is_told_at_the_number_that_differs_with_what_it_says(
    desk, council, services
):
    form = f"/councils/{council.slug}/indicators/return/"
    desk.post(form, {"completed-1": "9000", "cost-1": "1.20"})
    old = typed(desk, form, **{"cost-1": "1.30", "reason-1": "A slip"})
    desk.post(form, typed(desk, form, **{"cost-1": "1.40", "reason-1": "Counted anew"}))

    answer = desk.post(form, old)

    assert answer.status_code == 422
    assert answer.context["form"].errors["cost-1"] == [
        "Version 2 stands now, which your page did not show. It says: cost in pounds £1.40. What you typed stands "
        "here: send it again if it is what should hold, or open the page anew to see that version."
    ]


@pytest.mark.parametrize("sent", [{}, {"completed-1": "7"}])
def test_figures_are_moved_to_no_quarter_that_is_none_without_a_word(desk, council, services, sent):
    form = f"/councils/{council.slug}/indicators/return/"

    answer = desk.post(form, typed(desk, form, go="quarter", quarter="2099-q1", **sent), follow=True)

    assert "quarter “2099-q1”" in answer.content.decode()


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
        told = desk.post(form, {**old, "reason-1": "x" * 201})
        assert "Keep it to 200 or fewer" in told.content.decode()
    else:
        told = desk.post(f"{form}?quarter=2001-q1", old)

    assert told.status_code == 422
    assert "Version 2 stands now, for comparison only, which your page did not show" in told.content.decode()
    # The tick that was set since comes back set, so that sending it again as told publishes nothing.
    assert told.context["form"]["for_comparison_only-1"].value()
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


def test_all_that_is_wrong_is_told_in_one_round(desk, council, services, officer):
    form = f"/councils/{council.slug}/indicators/return/"
    desk.post(form, {"completed-1": "9"})
    old = typed(desk, form)
    desk.post(form, typed(desk, form, **{"completed-1": "10", "reason-1": "Counted anew"}))

    wrong = {
        "completed-1": "8", "cost-1": "9" * 201, "reason-1": "", "ratings-1": "4", "satisfied-1": "5",
        "completed-2": "1,2oo", "completed_phone-2": "3", "satisfied-2": "5", "cost-2": "£1.2m",
    }  # fmt: skip
    page = desk.post(form, old | wrong).content.decode()

    for sentence in (
        "Keep it to 200 or fewer",  # of the box itself
        "Version 2 stands now, which your page did not show",  # beside what stands
        "Version 2 says something else. Say why it changes.",
        "That is more than the 4 who rated it.",  # of two boxes
        "Write it in figures",
        "“of them satisfied” alone says nothing",
        "Write the number out",
    ):
        assert sentence in page, sentence
    assert page.count('id="id_cost-1_error"') == 1
    assert ServiceReturn.objects.count() == 2


def test_beside_a_quarter_that_is_none_all_else_that_is_wrong_is_told_too(desk, council, services):
    form = f"/councils/{council.slug}/indicators/return/"

    wrong = {"completed-1": "1,2oo", "cost-1": "9" * 201}
    page = desk.post(f"{form}?quarter=moon", typed(desk, form, **wrong)).content.decode()

    for sentence in ("“moon” is no quarter", "Write it in figures", "Keep it to 200 or fewer"):
        assert sentence in page, sentence


@pytest.mark.parametrize("asked", ["moon", "2001-q1", "2099-q1"])
def test_a_quarter_of_an_address_that_the_form_does_not_have_is_told_before_anything_is_typed(
    desk, council, services, asked
):
    form = f"/councils/{council.slug}/indicators/return/"

    page = desk.get(f"{form}?quarter={asked}")

    assert f"We did not understand this, so it is not used: quarter “{asked}”." in page.content.decode()
    assert desk.post(page.context["address"], {"completed-1": "9"}).status_code == 302


def test_beside_a_service_that_is_here_no_more_all_else_that_is_wrong_is_told_too(desk, council, services):
    form = f"/councils/{council.slug}/indicators/return/"
    sent = typed(desk, form, **{"completed-1": "1111", "completed-2": "1,2oo"})
    TopService.objects.filter(service=services[0]).delete()
    services[0].delete()

    page = desk.post(form, sent).content.decode()

    assert "A service that this page showed is not here any more" in page
    assert "Write it in figures" in page


def test_a_tick_of_the_quarter_to_which_a_page_is_moved_stays(desk, council, services):
    """Both have a first version: the one of the page is published, the other is for comparison only."""
    form = f"/councils/{council.slug}/indicators/return/"
    spring = f"{form}?quarter=2026-q2"
    with clock.at(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)):
        desk.post(spring, typed(desk, spring, **{"completed-1": "5"}))
        desk.post(form, typed(desk, form, **{"completed-1": "50", "for_comparison_only-1": "on"}))

        told = desk.post(f"{form}?quarter=moon", typed(desk, spring, **{"completed-1": "6", "reason-1": "A slip"}))

    assert "Version 1 stands now, for comparison only, which your page did not show" in told.content.decode()
    assert told.context["form"]["for_comparison_only-1"].value()


def test_a_number_that_could_not_be_read_is_not_compared(desk, council, services):
    form = f"/councils/{council.slug}/indicators/return/"
    sent = {
        "completed-1": "1,2oo", "completed_web-1": "1", "completed_phone-1": "2", "completed_face_to_face-1": "3",
        "completed_post-1": "4", "ratings-1": "many", "satisfied-1": "5",
    }  # fmt: skip

    found = desk.post(form, typed(desk, form, **sent)).context["form"].errors

    assert set(found) == {"completed-1", "ratings-1"}
    assert [len(each) for each in found.values()] == [1, 1]


@pytest.fixture
def twenty(council, officer):
    services = [ServiceFactory(name=f"Service {number:02}") for number in range(1, 21)]
    choose_top_services(council, by=officer, services=services)
    return services


def test_the_form_asks_all_twenty_on_one_page_and_keeps_them_together(desk, council, twenty):
    form = f"/councils/{council.slug}/indicators/return/"
    cards = desk.get(form).context["form"].cards
    assert [card.title for card in cards] == [each.name for each in twenty]
    assert [card.is_open for card in cards] == [True] + [False] * 19, "the first is open, the others are folded"

    answer = desk.post(form, typed(desk, form, **{"completed-1": "9", "completed-20": "7"}))

    assert answer.url == f"/councils/{council.slug}/indicators/"
    assert {one.service: one.completed for one in ServiceReturn.objects.all()} == {twenty[0]: 9, twenty[19]: 7}
    cards = desk.get(form).context["form"].cards
    assert [number for number, card in enumerate(cards, 1) if card.is_open] == [2]
    assert cards[0].state == "version 1 stands"


def test_a_fold_is_open_where_something_is_wrong_or_typed(desk, council, twenty):
    form = f"/councils/{council.slug}/indicators/return/"

    answer = desk.post(form, typed(desk, form, **{"completed-3": "1,2oo", "completed-5": "7"}))

    assert [n for n, card in enumerate(answer.context["form"].cards, 1) if card.is_open] == [1, 3, 5]
    assert answer.content.decode().count("<details") - answer.content.decode().count("open>") >= 17


def test_what_was_typed_goes_along_to_another_quarter_and_is_kept_there(desk, council, services):
    form = f"/councils/{council.slug}/indicators/return/"
    spring, summer = f"{form}?quarter=2026-q2", f"{form}?quarter=2026-q3"
    with clock.at(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)):
        desk.post(spring, typed(desk, spring, **{"completed-1": "5", "completed-2": "6"}))
        desk.post(summer, typed(desk, summer, **{"completed-1": "50"}))
        sent = typed(desk, spring, **{"completed-1": "5", "completed-2": "1,2oo", "ratings-2": "9"})

        moved = desk.post(spring, sent | {"go": "quarter", "quarter": "2026-q3", "for_comparison_only-2": "on"})

        page = moved.content.decode()
        assert "What you typed stands below, now for July to September 2026. Nothing is saved yet." in page
        assert "There is a problem" not in page
        boxes = moved.context["form"]
        assert boxes["completed-1"].value() == "50", "nobody typed over it, so it is what stands there"
        assert (boxes["completed-2"].value(), boxes["ratings-2"].value()) == ("1,2oo", "9")
        assert boxes["for_comparison_only-2"].value()
        assert boxes.cards[1].is_open
        assert ServiceReturn.objects.count() == 3
        right = {"completed-1": "50", "completed-2": "12", "ratings-2": "", "for_comparison_only-2": "on"}
        assert desk.post(summer, {"shown": boxes.shown} | right).status_code == 302
    kept = ServiceReturn.objects.get(service=services[1], quarter=dt.date(2026, 7, 1))
    assert (kept.completed, kept.for_comparison_only) == (12, True)


@pytest.mark.parametrize("chosen", ["2026-q2", "", "2001-q1", "moon", "\0"])
def test_another_quarter_where_nothing_was_typed_is_just_opened(desk, council, services, chosen):
    form = f"/councils/{council.slug}/indicators/return/"
    with clock.at(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)):
        answer = desk.post(f"{form}?quarter=2026-q3", typed(desk, form, go="quarter", quarter=chosen))

    assert answer.url == f"{form}?quarter={chosen.strip(chr(0)) or '2026-q3'}"


def test_a_tick_taken_off_in_one_quarter_takes_none_off_in_another(desk, council, services):
    form = f"/councils/{council.slug}/indicators/return/"
    spring, summer = f"{form}?quarter=2026-q2", f"{form}?quarter=2026-q3"
    with clock.at(dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)):
        for address in (spring, summer):
            desk.post(address, typed(desk, address, **{"completed-1": "5", "for_comparison_only-1": "on"}))

        moved = desk.post(spring, typed(desk, spring, **{"completed-1": "6", "go": "quarter", "quarter": "2026-q3"}))

    boxes = moved.context["form"]
    assert boxes["completed-1"].value() == "6"
    assert boxes["for_comparison_only-1"].value()
