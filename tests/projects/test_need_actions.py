"""What is done to needs on their pages: raised after seeing similar ones, joined by council, looked after."""

import re

import pytest
from django.urls import reverse

from core import clock
from councils.models import Membership
from projects.models import Need, NeedSupport
from tests.factories.councils import MembershipFactory
from tests.factories.projects import DiscoveryFactory, NeedFactory

NEW = "/needs/new/"


def words(harlow, **changes):
    return {
        "council": harlow.pk,
        "title": "Report a missed bin",
        "who_for": "Residents",
        "what": "To say that the bin was missed, without calling.",
        **changes,
    }


def support(need, *councils):
    for council in councils:
        NeedSupport.objects.create(need=need, council=council, joined_by=need.raised_by)


# Raising ----------------------------------------------------------------------------------------------------


def test_a_stranger_is_led_to_sign_in_and_back(client, db):
    response = client.get(NEW + "?title=Blue+badge")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/needs/new/%3Ftitle%3DBlue%2Bbadge"


def test_someone_without_a_council_is_told_why_not(signed_in, ben):
    assert signed_in(ben).get(NEW).status_code == 403


def test_the_form_is_filled_from_a_search_that_found_nothing(signed_in, amina):
    NeedFactory(title="Blue badge eligibility")

    page = signed_in(amina).get(NEW, {"title": "blue badge engine"})

    assert 'value="blue badge engine"' in page.content.decode()
    assert [need.title for need in page.context["similar"]] == ["Blue badge eligibility"]


def test_without_similar_needs_it_is_raised_at_once(signed_in, amina, harlow):
    response = signed_in(amina).post(NEW, words(harlow))

    need = Need.objects.get()
    assert response["Location"] == need.get_absolute_url()
    assert (need.council, need.raised_by) == (harlow, amina)


def test_enter_in_a_field_beside_similar_needs_looks_again_and_raises_nothing(signed_in, amina, harlow):
    NeedFactory(title="Reporting missed bins")

    page = signed_in(amina).post(NEW, words(harlow)).content.decode()

    # A browser answers Enter with the form's first button.
    buttons = re.findall(r"<button[^>]*>", page.partition('<form method="post"')[2])
    assert "anyway" not in buttons[0]
    assert any("anyway" in button for button in buttons)


def test_similar_needs_are_shown_before_anything_is_saved_and_then_it_is_up_to_the_person(signed_in, amina, harlow):
    other = NeedFactory(title="Reporting missed bins")
    client = signed_in(amina)

    first = client.post(NEW, words(harlow))

    page = first.content.decode()
    assert Need.objects.count() == 1
    assert reverse("projects:need_join", args=[other.slug]) in page
    assert "without calling" in page  # what was typed stays
    assert "Raise mine anyway" in page
    client.post(NEW, words(harlow, anyway="yes"))
    assert Need.objects.count() == 2


def test_similar_needs_while_typing_come_as_a_fragment(client, db):
    NeedFactory(title="Reporting missed bins")

    page = client.get("/needs/similar", {"q": "missed bin"}).content.decode()

    assert "Reporting missed bins" in page
    assert "<html" not in page
    assert client.get("/needs/similar").content.decode().strip() == ""


def test_someone_of_two_councils_says_for_which(signed_in, amina, harlow, surrey):
    MembershipFactory(person=amina, organisation=surrey)
    client = signed_in(amina)

    assert "For which council?" in client.get(NEW).content.decode()
    left_open = client.post(NEW, words(harlow, council=""))
    assert "Choose one of your councils." in left_open.content.decode()
    client.post(NEW, words(harlow, council=surrey.pk))
    assert Need.objects.get().council == surrey


@pytest.mark.parametrize("council", ["someone else's", "0", "-1", "999999999999999999999", "x", "1e9"])
def test_nobody_raises_for_a_council_that_is_not_theirs_whatever_they_send(signed_in, amina, harlow, luton, council):
    key = luton.pk if council == "someone else's" else council

    response = signed_in(amina).post(NEW, words(harlow, council=key))

    assert response.status_code == 422
    assert "Choose one of your own councils." in response.content.decode()
    assert not Need.objects.exists()


# Joining ----------------------------------------------------------------------------------------------------


def test_my_council_has_this_too(signed_in, amina, harlow, surrey):
    need = NeedFactory(council=surrey)
    client = signed_in(amina)

    response = client.post(f"{need.get_absolute_url()}join/", {"council": harlow.pk}, follow=True)

    words = response.content.decode()
    assert "Harlow has this too: 2 of 317 councils in England have this need. We write to you when it moves." in words
    assert "How does it look with you?" in words
    assert f'<a href="{need.get_absolute_url()}">Skip</a>' in words
    assert need.supports.count() == 2


def test_a_colleague_with_a_page_from_before_is_led_on_and_told_since_when_the_council_is_on(signed_in, harlow, on_day):
    need, colleague = NeedFactory(), MembershipFactory(organisation=harlow).person
    with on_day(2026, 5, 3, 12):
        support(need, harlow)
    client, address = signed_in(colleague), f"{need.get_absolute_url()}join/"

    again = client.post(address, {"council": harlow.pk}, follow=True)

    assert again.redirect_chain == [(f"{need.get_absolute_url()}how-it-looks/harlow/", 302)]
    assert "Harlow is among these councils already, since 3 May 2026." in again.content.decode()
    need.supports.filter(council=harlow).update(words="Two teams", said_at=clock.now())
    assert client.post(address, {"council": harlow.pk})["Location"] == need.get_absolute_url()
    assert need.supports.count() == 2


def test_nobody_joins_for_another_council_whatever_they_send(signed_in, amina, luton):
    need = NeedFactory()

    response = signed_in(amina).post(f"{need.get_absolute_url()}join/", {"council": luton.pk})

    assert "Choose one of your own councils." in response.content.decode()
    assert need.supports.count() == 1


def test_taking_a_council_off_asks_first_and_sent_twice_changes_nothing(signed_in, amina, harlow):
    need = NeedFactory()
    support(need, harlow)
    client = signed_in(amina)
    address = f"{need.get_absolute_url()}leave/harlow/"
    assert f'<a href="{address}">Take Harlow off</a>' in client.get(need.get_absolute_url()).content.decode()

    asked = client.get(address).content.decode()

    assert "Take Harlow off this need?" in asked
    assert need.supports.count() == 2
    for _ in range(2):
        page = client.post(address, follow=True).content.decode()
        assert "Harlow is no longer among the councils with this need." in page
        assert need.supports.count() == 1
    assert client.get(address)["Location"] == need.get_absolute_url()


def test_nobody_takes_off_or_speaks_for_a_council_that_is_not_theirs(signed_in, amina, surrey):
    need = NeedFactory()
    support(need, surrey)

    for action in ("leave", "how-it-looks"):
        response = signed_in(amina).post(f"{need.get_absolute_url()}{action}/surrey/", {"words": "Ours now"})
        assert response.status_code == 404
    assert list(need.supports.filter(council=surrey).values_list("words", flat=True)) == [""]


def test_the_council_that_raised_it_is_not_offered_to_be_taken_off(signed_in, amina, harlow):
    need = NeedFactory(council=harlow)
    client = signed_in(amina)

    page = client.get(need.get_absolute_url()).content.decode()

    assert "<strong>Harlow</strong> raised this." in page
    assert "Take Harlow off" not in page
    assert "Withdraw the need" in client.get(f"{need.get_absolute_url()}leave/harlow/").content.decode()


def test_a_reader_is_told_that_joining_is_for_contributors(signed_in, harlow):
    reader = MembershipFactory(organisation=harlow, role=Membership.Role.READER).person

    assert signed_in(reader).post(f"{NeedFactory().get_absolute_url()}join/").status_code == 403


@pytest.mark.parametrize("action", ["join/", "leave/harlow/", "how-it-looks/harlow/"])
def test_a_need_that_was_withdrawn_meanwhile_offers_no_form_that_would_be_refused(signed_in, amina, harlow, action):
    need = NeedFactory(state="withdrawn", state_reason="Solved")
    support(need, harlow)

    main = signed_in(amina).get(need.get_absolute_url() + action).content.decode().split("<main")[1].split("</main>")[0]

    assert "This need is no longer open" in main
    assert "<form" not in main


def test_what_a_council_said_of_a_withdrawn_need_can_still_be_taken_back(signed_in, amina, harlow):
    need = NeedFactory(state="withdrawn", state_reason="Solved")
    support(need, harlow)
    need.supports.filter(council=harlow).update(words="Two teams", said_at=clock.now())
    client, address = signed_in(amina), f"{need.get_absolute_url()}how-it-looks/harlow/"

    page = client.get(address).content.decode()
    client.post(address, {"remove": "yes"})

    assert "This need is no longer open" in page
    assert "Save" not in page
    assert need.supports.get(council=harlow).words == ""


# What its council and facilitators do ------------------------------------------------------------------------


def test_its_council_changes_and_withdraws_it(signed_in, amina, harlow):
    need = NeedFactory(council=harlow)
    client = signed_in(amina)

    page = client.get(f"{need.get_absolute_url()}edit/").content.decode()
    assert need.title in page
    client.post(f"{need.get_absolute_url()}edit/", words(harlow, title="Better words"))
    wrong = client.post(f"{need.get_absolute_url()}withdraw/", {"withdraw-reason": ""})
    assert "Say why the need is withdrawn." in wrong.content.decode()
    client.post(f"{need.get_absolute_url()}withdraw/", {"withdraw-reason": "Solved"})

    need.refresh_from_db()
    assert (need.title, need.state) == ("Better words", "withdrawn")


def test_what_was_typed_for_a_need_that_closed_meanwhile_stays_in_the_form_beside_the_refusal(signed_in, fatima):
    need, other = NeedFactory(state="withdrawn", state_reason="Solved"), NeedFactory()
    typed = {"withdraw-reason": "Raised twice", "merge-into": other.get_absolute_url(), "merge-reason": "Raised twice"}

    for action in ("withdraw", "merge"):
        answer = signed_in(fatima).post(f"{need.get_absolute_url()}{action}/", typed)

        page = answer.content.decode()
        assert answer.status_code == 409
        assert f"This need was withdrawn, so there is nothing to {action}." in page
        assert "Raised twice" in page


@pytest.mark.parametrize("action", ["edit", "withdraw"])
def test_another_council_does_not(signed_in, carlos, action):
    need = NeedFactory()

    response = signed_in(carlos).post(f"{need.get_absolute_url()}{action}/", {"withdraw-reason": "Mine is better"})

    assert response.status_code == 403
    need.refresh_from_db()
    assert need.state == "open"


def test_a_facilitator_merges_by_address(signed_in, fatima):
    need, other = NeedFactory(), NeedFactory()
    client = signed_in(fatima)
    address = f"{need.get_absolute_url()}merge/"

    assert "There is no need at this address." in client.post(address, {"merge-into": "/nowhere/"}).content.decode()
    assert "into itself" in client.post(address, {"merge-into": need.slug}).content.decode()
    client.post(address, {"merge-into": f"https://portal.example{other.get_absolute_url()}"})

    need.refresh_from_db()
    assert need.merged_into == other


def test_a_facilitator_gathers_it_in_a_discovery(signed_in, fatima):
    need, discovery = NeedFactory(), DiscoveryFactory()
    client = signed_in(fatima)

    address = f"{need.get_absolute_url()}gather/"
    assert f'href="{address}"' in client.get(need.get_absolute_url()).content.decode()
    assert 'name="gather-discovery"' in client.get(address).content.decode()
    wrong = client.post(address, {"gather-discovery": "no-such"})
    assert "Choose a discovery that is under way." in wrong.content.decode()
    client.post(address, {"gather-discovery": discovery.slug})

    need.refresh_from_db()
    assert need.discovery == discovery
    page = client.get(need.get_absolute_url()).content.decode()
    assert "Discovery Day" in page
    assert address not in page
    assert "It is already in the discovery" in client.get(address).content.decode()


def test_what_cannot_be_gathered_is_refused_on_the_page_of_the_form(signed_in, fatima):
    need, discovery = NeedFactory(discovery=DiscoveryFactory(title="Bins")), DiscoveryFactory()

    answer = signed_in(fatima).post(f"{need.get_absolute_url()}gather/", {"gather-discovery": discovery.slug})

    assert answer.status_code == 409
    assert "is in the discovery “Bins”" in answer.content.decode()
    assert "Gather it in a discovery" in answer.content.decode()


def test_officers_neither_merge_nor_gather(signed_in, amina):
    need = NeedFactory()

    for action in ("merge", "gather"):
        assert signed_in(amina).post(f"{need.get_absolute_url()}{action}/").status_code == 403


def test_a_need_that_a_facilitator_withdrew_does_not_say_that_its_council_did(client, signed_in, fatima):
    need = NeedFactory()

    signed_in(fatima).post(f"{need.get_absolute_url()}withdraw/", {"withdraw-reason": "Raised twice"})

    words = client.get(need.get_absolute_url()).content.decode()
    assert "This need was withdrawn: “Raised twice”" in words
