"""“Harlow probably can: 4 yes, 1 to check”: one sentence by one table of rules, then each line with its reason."""

import re

import pytest

from assets_registry.models import Asset
from core import clock
from core.words import day_in_words
from councils.kinds import Kind, Tier
from councils.models import Membership, Organisation
from take_up.queries import take_up
from take_up.queries.usable import AssetCheck, can_use
from take_up.queries.verdict import Suitability, answer, sentence
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, OrganisationFactory, SystemFactory
from tests.factories.take_up import AdoptionFactory

FILE = {
    "platforms": ["web", "ios"],
    "dependsOn": {"open": [{"name": "PostgreSQL"}], "proprietary": [{"name": "A map", "optional": True}]},
    "maintenance": {"type": "internal"},
}


@pytest.fixture
def waste(luton):
    return AssetFactory(name="Waste standards and API", slug="waste", owner=luton, tier=Tier.LOWER)


def lines(**verdicts):
    return [AssetCheck(verdict, about.capitalize(), "") for about, verdict in verdicts.items()]


def verdicts(asset, council):
    return {line.about: line.verdict for line in can_use(asset, council, take_up(asset))}


def reasons(asset, council):
    return {line.about: line.reason for line in can_use(asset, council, take_up(asset))}


def in_words(page: str) -> str:
    """A page's text as it is read out: pictures say nothing."""
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", "", page, flags=re.DOTALL).split()).replace(" ,", ",")


# The table ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (lines(licence="yes", tier="yes", phase="yes"), "Harlow can"),
        (lines(licence="yes", tier="yes", phase="check"), "Harlow probably can"),
        (lines(licence="yes", tier="yes", phase="no"), "Harlow probably can"),
        (lines(licence="yes", tier="yes", phase="unknown"), "Harlow probably can"),
        (lines(licence="yes", tier="yes", phase="unknown", support="unknown"), "Harlow would have to check"),
        (lines(licence="no", tier="yes", phase="unknown", support="unknown"), "Harlow may not"),
        (lines(licence="no", tier="no", phase="yes"), "Not meant for counties"),
    ],
)
def test_the_first_rule_that_holds_gives_the_sentence(found, words):
    assert sentence(found, "Harlow", "counties") == words


def test_counts_name_what_there_is_and_leave_out_what_there_is_not():
    found = Suitability("Harlow probably can", lines(licence="yes", tier="yes", phase="check", support="unknown"))

    assert [words for _, words in found.counts] == ["2 yes", "1 to check", "1 not known"]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (lines(licence="yes"), "1 yes: licence"),
        (lines(licence="yes", tier="yes", phase="yes"), "3 yes: licence, tier and phase"),
        (lines(licence="yes", tier="yes", a="yes", b="yes", c="yes", d="no"), "5 yes: licence, tier and 3 more"),
    ],
)
def test_what_is_settled_folds_into_one_line(found, words):
    assert Suitability("", found).settled_in_words == words


def test_what_needs_a_look_comes_first(waste, surrey):
    waste.contact = "Digital team"

    found = [line.verdict for line in can_use(waste, surrey, take_up(waste))]

    assert found == sorted(found, key=["no", "check", "unknown", "yes"].index)
    assert set(found) == {"no", "check", "unknown", "yes"}


@pytest.mark.parametrize("kind", [Kind.COUNTY, Kind.UNITARY, Kind.METROPOLITAN, Kind.LONDON, Kind.CITY])
def test_every_kind_it_is_not_meant_for_is_named(waste, kind):
    waste.tier = Tier.DISTRICT
    council = Organisation.objects.filter(kind=kind, nation="England", ends_on=None).first()

    said = answer(waste, council, take_up(waste)).sentence

    assert re.fullmatch(r"Not meant for [\w ]+(s|ies)", said)


# The lines ---------------------------------------------------------------------------------------------------


def test_the_tier_says_no_to_a_county_where_districts_provide(waste, surrey, harlow):
    assert verdicts(waste, surrey)["Tier"] == "no"
    assert verdicts(waste, harlow)["Tier"] == "yes"


def test_a_council_of_another_nation_checks_its_tier(waste):
    assert verdicts(waste, Organisation.objects.filter(kind=Kind.WELSH).first())["Tier"] == "check"


@pytest.mark.parametrize(
    ("licence", "verdict"),
    [("MIT", "yes"), ("", "unknown"), ("LicenseRef-ours", "check"), ("LicenseRef-All-Rights-Reserved", "no")],
)
def test_the_licence_is_open_or_to_be_checked_or_forbids(waste, harlow, licence, verdict):
    waste.licence = licence

    assert verdicts(waste, harlow)["Licence"] == verdict


@pytest.mark.parametrize(
    ("phase", "verdict"), [("live", "yes"), ("beta", "yes"), ("alpha", "check"), ("retired", "no")]
)
def test_the_phase_counts(waste, harlow, phase, verdict):
    waste.phase = phase

    assert verdicts(waste, harlow)["Phase"] == verdict


def test_another_district_in_live_use_speaks_for_a_district(waste, harlow):
    assert verdicts(waste, harlow)["Other councils"] == "check"

    AdoptionFactory(asset=waste, council=Organisation.objects.councils().in_force().filter(kind=Kind.DISTRICT)[5])
    assert verdicts(waste, harlow)["Other councils"] == "yes"


def test_what_nobody_recorded_is_not_known(waste, harlow):
    asked = ("Support", "Effort", "Hosting", "Dependencies", "Leaving it")

    assert {verdicts(waste, harlow)[about] for about in asked} == {"unknown"}


def test_what_was_recorded_is_said_with_its_reason(waste, harlow):
    waste.contact, waste.leaving, waste.publiccode = "Digital team", "Export the rounds first.", FILE
    eastbrook = OrganisationFactory(name="Eastbrook")
    AdoptionFactory(asset=waste, council=eastbrook, what_we_changed="Our colours,\nand the crest.", officer_days=9)
    AdoptionFactory(asset=waste, officer_days=1, may_be_listed=False)
    AdoptionFactory(asset=waste, officer_days=100)
    SystemFactory(council=harlow, product="PostgreSQL", used_for="Databases")

    said = reasons(waste, harlow)

    assert said["Support"] == "Questions go to: Digital team."
    assert said["Effort"] == (
        f"6 to 10 days of officer time: the median of 3 councils, as at {day_in_words(clock.today())}. "
        "Eastbrook (district) changed: “Our colours, and the crest.”"
    )
    assert said["Hosting"] == "Runs on: Web, iOS."
    assert said["Dependencies"] == "Needs open parts only: PostgreSQL."
    assert said["Leaving it"] == "Export the rounds first."
    assert sentence(can_use(waste, harlow, take_up(waste)), "Harlow") == "Harlow can"


@pytest.mark.parametrize(
    ("days", "said", "verdict"),
    [
        ([], "No council has said how many days it took.", "unknown"),
        ([4, 4], "Two councils have said how many days it took, too few to tell.", "unknown"),
        ([0, 2, 9], "Fewer than 3 days of officer time: the median of 3 councils", "check"),
        ([2, 3, 8, 9], "3 to 5 days of officer time: the median of 4 councils", "check"),
        ([61, 61, 900], "61 days or more of officer time: the median of 3 councils", "check"),
    ],
)
def test_days_are_told_as_a_span_from_three_councils_on(waste, harlow, days, said, verdict):
    for each in days:
        AdoptionFactory(asset=waste, officer_days=each)
    AdoptionFactory(asset=waste, officer_days=1000, confirmed_by=None, confirmed_at=None)

    assert reasons(waste, harlow)["Effort"].startswith(said)
    assert verdicts(waste, harlow)["Effort"] == verdict


def test_what_was_changed_is_no_yes_while_the_days_are_not_known(waste, harlow):
    near = AdoptionFactory(asset=waste, council=OrganisationFactory(), what_we_changed="The crest.", officer_days=5)
    assert verdicts(waste, harlow)["Effort"] == "check"

    for _ in range(2):
        AdoptionFactory(asset=waste, officer_days=5)
    assert verdicts(waste, harlow)["Effort"] == "yes"

    near.council.kind, near.council.region = Kind.UNITARY, "London"
    near.council.save()
    assert verdicts(waste, harlow)["Effort"] == "check"


def test_what_has_to_be_bought_is_checked(waste, harlow):
    waste.publiccode = {"dependsOn": {"proprietary": [{"name": "A map"}], "hardware": [{"name": "A scanner"}]}}

    assert verdicts(waste, harlow)["Dependencies"] == "check"
    assert reasons(waste, harlow)["Dependencies"] == "Needs A map and A scanner, which you may have to buy."


def test_what_a_council_of_another_kind_changed_is_checked(waste, harlow, luton):
    AdoptionFactory(asset=waste, council=luton, what_we_changed="Our colours.")

    assert verdicts(waste, harlow)["Effort"] == "check"


@pytest.mark.parametrize("file", [[], {"dependsOn": "a map"}, {"dependsOn": {"open": ["a map", {"name": None}]}}])
def test_a_file_of_another_shape_says_nothing(waste, harlow, file):
    waste.publiccode = file

    assert verdicts(waste, harlow)["Dependencies"] == "unknown"


def test_a_document_is_not_asked_what_it_runs_on_nor_how_to_leave_it(harlow):
    asked = verdicts(AssetFactory(kind=Asset.Kind.POLICY), harlow)

    assert not {"Hosting", "Dependencies", "Leaving it"} & set(asked)


# The page ----------------------------------------------------------------------------------------------------


def test_the_page_answers_for_the_readers_own_council_in_one_sentence(signed_in, amina, waste):
    page = signed_in(amina).get("/assets/waste/").content.decode()
    [heading] = re.findall(r'<h2 id="answer">.*?</h2>', page, re.DOTALL)

    assert "Can Harlow use this?" in page
    assert "Harlow is a district" in page
    assert in_words(heading) == "Harlow would have to check: 3 yes, 1 to check, 6 not known"


def test_a_stranger_reads_it_for_all_that_it_is_for_and_chooses_a_council(client, waste):
    page = client.get("/assets/waste/").content.decode()

    assert "Districts and single-tier councils would have to check" in page
    assert "Name of the council" in page
    assert "<option" not in page  # a box that suggests names, not a line for each council
    for named in ("surrey", "SURREY", "Surrey (county)", "Surrey County Council"):
        assert "Surrey is a county" in client.get("/assets/waste/", {"council": named}).content.decode(), named


def test_the_choice_begins_empty_and_says_so_when_nothing_was_chosen(client, waste, surrey):
    empty, wrong = "Enter a council by its whole name", "We know no council “Atlantis”, or more than one."
    assert empty not in client.get("/assets/waste/").content.decode()
    assert empty in client.get("/assets/waste/?council=").content.decode()
    assert wrong in client.get("/assets/waste/?council=Atlantis").content.decode()


def test_a_wrong_name_takes_away_nothing_of_what_ones_own_council_is_told(signed_in, amina, harlow, waste):
    AdoptionFactory(asset=waste, council=harlow)

    page = signed_in(amina).get("/assets/waste/?council=Atlantis").content.decode()

    assert "We know no council “Atlantis”" in page
    assert "Harlow uses it" in page


def test_asking_for_another_council_begins_at_ones_own(signed_in, amina, waste, surrey):
    page = signed_in(amina).get("/assets/waste/?council=another").content.decode()

    assert 'value="Harlow (district)"' in page
    assert "We know no council" not in page


def test_a_reader_of_several_councils_picks_one(signed_in, amina, surrey, waste):
    MembershipFactory(person=amina, organisation=surrey, role=Membership.Role.CONTRIBUTOR)
    client = signed_in(amina)

    page = client.get("/assets/waste/").content.decode()

    assert "Can Harlow use this?" in page
    assert 'href="/assets/waste/?council=surrey#can-we-use-this">Ask for Surrey</a>' in page
    assert "Ask for Harlow" not in page
    assert "Ask for Harlow" in client.get("/assets/waste/?council=surrey").content.decode()

    AdoptionFactory(asset=waste, council=surrey)
    assert "We use this" in client.get("/assets/waste/").content.decode()
    assert "Change what Surrey says" in client.get("/assets/waste/?council=surrey").content.decode()


def test_where_something_speaks_against_it_the_button_says_so(signed_in, amina, carlos, waste):
    assert "We use this" in signed_in(amina).get("/assets/waste/").content.decode()
    assert "We use this" in signed_in(amina).get("/assets/waste/?council=surrey").content.decode()

    page = signed_in(carlos).get("/assets/waste/").content.decode()

    assert "Not meant for counties" in page
    assert "We use it all the same" in page
    assert "We use this" not in page


def test_who_speaks_for_no_council_is_not_offered_what_would_be_refused(client, signed_in, fatima, waste):
    assert "We use this" in client.get("/assets/waste/").content.decode()
    assert "We use this" not in signed_in(fatima).get("/assets/waste/").content.decode()


def test_whoever_uses_it_is_told_so(client, signed_in, amina, waste, harlow, luton):
    own = AdoptionFactory(asset=waste, council=harlow, may_be_listed=False)
    page = signed_in(amina).get("/assets/waste/").content.decode()
    assert "Harlow uses it" in in_words(page)
    assert "Does Harlow use this?" in page

    own.status = own.Status.PILOTING
    own.save()
    assert "Harlow tries it" in in_words(client.get("/assets/waste/").content.decode())
    client.logout()
    assert "Harlow uses it" not in in_words(client.get("/assets/waste/?council=harlow").content.decode())
    AdoptionFactory(asset=waste, council=luton)
    assert "Luton uses it" in in_words(client.get("/assets/waste/?council=luton").content.decode())


def test_an_ended_council_cannot_and_its_successor_is_named(client, waste):
    page = client.get("/assets/waste/?council=Allerdale").content.decode()

    assert "Allerdale has ended" in page
    assert "probably can" not in page
    assert 'href="/assets/waste/?council=cumberland#can-we-use-this">Ask for Cumberland</a>' in page


def test_the_council_that_is_asked_for_is_not_the_reader(client, waste, luton):
    AdoptionFactory(asset=waste, council=luton)

    assert "but by no district that is named" in client.get("/assets/waste/?council=harlow").content.decode()


def test_the_button_speaks_of_the_council_that_would_use_it(signed_in, carlos, waste, harlow):
    page = signed_in(carlos).get("/assets/waste/?council=harlow").content.decode()

    assert "We use it all the same" in page


def test_an_owner_that_has_ended_is_not_asked(client, signed_in, fatima):
    owner = Organisation.objects.get(slug="allerdale")
    old = AssetFactory(owner=owner)

    for reader in (client, signed_in(fatima)):
        page = reader.get(old.get_absolute_url()).content.decode()
        assert "/ask/" not in page
        assert page.count("data-main-action") == 1
    assert "See what came after Allerdale" in page


def test_a_withdrawn_asset_is_asked_no_more(client, waste):
    Asset.objects.update(state=Asset.State.WITHDRAWN)

    assert "use this?" not in client.get("/assets/waste/").content.decode()


# The owner ---------------------------------------------------------------------------------------------------


def test_the_owner_is_asked_by_a_form_and_the_asker_returns_to_the_asset(client, signed_in, amina, waste):
    MembershipFactory(organisation=waste.owner, role=Membership.Role.LEAD)
    page = signed_in(amina).get("/assets/waste/").content.decode()
    assert "Ask Luton" in page
    assert 'href="/assets/waste/ask/"' in page

    response = client.post("/assets/waste/ask/", {"words": "Does it work with your map?"}, follow=True)

    assert response.redirect_chain == [("/assets/waste/", 302)]
    assert "We have sent your question to Luton." in response.content.decode()


def test_nobody_asks_about_an_entry_they_may_not_see(signed_in, amina, luton):
    draft = AssetFactory(owner=luton, state=Asset.State.DRAFT, published_at=None)

    assert signed_in(amina).get(f"{draft.get_absolute_url()}ask/").status_code == 404


def test_the_owners_people_see_their_own_actions_and_no_question_to_themselves(signed_in, amina, grace, harlow):
    own = AssetFactory(owner=harlow)
    edit = f'href="{own.get_absolute_url()}edit/"'

    for_the_lead = signed_in(grace).get(own.get_absolute_url()).content.decode()
    for_a_contributor = signed_in(amina).get(own.get_absolute_url()).content.decode()

    assert "Can another council use this?" in for_the_lead
    assert edit in for_the_lead
    assert "It still holds" in for_the_lead
    assert edit not in for_a_contributor
    for page in (for_the_lead, for_a_contributor):
        assert "Can Harlow use this?" not in page
        assert "Ask Harlow" not in page


@pytest.mark.parametrize("reader", ["client", "amina", "grace", "fatima", "edith"])
def test_a_page_has_one_main_action_whoever_reads_it(request, client, harlow, waste, reader):
    own = AssetFactory(owner=harlow, state=Asset.State.WITH_PUBLISHER, published_at=None)
    used = AdoptionFactory(asset=AssetFactory(), council=harlow, confirmed_by=None, confirmed_at=None).asset
    if reader != "client":
        client.force_login(request.getfixturevalue(reader))
    for asset in (waste, used, *([own] if reader == "grace" else [])):
        page = client.get(asset.get_absolute_url()).content.decode()

        assert page.count("data-main-action") == 1, asset


def test_nobody_tells_the_owner_that_it_would_be_the_first(harlow, surrey):
    asset = AssetFactory(owner=surrey)

    def said(council) -> str:
        return next(line.reason for line in can_use(asset, council, take_up(asset)) if line.about == "Other councils")

    assert said(harlow) == "No council is known to use it live. Harlow would be the first."
    assert said(surrey) == said(None) == "No council is known to use it live."
