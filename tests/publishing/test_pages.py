"""Case studies and news on the site: pages with their evidence, who reads them, where their addresses lead."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from wagtail.models import PageViewRestriction

from councils.models import Enquiry
from publishing.permissions import reader_groups
from search.sources.pages import page_document
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import ServiceFactory
from tests.factories.projects import ProjectFactory
from tests.factories.publishing import publish_case_study, publish_news
from tests.factories.take_up import BenefitFactory, MeasurementFactory
from tests.publishing.bodies import body
from tests.publishing.drafts import draft_of
from tests.publishing.test_evidence import COMPARED

pytestmark = pytest.mark.django_db


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
    told = {"unit": "agreements", "title": "Agreements a month", "baseline": 1, "claimed": 6}
    page.benefits.set([MeasurementFactory(promise=BenefitFactory(project=project, **told)).promise])
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


def test_a_draft_is_not_found(client, harlow, amina):
    draft = draft_of(harlow, amina)

    assert client.get(f"/case-studies/{draft.slug}/").status_code == 404
    assert draft.title not in body(client.get("/case-studies/"))


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


def test_a_new_case_study_is_for_contributors(signed_in, amina, ben):
    assert signed_in(ben).get("/case-studies/new/").status_code == 403
    assert "/cms/pages/add/publishing/casestudypage/" in signed_in(amina).get("/case-studies/new/editor/").url


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
