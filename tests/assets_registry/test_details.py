"""Each kind of asset has fields of its own, by which an officer decides; a demonstration any kind."""

import pytest
from django.core.exceptions import PermissionDenied

from assets_registry.details.kinds import DETAILS, checked, lines_of
from assets_registry.details.operations import change_details
from assets_registry.models import Asset
from core.errors import Refused
from questions.checking import Wrong
from questions.models import Question
from tests.factories.assets_registry import AssetFactory
from tests.pages import plain_words

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
EXAMPLE = {
    Question.Kind.TEXT: "Cabinet",
    Question.Kind.YES_NO: "yes",
    Question.Kind.NUMBER: "12",
    Question.Kind.DATE: "2015-03-02",
}
INSIDE = [
    "javascript:alert(1)",
    "http://127.0.0.1/",
    "http://[::1]/",
    "https://ann:secret@example.org/",
    "git://example.org/a",
]


@pytest.fixture
def policy(luton):
    return AssetFactory(name="Open data policy", slug="policy", kind=Asset.Kind.POLICY, owner=luton)


def example(detail):
    if detail.is_address:
        return "https://spec.example.org/openapi.json"
    if detail.choices:
        key = detail.choices[0][0]
        return [key] if detail.answer == Question.Kind.SEVERAL else key
    return EXAMPLE[detail.answer]


def test_the_table_has_every_kind_with_one_to_five_fields():
    assert set(DETAILS) == set(Asset.Kind.values)
    assert all(1 <= len(details) <= 5 for details in DETAILS.values())


def test_no_key_means_two_things():
    keys = [detail.key for details in DETAILS.values() for detail in details]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("kind", DETAILS)
def test_a_kind_keeps_an_answer_to_each_of_its_fields_and_shows_it(kind):
    answers = {detail.key: example(detail) for detail in DETAILS[kind]}
    asset = AssetFactory.build(kind=kind, details=checked(kind, answers))

    assert asset.details == answers
    assert [line.about for line in lines_of(asset)] == [detail.words for detail in DETAILS[kind]]
    assert all(line.words for line in lines_of(asset))


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("api", {"authentication": "by a friend"}),
        ("api", {"specification": ["https://example.org"]}),
        ("api", {"limits": "x" * 201}),
        ("design_pattern", {"tested_with": "-1"}),
        ("design_pattern", {"tested_with": "9" * 5000}),
        ("policy", {"review_on": "2015-02-30"}),
        ("training", {"training_format": ["in_a_room", "by_post"]}),
    ],
)
def test_an_answer_of_another_kind_is_refused_beside_its_field(kind, answers):
    with pytest.raises(Wrong) as refusal:
        checked(kind, answers)

    assert refusal.value.field == f"q-{next(iter(answers))}"


def test_a_field_of_another_kind_is_refused():
    with pytest.raises(Refused, match="not asked here: steward"):
        checked("policy", {"steward": "LGA"})


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_must_be_one_that_everybody_can_open(grace, harlow, address):
    api = AssetFactory(kind=Asset.Kind.API, owner=harlow)

    for said in ({"answers": {"specification": address}}, {"demonstration_url": address}):
        with pytest.raises(Refused):
            change_details(api, by=grace, **said)


def test_nothing_empty_is_shown(client, policy):
    page = client.get("/assets/policy/").content.decode()

    assert "More about this" not in page

    policy.details, policy.demonstration_url = {"adopted_by": "Cabinet"}, "https://show.example.org/"
    policy.save()
    page = plain_words(client.get("/assets/policy/"))

    assert "More about this policy" in page
    assert "<dt>Who adopted it</dt><dd>Cabinet</dd>" in page
    assert "https://show.example.org/" in page
    assert "To be reviewed by" not in page


def test_what_another_kind_said_is_kept_and_not_shown(policy):
    policy.details = {"steward": "LGA", "adopted_by": "Cabinet"}

    assert [line.words for line in lines_of(policy)] == ["Cabinet"]


def test_a_publisher_says_more_by_a_form_that_keeps_what_was_typed(signed_in, grace, harlow):
    api = AssetFactory(kind=Asset.Kind.API, owner=harlow, slug="api")
    client = signed_in(grace)
    typed = {"q-authentication": "with_a_key", "q-specification": "http://10.0.0.1/x", "q-limits": "1,000 a day"}

    refused = client.post("/assets/api/details/", typed)

    assert refused.status_code == 422
    assert "http://10.0.0.1/x" in refused.content.decode()
    assert "1,000 a day" in refused.content.decode()

    client.post("/assets/api/details/", typed | {"q-specification": "https://spec.example.org/api.json"})
    api.refresh_from_db()

    assert api.details == {
        "specification": "https://spec.example.org/api.json",
        "authentication": "with_a_key",
        "limits": "1,000 a day",
    }


def test_only_those_who_write_for_the_owner_say_more(amina, carlos, policy):
    for stranger in (amina, carlos):
        with pytest.raises(PermissionDenied):
            change_details(policy, by=stranger, answers={"adopted_by": "Me"})


def test_words_that_look_like_html_are_words(client, policy):
    policy.details = {"adopted_by": "<script>alert(1)</script>"}
    policy.save()

    assert "<script>alert(1)" not in client.get("/assets/policy/").content.decode()
