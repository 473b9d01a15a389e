"""A case study is published in three steps: the council drafts, its publisher approves, an Alliance editor publishes.

No council publishes past that, and none reaches into another's.
"""

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
from tests.publishing.drafts import draft_of, fresh, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]


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


@pytest.mark.parametrize("without", ["a second factor", "an open account"])
def test_a_superuser_whose_rights_are_off_decides_nothing_for_a_council(draft, amina, root_user, without):
    submit_case_study(draft, by=amina)
    if without == "an open account":
        root_user.is_active = False
    else:
        root_user.authenticator_set.all().delete()

    assert list(waiting_case_studies(root_user)) == []
    with pytest.raises(PermissionDenied):
        approve_case_study(fresh(draft), by=root_user)


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
