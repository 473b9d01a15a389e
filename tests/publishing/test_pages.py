"""Case studies and news on the site: lists with filters and CSV, pages with their evidence, tombstones."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from wagtail.models import PageViewRestriction

from audit.models import AuditEvent
from core import clock
from core.errors import Refused
from councils.models import Enquiry, Membership
from publishing import panels
from publishing.lists import CASE_STUDIES
from publishing.models import CaseStudyPage
from publishing.operations import withdraw_case_study
from publishing.permissions import reader_groups
from search.sources.pages import page_document
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import MembershipFactory, ServiceFactory
from tests.factories.projects import ProjectFactory
from tests.factories.publishing import publish_case_study, publish_news
from tests.factories.take_up import BenefitFactory
from tests.publishing.drafts import draft_of
from tests.publishing.test_evidence import COMPARED

pytestmark = pytest.mark.django_db


def body(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def publisher(harlow):
    """Publishes for Harlow."""
    return MembershipFactory(organisation=harlow, role=Membership.Role.PUBLISHER).person


@pytest.fixture
def two(harlow, surrey):
    """One of a district with figures of 2015, one of a county without."""
    bins = ServiceFactory(name="Bins", slug="bins-here")
    publish_case_study(
        harlow,
        title="Missed bins",
        service=bins,
        happened_on=dt.date(2015, 5, 1),
        after=268,
        after_unit="calls",
        after_on=dt.date(2015, 3, 1),
    )
    publish_case_study(surrey, title="Blue badges", happened_on=dt.date(2014, 5, 1))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Missed bins", "Blue badges"}),
        ("?service=bins-here", {"Missed bins"}),
        ("?kind=county", {"Blue badges"}),
        ("?region=South East", {"Blue badges"}),
        ("?evidence=1", {"Missed bins"}),
        ("?year=2014", {"Blue badges"}),
        ("?q=badges", {"Blue badges"}),
        ("?q=harlow", {"Missed bins"}),
        ("?q=nothing-at-all", set()),
        ("?kind=palace&evidence=ninety&year=20x4&region=Mars&service=%00&page=zero", {"Missed bins", "Blue badges"}),
        ("?evidence=٣&year=２０１４&q=%F0%9F%98%80%00", set()),
    ],
)
def test_the_list_is_narrowed_by_what_makes_sense(client, two, query, found):
    page = body(client.get(f"/case-studies/{query}"))

    assert {title for title in ("Missed bins", "Blue badges") if title in page} == found


def test_a_filter_of_too_many_digits_counts_as_not_asked():
    asked = CASE_STUDIES.read(QueryDict(f"evidence={'9' * 5000}&year={'9' * 5000}"))

    assert asked.chosen == {}
    assert len(asked.not_understood) == 2


def test_the_list_is_a_table_too_with_the_same_filters(client, two):
    table = body(client.get("/case-studies/?format=csv&kind=county"))

    assert "Blue badges,Surrey (county)" in table
    assert "Missed bins" not in table
    assert "# Filters: Kind of council: County" in table


def test_an_empty_list_says_what_to_do(client):
    assert "No case studies yet" in body(client.get("/case-studies/"))


@pytest.mark.parametrize("address", ["/case-studies/", "/case-studies/?format=csv"])
def test_the_list_costs_the_same_however_long_it_is(
    client, signed_in, amina, harlow, django_assert_max_num_queries, address
):
    signed_in(amina).get(address)  # what a process learns once: content types

    def cost(number):
        for n in range(number):
            publish_case_study(harlow, title=f"Study {number} {n}", asset=AssetFactory(), service=ServiceFactory())
        cache.clear()
        with django_assert_max_num_queries(12) as queries:
            client.get(address)
        return len(queries)

    assert cost(3) == cost(30)


def test_a_case_study_costs_at_most_twelve_queries_signed_in(
    client, signed_in, amina, harlow, django_assert_max_num_queries
):
    project = ProjectFactory(lead_council=harlow)
    page = publish_case_study(harlow, asset=AssetFactory(project=project), project=project, service=ServiceFactory())
    page.benefits.set([BenefitFactory(project=project), BenefitFactory(project=project)])
    page.save()

    client = signed_in(amina)
    cache.clear()

    with django_assert_max_num_queries(12):
        response = client.get(f"/case-studies/{page.slug}/")

    assert "The story so far" in body(response)


def test_a_promise_stands_with_what_was_before_and_on_what_base_it_was_measured(client, harlow):
    project = ProjectFactory(lead_council=harlow)
    page = publish_case_study(harlow, project=project)
    told = {"unit": "agreements", "title": "Agreements a month", "baseline": 1, "claimed": 6, "result": 2}
    measured = {"result_on": dt.date(2015, 12, 8), "n": 3, "n_words": "councils", "state": "partly"}
    measured["confirmed_by"] = UserFactory()
    page.benefits.set([BenefitFactory(project=project, **told, **measured)])
    page.save()

    shown = body(client.get(page.url))

    for words in ('data-label="Before">1<', 'data-label="Promised">6<', "3 councils, December 2015", "Partly kept"):
        assert words in shown, words


def test_the_page_shows_evidence_in_words_with_the_reason(client, harlow):
    page = publish_case_study(harlow, **COMPARED)

    shown = body(client.get(page.url))

    assert "Evidence 2: before and after" in shown
    assert "the same measure before and after" in shown
    assert "410 calls (1 March 2014, measured on 3)" in shown
    assert "For level 4 it needs another council’s own confirmed measurement" in shown


def test_adding_what_was_before_raises_the_evidence_by_itself(client, harlow):
    page = publish_case_study(harlow, **{**COMPARED, "before": None})
    assert "Evidence 1" in body(client.get(page.url))

    page.before = 410
    page.save_revision().publish()

    assert "Evidence 2" in body(client.get(page.url))


def test_words_of_a_case_study_cannot_bring_a_script(client, harlow):
    page = publish_case_study(
        harlow,
        title="<script>alert(1)</script>",
        slug="script",
        problem='<p>Fine <a href="javascript:alert(2)">here</a><script>alert(3)</script></p>',
    )

    shown = body(client.get(page.url))

    assert "<script>alert" not in shown
    assert "javascript:" not in shown


def test_a_withdrawn_case_study_keeps_its_address_and_says_why_but_not_what(client, harlow, publisher):
    page = publish_case_study(harlow, title="Too good", summary="We saved a million.")

    withdraw_case_study(page, by=publisher, reason="The figures were wrong.")

    shown = body(client.get(page.url))
    assert "The figures were wrong." in shown
    assert "We saved a million." not in shown
    assert "Too good" not in body(client.get("/case-studies/"))
    assert AuditEvent.objects.filter(action="publishing.case_study_withdrawn", by=publisher).exists()


def test_an_older_version_does_not_bring_a_withdrawn_case_study_back(harlow, publisher):
    page = publish_case_study(harlow)
    older = page.latest_revision
    withdraw_case_study(page, by=publisher, reason="Wrong.")

    older.publish()

    assert CaseStudyPage.objects.get(pk=page.pk).is_withdrawn


@pytest.mark.parametrize("who", ["amina", "carlos", "ben", "fatima"])
def test_only_its_publisher_or_an_editor_withdraws_it(harlow, who, request):
    page = publish_case_study(harlow)

    with pytest.raises(PermissionDenied):
        withdraw_case_study(page, by=request.getfixturevalue(who), reason="Because.")


def test_withdrawing_needs_a_reason(harlow, edith):
    with pytest.raises(Refused, match="reason"):
        withdraw_case_study(publish_case_study(harlow), by=edith, reason=" \u202e ")


def test_withdrawing_happens_on_a_page_that_keeps_what_was_typed(signed_in, harlow, publisher):
    page = publish_case_study(harlow)
    address = reverse("publishing:withdraw", args=[page.slug])
    client = signed_in(publisher)

    sent_empty = client.post(address, {"reason": ""})
    assert sent_empty.status_code == 422
    assert "Enter the reason" in sent_empty.content.decode()
    assert client.post(address, {"reason": "Wrong figures."}).url == page.url
    assert "Wrong figures." in body(client.get(page.url))


def test_a_draft_is_not_found(client, harlow, amina):
    draft = draft_of(harlow, amina)

    assert client.get(f"/case-studies/{draft.slug}/").status_code == 404
    assert draft.title not in body(client.get("/case-studies/"))


def test_an_address_that_was_once_public_says_since_when_it_is_no_more_and_not_what_it_said(client, harlow):
    case_study = publish_case_study(harlow)
    news = publish_news(title="Thirty councils", published_on=dt.date(2014, 1, 1))
    for page in (case_study, news):
        page.unpublish()

    for address, title in ((case_study.url, case_study.title), (news.url, news.title)):
        answer = client.get(address)
        shown = answer.content.decode()

        assert answer.status_code == 410
        assert f"It stood here until {date_format(clock.today(), 'j F Y')}" in shown
        assert title not in shown
    assert "What we got wrong" not in body(client.get("/case-studies/"))


def test_a_restricted_page_that_was_taken_down_tells_strangers_nothing(client):
    page = publish_news(published_on=dt.date(2014, 1, 1))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    page.unpublish()

    assert client.get(page.url).status_code == 302


def test_a_changed_address_leads_on(client, harlow, django_capture_on_commit_callbacks):
    page = publish_news(title="Old name", slug="old-name", published_on=dt.date(2014, 1, 1))
    study = publish_case_study(harlow, slug="old-study")
    for changed in (page, study):
        changed.slug = changed.slug.replace("old", "new")
        with django_capture_on_commit_callbacks(execute=True):
            changed.save_revision().publish()

    assert client.get("/news/old-name/").url == "/news/new-name/"
    assert client.get("/case-studies/old-study/").url == "/case-studies/new-study/"
    assert client.get("/news/new-name/").status_code == 200


def test_the_trail_names_whoever_took_a_page_off_the_site(signed_in, edith):
    page = publish_news(published_on=dt.date(2014, 1, 1))

    signed_in(edith).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    line = AuditEvent.objects.get(action="publishing.unpublished")
    assert (line.by, line.about) == (edith, page.title)


def test_a_withdrawn_case_study_says_so_on_its_editing_page(signed_in, harlow, amina, publisher):
    page = publish_case_study(harlow)
    withdraw_case_study(page, by=publisher, reason="The figures were wrong.")

    shown = body(signed_in(amina).get(reverse("wagtailadmin_pages:edit", args=[page.pk])))

    assert "<strong>Withdrawn.</strong>" in shown
    assert "The figures were wrong." in shown
    assert CaseStudyPage.objects.get(pk=page.pk).status_string == "withdrawn"


def test_what_was_public_is_not_deleted_by_editors(signed_in, harlow, amina, edith):
    public = [publish_case_study(harlow), publish_news(published_on=dt.date(2014, 1, 1))]
    draft = draft_of(harlow, amina)

    assert not any(page.permissions_for_user(edith).can_delete() for page in public)
    assert draft.permissions_for_user(edith).can_delete()


def test_a_restricted_case_study_is_not_listed(client, harlow):
    page = publish_case_study(harlow)
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert "What we got wrong" not in body(client.get("/case-studies/"))
    assert client.get(page.url).status_code == 302
    assert reader_groups(page) == ["signed-in"]


def test_several_restrictions_are_all_to_be_passed_and_a_password_lets_nobody_find(harlow, edith):
    page = publish_case_study(harlow)
    one, other = Group.objects.create(name="One"), Group.objects.create(name="Other")
    above = PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="groups")
    above.groups.set([one, other])
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert reader_groups(page) == ["role:One", "role:Other"]

    own = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    own.groups.set([other])
    assert reader_groups(page) == ["role:Other"]
    assert page_document(page).readers == ("role:Other",)

    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="password", password="x")
    assert reader_groups(page) == []
    assert page_document(page) is None


def test_readers_of_a_public_page_are_everyone_and_of_a_draft_nobody(harlow):
    page = publish_case_study(harlow)
    assert reader_groups(page) == ["everyone"]

    page.unpublish()

    assert reader_groups(page) == []


def test_a_councils_profile_lists_its_case_studies_and_those_of_the_councils_it_succeeded(client, harlow, surrey):
    harlow.successors.add(surrey)
    publish_case_study(harlow, title="Of old")
    publish_case_study(surrey, title="Of new")

    shown = body(client.get(surrey.get_absolute_url()))

    assert shown.index("Of new") < shown.index("From predecessor councils") < shown.index("Of old")


def test_a_councils_profile_shows_its_newest_case_studies_and_leads_to_all_of_them(client, harlow, surrey, monkeypatch):
    monkeypatch.setattr(panels, "SHOWN", 2)
    harlow.successors.add(surrey)
    for title in ("Of old", "Of old too"):
        publish_case_study(harlow, title=title)
    publish_case_study(surrey, title="Of new")

    shown = body(client.get(surrey.get_absolute_url()))
    everything = body(client.get("/case-studies/?council=surrey"))

    assert shown.index("Of new") < shown.index("Of old too")
    assert ">Of old<" not in shown
    assert 'href="/case-studies/?council=surrey">See all 3<' in shown
    assert "3 case studies" in everything
    assert body(client.get("/case-studies/?council=harlow")).count('class="lda-result"') == 2


def test_news_is_listed_newest_first(client):
    publish_news(title="Older", published_on=dt.date(2014, 1, 1))
    publish_news(title="Newer", published_on=dt.date(2015, 1, 1))

    shown = body(client.get("/news/"))

    assert shown.index("Newer") < shown.index("Older")
    assert "They met." in body(client.get("/news/newer/"))


def test_the_news_costs_the_same_however_long_it_is(client, django_assert_max_num_queries):
    def cost(number):
        for n in range(number):
            publish_news(title=f"News {number} {n}", published_on=dt.date(2014, 1, 1))
        cache.clear()
        with django_assert_max_num_queries(12) as queries:
            client.get("/news/")
        return len(queries)

    client.get("/news/")  # what a process learns from its first page it remembers
    assert cost(3) == cost(30)


def test_a_new_case_study_is_for_contributors(signed_in, amina, ben):
    assert signed_in(ben).get("/case-studies/new/").status_code == 403
    assert "/cms/pages/add/publishing/casestudypage/" in signed_in(amina).get("/case-studies/new/").url


def test_the_council_that_wrote_it_is_asked_about_it(client, amina, surrey):
    study = publish_case_study(surrey, title="Blue badges")
    address = f"/case-studies/{study.slug}/ask/"
    assert address in body(client.get(study.get_absolute_url()))
    client.force_login(amina)

    answer = client.post(address, {"words": "What did it cost you?"})

    assert answer.url == study.get_absolute_url()
    assert Enquiry.objects.values_list("organisation", "about").get() == (surrey.pk, "Blue badges")


def test_nobody_is_asked_about_a_draft(client, amina, harlow):
    client.force_login(amina)

    assert client.get(f"/case-studies/{draft_of(harlow, amina).slug}/ask/").status_code == 404
