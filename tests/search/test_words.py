"""Editors say which words mean the same; what they change holds from the next search on."""

import re
import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.roles import Role
from audit.models import AuditEvent
from core.errors import Refused
from search import operations
from search.models import SynonymGroup, SynonymPhrase, WordList
from search.vocabulary import key_of, vocabulary
from search.words import read
from tests.factories.accounts import UserFactory, give_role
from tests.factories.projects import NeedFactory
from tests.factories.search import SynonymGroupFactory

pytestmark = pytest.mark.django_db
take_in = import_module("search.migrations.0004_more_synonyms").take_in


@pytest.fixture
def edith():
    """An Alliance editor with a second factor."""
    return give_role(UserFactory(name="Edith Bell"), Role.EDITOR)


def group_of(text: str) -> SynonymGroup:
    return SynonymGroup.objects.get(phrases__text=text)


def test_a_new_site_knows_the_words_of_councils():
    assert read("bins").also == ["waste", "refuse", "rubbish", "recycling"]
    assert read("send").also == ["special educational needs", "SEN"]
    assert read("disabled parking permits").also == ["blue badge", "disabled parking"]


def test_a_new_site_has_no_phrase_twice_and_none_of_equal_stems_in_one_group():
    stems = list(SynonymPhrase.objects.values_list("stems", flat=True))

    assert len(stems) == len(set(stems))
    assert read("council housing").also == read("council house").also == ["social housing"]
    assert all(key_of(phrase.text) == phrase.stems for phrase in SynonymPhrase.objects.all())


@pytest.mark.parametrize(
    "typed", ["education health and care plan", "an education, health and care plan", "Education Health Care Plans"]
)
def test_a_phrase_is_known_whichever_of_its_small_words_are_typed(typed):
    assert read(typed).also == ["EHCP"]


def test_what_is_found_for_a_phrase_has_its_small_words(follow, found):
    NeedFactory(title="One page for an education, health and care plan")
    follow()

    assert found("q=ehcp") == ["One page for an education, health and care plan"]


def test_a_phrase_of_small_words_alone_is_known_by_all_of_them(edith):
    operations.add_synonyms(phrases=["who is who", "staff directory"], by=edith)

    assert read("who is who").also == ["staff directory"]
    assert read("who does what").also == []


def test_a_group_that_was_stored_with_the_stems_of_small_words_still_holds(edith):
    group = SynonymGroupFactory(phrases=["fly tipping", "dumping in the road"])
    group.phrases.filter(text="dumping in the road").update(stems="dump in the road")

    assert read("dumping in a road").also == ["fly tipping"]
    take_in(apps, None)
    with pytest.raises(Refused, match="in another group already"):
        operations.add_synonyms(phrases=["dumping road", "rubble"], by=edith)


def test_phrases_that_differ_in_small_words_alone_are_one(edith):
    with pytest.raises(Refused, match="at least two phrases"):
        operations.add_synonyms(phrases=["hole in the road", "hole in a road"], by=edith)
    operations.add_synonyms(phrases=["hole in the road", "sinkhole"], by=edith)
    with pytest.raises(Refused, match="“hole in a road” is in another group already, with sinkhole"):
        operations.add_synonyms(phrases=["hole in a road", "crater"], by=edith)


def test_a_new_site_knows_how_residents_say_it():
    assert read("disabled parking").also == ["blue badge", "disabled parking permit"]
    assert read("report a road problem").also == ["pothole", "road defect", "highway defect"]
    assert "moving house" in read("change of address").also
    assert "identity assurance" in read("proof of identity").also


def test_new_synonyms_leave_what_editors_wrote_as_it_is(edith):
    SynonymGroup.objects.all().delete()
    own = operations.add_synonyms(phrases=["pothole", "crater"], by=edith)
    other = operations.add_synonyms(phrases=["road problem", "roadworks"], by=edith)
    badge = operations.add_synonyms(phrases=["disabled parking", "parking for carers"], by=edith)

    for _ in range(2):
        take_in(apps, None)

    assert [str(group) for group in (own, other)] == ["pothole, crater", "road problem, roadworks"]
    assert str(badge) == "disabled parking, parking for carers, blue badge, disabled parking permit"
    assert str(group_of("moving house")) == "change of address, moving house, new address"


def test_a_new_group_holds_with_the_next_search(edith, follow, found):
    NeedFactory(title="Fly tipping on farm tracks")
    follow()
    assert found("q=dumped+rubble") == []

    operations.add_synonyms(phrases=["dumped rubble", "fly tipping"], by=edith)

    assert found("q=dumped+rubble") == ["Fly tipping on farm tracks"]


def test_a_group_that_is_changed_or_removed_holds_with_the_next_search(edith):
    group = group_of("pothole")
    operations.change_synonyms(group, phrases=["pothole", "hole in the road"], by=edith)

    assert read("potholes").also == ["hole in the road"]
    assert read("road defects").also == []

    operations.remove_synonyms(group, by=edith)

    assert read("potholes").also == []


def test_a_group_that_another_editor_removed_meanwhile_is_not_changed(edith):
    group = group_of("pothole")
    operations.remove_synonyms(SynonymGroup.objects.get(pk=group.pk), by=edith)

    with pytest.raises(Refused, match="removed these words"):
        operations.change_synonyms(group, phrases=["pothole", "hole in the road"], by=edith)


def test_a_change_made_by_another_process_is_noticed_by_its_stamp():
    assert read("ctax").also == ["council tax"]
    SynonymPhrase.objects.filter(text="council tax").update(text="the council’s tax")

    assert read("ctax").also == ["council tax"]  # nothing says that it is old
    WordList.objects.update(stamp=uuid.uuid4())

    assert read("ctax").also == ["the council tax"]


def test_a_change_that_is_rolled_back_never_was(edith):
    with transaction.atomic():
        operations.add_synonyms(phrases=["allotment", "plot to grow on"], by=edith)
        assert read("allotments").also == ["plot to grow on"]
        transaction.set_rollback(True)

    assert read("allotments").also == []


def test_words_cost_one_query_while_nobody_changes_them(django_assert_num_queries):
    vocabulary()

    with django_assert_num_queries(1):
        read("bins")


def test_a_phrase_in_two_groups_is_refused_with_the_group_that_has_it(edith):
    with pytest.raises(
        Refused, match="“bins” is in another group already, with waste, refuse, rubbish and recycling"
    ) as refused:
        operations.add_synonyms(phrases=["bins", "wheelie"], by=edith)

    assert refused.value.field == "phrases"
    assert read("wheelie").also == []


def test_a_group_of_one_phrase_is_refused_whatever_its_forms(edith):
    for phrases in ([], ["bench"], ["bench", "Benches", "bench’s"], ["!!", "bench"]):
        with pytest.raises(Refused, match="at least two phrases"):
            operations.add_synonyms(phrases=phrases, by=edith)
    with pytest.raises(Refused, match="12 phrases at most"):
        operations.add_synonyms(phrases=[f"word{n}" for n in range(13)], by=edith)
    with pytest.raises(Refused, match="too long"):
        operations.add_synonyms(phrases=["bench", "long " * 30], by=edith)


def test_the_database_lets_no_phrase_stand_in_two_groups():
    with pytest.raises(IntegrityError), transaction.atomic():
        SynonymGroupFactory(phrases=["bins", "wheelie"])


def test_nobody_but_editors_and_the_secretariat_changes_words(edith, amina):
    for operation in (operations.change_synonyms, operations.remove_synonyms):
        with pytest.raises(PermissionDenied):
            operation(group_of("bin"), by=amina, **({"phrases": ["a", "b"]} if "change" in operation.__name__ else {}))
    with pytest.raises(PermissionDenied):
        operations.add_synonyms(phrases=["allotment", "plot"], by=amina)
    operations.add_synonyms(phrases=["allotment", "plot"], by=give_role(UserFactory(), Role.SECRETARIAT))


def test_each_change_has_its_line_in_the_trail(edith):
    group = operations.add_synonyms(phrases=["allotment", "plot"], by=edith)
    operations.change_synonyms(group, phrases=["allotment", "garden plot"], by=edith)
    operations.remove_synonyms(group, by=edith)

    lines = AuditEvent.objects.order_by("pk").values_list("action", "about")
    assert list(lines)[-3:] == [
        ("search.synonyms_added", "allotment, plot"),
        ("search.synonyms_changed", "allotment, garden plot"),
        ("search.synonyms_removed", "allotment, garden plot"),
    ]


def test_an_editor_tries_a_search_before_saving_and_after(signed_in, edith):
    client = signed_in(edith)
    form = {"phrases": "potholes\nhole in the road", "query": "report potholes"}

    tried = client.post(f"/search/words/{group_of('pothole').pk}/", form | {"send": "try"})

    assert tried.status_code == 200
    assert "“report potholes” then also matches <b>hole in the road</b>." in tried.content.decode()
    assert "hole in the road</textarea>" in tried.content.decode()
    assert "hole in the road" not in read("potholes").also

    client.post(f"/search/words/{group_of('pothole').pk}/", form)

    page = client.get("/search/words/?q=report+potholes").content.decode()
    assert "“report potholes” now also matches <b>hole in the road</b>." in page


def test_a_refusal_stands_beside_the_words_and_nothing_typed_is_lost(signed_in, edith):
    answer = signed_in(edith).post("/search/words/new/", {"phrases": "bins\nwheelie", "query": "wheelie"})

    page = answer.content.decode()
    assert answer.status_code == 422 or answer.status_code == 409
    assert "“bins” is in another group already" in page
    assert re.search(r"bins\s+wheelie</textarea>", page)


@pytest.mark.parametrize("how_many", [3, 40])
def test_the_list_of_words_takes_the_same_few_queries(signed_in, edith, django_assert_max_num_queries, how_many):
    for _ in range(how_many):
        SynonymGroupFactory()
    client = signed_in(edith)

    with django_assert_max_num_queries(14):
        assert client.get("/search/words/").status_code == 200


def test_the_admin_has_a_way_to_the_words_for_editors_only(signed_in, edith):
    assert "/search/words/" in signed_in(edith).get("/cms/").content.decode()
    analyst = give_role(UserFactory(), Role.FACILITATOR)
    assert "/search/words/" not in signed_in(analyst).get("/cms/").content.decode()


def test_words_in_quotes_stand_one_after_the_other(follow, found):
    NeedFactory(title="Bin day in the calendar")
    NeedFactory(title="One day a bin goes missing")
    follow()

    assert len(found("q=bin+day")) == 2
    assert found("q=%22bin+day%22") == found("q=“bin+days”") == ["Bin day in the calendar"]
    assert found("q=calendar+%22bin+day%22") == ["Bin day in the calendar"]
    assert len(found("q=%22bin+day")) == 2  # a lone mark means nothing


def test_the_small_words_of_a_phrase_count():
    assert [term.words for term in read('"hole in the road" repairs').terms] == [
        ("hole", "in", "the", "road"),
        ("repairs",),
    ]
    assert read('"the of" the').terms[0].words == ("the", "of")


def test_of_many_words_in_quotes_the_first_twenty_are_looked_for():
    words = read('"' + " ".join(f"w{n}" for n in range(15)) + '" ' + " ".join(f"v{n}" for n in range(15)))

    assert sum(len(term.words) for term in words.terms) == 20
    assert words.was_cut
