"""A case study is published in three steps: the council drafts, its publisher approves, an Alliance editor publishes.

No council publishes past that, and none reaches into another's.
"""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import GroupPagePermission, Workflow

from audit.models import AuditEvent
from core.errors import Refused
from councils.models import Membership
from publishing.forms import CaseStudyForm
from publishing.models import CaseStudyIndexPage, CaseStudyPage
from publishing.operations import approve_case_study, return_case_study, submit_case_study
from publishing.permissions import waiting_case_studies
from tests.factories.councils import MembershipFactory
from tests.factories.publishing import publish_case_study

pytestmark = pytest.mark.django_db


def draft_of(council, by, title="Fewer missed bins") -> CaseStudyPage:
    page = CaseStudyPage(
        title=title,
        slug=title.lower().replace(" ", "-"),
        council=council,
        summary="What changed.",
        problem="<p>Bins were missed.</p>",
        what_we_did="<p>We told people.</p>",
        owner=by,
        live=False,
    )
    CaseStudyIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=by)
    return page


def fresh(page) -> CaseStudyPage:
    return CaseStudyPage.objects.get(pk=page.pk)


def typed(page, **changed):
    """What the admin's form posts for a case study."""
    fields = {
        "title": page.title,
        "slug": page.slug,
        "council": str(page.council_id),
        "summary": page.summary,
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "0",
    }
    block = {"key": "a", "text": "Words", "type": "unstyled", "depth": 0}
    block |= {"inlineStyleRanges": [], "entityRanges": [], "data": {}}
    rich = json.dumps({"blocks": [block], "entityMap": {}})
    for name in ("problem", "what_we_did", "what_went_wrong", "what_we_would_do_differently", "reuse"):
        fields[name] = rich
    for name in (
        "who",
        "cost",
        "measure",
        "before",
        "before_unit",
        "after",
        "after_unit",
        "figures_note",
        "contact",
        "source",
    ):
        fields[name] = ""
    return fields | changed


@pytest.fixture
def publisher(harlow):
    """Publishes for Harlow."""
    return MembershipFactory(person__name="Petra Voss", organisation=harlow, role=Membership.Role.PUBLISHER).person


@pytest.fixture
def draft(harlow, amina):
    return draft_of(harlow, amina)


def test_a_draft_goes_to_the_publisher_then_to_the_editor_then_to_the_site(draft, amina, publisher, edith):
    submit_case_study(draft, by=amina)
    assert not fresh(draft).live

    approve_case_study(draft, by=publisher)
    assert not fresh(draft).live

    approve_case_study(draft, by=edith)
    assert fresh(draft).live


def test_each_step_leaves_a_line_in_the_trail(draft, amina, publisher, edith):
    submit_case_study(draft, by=amina)
    approve_case_study(draft, by=publisher)
    approve_case_study(draft, by=edith)

    lines = AuditEvent.objects.filter(about_kind="publishing.casestudypage").order_by("pk")
    assert [(line.action, line.by) for line in lines] == [
        ("publishing.submitted", amina),
        ("publishing.approved", publisher),
        ("publishing.published", edith),
        ("publishing.approved", edith),
    ]


def test_a_contributor_cannot_approve_their_own_draft(draft, amina):
    submit_case_study(draft, by=amina)

    with pytest.raises(PermissionDenied):
        approve_case_study(draft, by=amina)


def test_another_councils_lead_cannot_approve_it(draft, amina, surrey):
    submit_case_study(draft, by=amina)
    other = MembershipFactory(organisation=surrey, role=Membership.Role.LEAD).person

    with pytest.raises(PermissionDenied):
        approve_case_study(draft, by=other)


def test_the_publisher_cannot_take_the_editors_step(draft, amina, publisher):
    submit_case_study(draft, by=amina)
    approve_case_study(draft, by=publisher)

    with pytest.raises(PermissionDenied):
        approve_case_study(draft, by=publisher)


def test_an_editor_without_a_second_factor_cannot_approve(draft, amina, publisher, ben):
    from django.contrib.auth.models import Group

    ben.groups.add(Group.objects.get(name="Alliance editors"))
    submit_case_study(draft, by=amina)
    approve_case_study(draft, by=publisher)

    with pytest.raises(PermissionDenied):
        approve_case_study(draft, by=ben)


def test_sending_back_needs_a_reason(draft, amina, publisher):
    submit_case_study(draft, by=amina)

    with pytest.raises(Refused, match="what should change"):
        return_case_study(draft, by=publisher, reason="  ")


def test_what_was_sent_back_starts_again_at_the_first_step(draft, amina, publisher, edith):
    submit_case_study(draft, by=amina)
    approve_case_study(draft, by=publisher)
    return_case_study(draft, by=edith, reason="Which year?")
    changed = fresh(draft)
    changed.summary = "What changed in 2014."
    changed.save_revision(user=amina)
    changed.current_workflow_state.resume(user=amina)

    assert fresh(draft).current_workflow_task.name == "The council's publisher"


def test_only_those_whose_step_it_is_find_it_waiting(draft, amina, carlos, publisher, edith):
    submit_case_study(draft, by=amina)

    assert [waiting_case_studies(person).count() for person in (amina, carlos, publisher, edith)] == [0, 0, 1, 0]


def test_a_published_case_study_that_is_changed_waits_again(draft, amina, publisher, edith, signed_in):
    submit_case_study(draft, by=amina)
    approve_case_study(draft, by=publisher)
    approve_case_study(draft, by=edith)
    client = signed_in(amina)

    client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), typed(draft, summary="Better words."))

    assert fresh(draft).summary == "What changed."
    assert fresh(draft).has_unpublished_changes


@pytest.mark.parametrize("who", ["amina", "publisher"])
def test_posting_publish_does_not_publish(draft, who, signed_in, request):
    client = signed_in(request.getfixturevalue(who))

    client.post(
        reverse("wagtailadmin_pages:edit", args=[draft.pk]), typed(draft, **{"action-publish": "action-publish"})
    )

    assert not fresh(draft).live


def test_posting_publish_while_creating_does_not_publish(harlow, amina, draft, signed_in):
    client = signed_in(amina)
    index = CaseStudyIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["publishing", "casestudypage", index.pk])

    client.post(address, typed(draft, title="Second", slug="second", **{"action-publish": "action-publish"}))

    assert not CaseStudyPage.objects.get(slug="second").live


@pytest.mark.parametrize(("accept", "status"), [("text/html", 200), ("application/json", 409)])
def test_a_new_page_saved_twice_at_once_is_no_fault(harlow, amina, draft, signed_in, monkeypatch, accept, status):
    """Wagtail saves in the background while somebody presses “Save draft”: both have passed the form's own check."""
    index = CaseStudyIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["publishing", "casestudypage", index.pk])
    check = CaseStudyForm.is_valid

    def check_and_be_overtaken(form) -> bool:
        is_valid = check(form)
        draft_of(harlow, amina, title="Second")
        return is_valid

    monkeypatch.setattr(CaseStudyForm, "is_valid", check_and_be_overtaken)

    response = signed_in(amina).post(
        address, typed(draft, title="Second", slug="second"), headers={"Accept": accept}, follow=True
    )

    assert response.status_code == status
    assert "saved a moment ago" in response.content.decode()
    assert CaseStudyPage.objects.filter(slug="second").count() == 1


def test_a_contributor_creates_and_submits_in_the_admin(harlow, amina, draft, signed_in):
    client = signed_in(amina)
    index = CaseStudyIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["publishing", "casestudypage", index.pk])

    asked = client.get(address)
    assert asked.status_code == 200
    assert "After: measured on how many" in asked.content.decode()  # apart from the day it was measured on
    client.post(address, typed(draft, title="Second", slug="second", **{"action-submit": "action-submit"}))

    assert CaseStudyPage.objects.get(slug="second").current_workflow_task.name == "The council's publisher"


def test_a_contributor_cannot_write_for_another_council(surrey, amina, draft, signed_in):
    client = signed_in(amina)
    index = CaseStudyIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["publishing", "casestudypage", index.pk])

    client.post(address, typed(draft, title="Second", slug="second", council=str(surrey.pk)))

    assert not CaseStudyPage.objects.filter(slug="second").exists()


def test_a_contributor_cannot_say_that_it_was_checked(draft, amina, surrey, signed_in):
    client = signed_in(amina)

    client.post(
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        typed(draft, checked_by="Ourselves", checker_organisation=str(surrey.pk)),
    )

    draft = fresh(draft).get_latest_revision_as_object()
    assert (draft.checked_by, draft.checker_organisation) == ("", None)


def doors_of(page, other):
    """Every way into somebody else's draft."""
    revision = page.get_latest_revision()
    return {
        "edit": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "view draft": reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        "preview": reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        "compare": reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"]),
        "revision": reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk]),
        "revert": reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk]),
        "history": reverse("wagtailadmin_pages:history", args=[page.pk]),
        "workflow history": reverse("wagtailadmin_pages:workflow_history", args=[page.pk]),
        "copy": reverse("wagtailadmin_pages:copy", args=[page.pk]),
        "move": reverse("wagtailadmin_pages:move", args=[page.pk]),
        "delete": reverse("wagtailadmin_pages:delete", args=[page.pk]),
        "privacy": reverse("wagtailadmin_pages:set_privacy", args=[page.pk]),
        "usage": reverse("wagtailadmin_pages:usage", args=[page.pk]),
        "withdraw": reverse("publishing:withdraw", args=[page.slug]),
    }


DOORS = [
    "edit",
    "view draft",
    "preview",
    "compare",
    "revision",
    "revert",
    "history",
    "workflow history",
    "copy",
    "move",
    "delete",
    "privacy",
    "usage",
    "withdraw",
]


@pytest.mark.parametrize("door", DOORS)
def test_another_councils_contributor_is_kept_out(draft, carlos, door, signed_in):
    client = signed_in(carlos)

    response = client.get(doors_of(draft, carlos)[door])

    # Wagtail answers its own refusals by leading to the dashboard with a message.
    assert response.status_code in (302, 403, 404)
    assert response.status_code != 302 or response.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("door", DOORS)
def test_another_councils_contributor_changes_nothing_by_posting(draft, carlos, surrey, door, signed_in):
    client = signed_in(carlos)
    before = (fresh(draft).council_id, fresh(draft).latest_revision_id, CaseStudyPage.objects.count())

    client.post(
        doors_of(draft, carlos)[door],
        typed(draft, council=str(surrey.pk), reason="x", new_title="Copy", new_slug="copy", new_parent_page="2"),
    )

    assert (fresh(draft).council_id, fresh(draft).latest_revision_id, CaseStudyPage.objects.count()) == before


@pytest.mark.parametrize("door", ["edit", "view draft", "compare", "history", "copy"])
def test_a_colleague_of_the_same_council_may_work_on_it(draft, harlow, door, signed_in):
    colleague = MembershipFactory(organisation=harlow).person
    client = signed_in(colleague)

    response = client.get(doors_of(draft, colleague)[door])

    assert response.status_code == 200 or door == "copy"


def test_someone_who_left_the_council_no_longer_edits_what_they_wrote(draft, amina, surrey, signed_in):
    Membership.objects.filter(person=amina).update(state=Membership.State.ENDED)
    MembershipFactory(person=amina, organisation=surrey)
    client = signed_in(amina)

    for door in ("edit", "copy", "view draft", "delete"):
        response = client.get(doors_of(draft, amina)[door])
        assert response.status_code != 200, door


@pytest.mark.parametrize("address", ["wagtailadmin_pages:search", "wagtailadmin_explore", "wagtailadmin_choose_page"])
def test_lists_of_the_admin_do_not_name_another_councils_draft(draft, carlos, address, signed_in):
    index = CaseStudyIndexPage.objects.get()
    args = [index.pk] if address == "wagtailadmin_explore" else []
    client = signed_in(carlos)

    response = client.get(reverse(address, args=args), {"q": "missed"} if not args else {})

    assert response.status_code == 200
    assert draft.title not in response.content.decode()


def test_browsing_the_chooser_does_not_name_another_councils_draft(draft, carlos, signed_in):
    client = signed_in(carlos)

    response = client.get(reverse("wagtailadmin_choose_page_child", args=[CaseStudyIndexPage.objects.get().pk]))

    assert draft.title not in response.content.decode()


def test_no_other_address_of_the_admin_names_it_either(draft, carlos, sunita, surrey, signed_in):
    """By its own key, in lists of chosen pages, in choosers, in reports; the secretariat is no council either."""
    public = publish_case_study(surrey, title="Public")
    index = CaseStudyIndexPage.objects.get()
    live = publish_case_study(draft.council, title="Known name")
    live.title = "Secret new name"
    live.save_revision()
    addresses = [
        *(f"/cms/bulk/wagtailcore/page/{deed}/?id={draft.pk}" for deed in ("delete", "move", "publish", "unpublish")),
        f"/cms/bulk/wagtailcore/page/delete/?id=all&childOf={index.pk}",
        f"/cms/choose-page/{index.pk}/",
        f"/cms/choose-page/{draft.pk}/",
        f"/cms/choose-page/{live.pk}/",
        "/cms/choose-page/search/?q=secret",
        f"/cms/pages/{draft.pk}/",
        f"/cms/pages/{draft.pk}/move/{index.pk}/confirm/",
        f"/cms/pages/{public.pk}/move/{draft.pk}/confirm/",
        f"/cms/api/main/pages/{draft.pk}/",
        "/cms/api/main/pages/?limit=20&fields=_,id,title,admin_display_title",
        f"/cms/api/main/pages/?child_of={index.pk}&fields=*&for_explorer=1",
        *(f"/cms/reports/{name}/" for name in ("workflow", "workflow_tasks", "locked", "aging-pages", "site-history")),
        "/cms/pages/usage/publishing/casestudypage/",
        "/cms/",
    ]
    for person in (carlos, sunita):
        client = signed_in(person)
        for address in addresses:
            shown = client.get(address, follow=True).content.decode()
            assert draft.title not in shown, address
            assert "Secret new name" not in shown, address


def test_a_publisher_cannot_approve_anothers_case_study_through_an_address_of_their_own(
    draft, amina, publisher, surrey, carlos, signed_in
):
    theirs = draft_of(surrey, carlos, "Theirs")
    submit_case_study(theirs, by=carlos)
    submit_case_study(draft, by=amina)
    foreign_state = fresh(theirs).current_workflow_task_state
    client = signed_in(publisher)

    client.post(reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", foreign_state.pk]))

    assert fresh(theirs).current_workflow_task.name == "The council's publisher"


def test_while_it_waits_for_the_editor_its_author_cannot_change_it(draft, amina, publisher, signed_in):
    submit_case_study(draft, by=amina)
    approve_case_study(draft, by=publisher)
    before = fresh(draft).latest_revision_id

    signed_in(amina).post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), typed(draft, summary="Other words"))

    assert fresh(draft).latest_revision_id == before


def test_contributors_have_no_publish_right_anywhere():
    rights = GroupPagePermission.objects.filter(group__name="Council contributors")

    assert [(right.permission.codename, right.page.specific) for right in rights] == [
        ("add_page", CaseStudyIndexPage.objects.get())
    ]


def test_case_studies_have_two_steps_and_news_the_editors_own():
    found = {
        link.page.slug: [task.name for task in workflow.tasks]
        for workflow in Workflow.objects.all()
        for link in workflow.workflow_pages.all()
    }

    assert found == {"case-studies": ["The council's publisher", "Alliance editor"], "news": ["Alliance editor"]}


def test_a_contributor_sees_little_of_the_menu(amina, signed_in):
    page = signed_in(amina).get(reverse("wagtailadmin_home")).content.decode()

    assert "/cms/images/" not in page
    assert "/cms/documents/" not in page
    assert "/cms/snippets/" not in page
