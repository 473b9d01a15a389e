"""Case studies and news on the site: pages with their evidence, who reads them, where their addresses lead."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from wagtail.models import PageViewRestriction

from core import clock
from councils.models import Enquiry
from publishing.figures import figures_of
from publishing.models import EvidenceCheck, FollowUp
from publishing.permissions import reader_groups
from search.sources.pages import page_document
from tests.factories.accounts import UserFactory
from tests.factories.assets_registry import AssetFactory
from tests.factories.councils import ServiceFactory
from tests.factories.projects import ProjectFactory
from tests.factories.publishing import picture_of, publish_case_study, publish_news
from tests.factories.take_up import AdoptionFactory, BenefitFactory, MeasurementFactory
from tests.publishing.bodies import body
from tests.publishing.drafts import draft_of
from tests.publishing.published import COMPARED
from tests.publishing.test_evidence import measured_elsewhere

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(harlow, amina, surrey, luton):
    """A case study with all that one can have: picture, links, records, promises, a check, follow-ups, replication."""
    project = ProjectFactory(lead_council=harlow)
    asset = AssetFactory(owner=harlow, project=project)
    news = publish_news(title="A day in Leeds", published_on=dt.date(2014, 1, 1))
    linked = f'<p>As we told <a linktype="page" id="{news.pk}">in Leeds</a>.</p>'
    page = publish_case_study(
        harlow,
        owner=amina,
        asset=asset,
        project=project,
        service=ServiceFactory(),
        picture=picture_of(harlow),
        problem=linked,
        what_we_did=linked,
        **COMPARED,
    )
    page.benefits.set([MeasurementFactory(promise=BenefitFactory(project=project)).promise for _ in range(3)])
    page.save()
    measured_elsewhere(asset, surrey)
    AdoptionFactory(asset=asset, council=luton)
    EvidenceCheck.objects.create(
        case_study=page,
        figures=figures_of(page),
        person=UserFactory(name="Moira Bell"),
        organisation=surrey,
        asked_by=amina,
        is_right=True,
        answered_at=clock.now(),
    )
    figure = MeasurementFactory(promise=page.own_promise.promise, measured_on=dt.date(2016, 3, 1))
    said = {"answered_on": dt.date(2016, 3, 2), "answered_by": amina, "is_running": True}
    FollowUp.objects.create(case_study=page, months=6, asked_on=dt.date(2015, 9, 1), **said, note="Still in use")
    FollowUp.objects.create(case_study=page, months=12, asked_on=dt.date(2016, 3, 1), **said, measurement=figure)
    return page


@pytest.mark.parametrize(("reader", "most"), [("", 12), ("amina", 16), ("carlos", 16), ("edith", 16)])
def test_the_fullest_case_study_costs_at_most_twelve_queries_and_four_for_who_somebody_is(
    reader, most, everything, client, signed_in, request, django_assert_max_num_queries
):
    client = signed_in(request.getfixturevalue(reader)) if reader else client
    client.get(everything.url)  # which makes its pictures
    cache.clear()

    with django_assert_max_num_queries(most):
        response = client.get(everything.url)

    shown = body(response)
    for words in (
        "The story so far", "Promised and measured, never added", "followed up 12 months later", "Still in use",
        "verified by Moira Bell", "used live by 2 other councils, 1 measured the same", "<picture", "in Leeds</a>",
        "Evidence 4", "Take-up, which is not evidence", "ledger of promises",
    ):  # fmt: skip
        assert words in shown, words


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
    assert "Measured on 3 + 3; 1 March 2014 and 1 March 2015" in shown
    assert shown.count("410") == 1, "the figures stand once"
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
