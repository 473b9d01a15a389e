"""What another council's contributor finds of a draft in the admin: nothing, by whichever address."""

import pytest
from django.urls import reverse
from wagtail.models import Task

from councils.models import Membership
from publishing.models import CaseStudyIndexPage, CaseStudyPage
from publishing.operations import submit_case_study
from tests.factories.councils import MembershipFactory
from tests.factories.publishing import publish_case_study
from tests.publishing.drafts import draft_of, fresh, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]


def ways_into(page, other):
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


WAYS = [
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


@pytest.mark.parametrize("way", WAYS)
def test_another_councils_contributor_is_kept_out(draft, carlos, way, signed_in):
    client = signed_in(carlos)

    response = client.get(ways_into(draft, carlos)[way])

    # Wagtail answers its own refusals by leading to the dashboard with a message.
    assert response.status_code in (302, 403, 404)
    assert response.status_code != 302 or response.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("way", WAYS)
def test_another_councils_contributor_changes_nothing_by_posting(draft, carlos, surrey, way, signed_in):
    client = signed_in(carlos)
    before = (fresh(draft).council_id, fresh(draft).latest_revision_id, CaseStudyPage.objects.count())

    client.post(
        ways_into(draft, carlos)[way],
        typed(draft, council=str(surrey.pk), reason="x", new_title="Copy", new_slug="copy", new_parent_page="2"),
    )

    assert (fresh(draft).council_id, fresh(draft).latest_revision_id, CaseStudyPage.objects.count()) == before


@pytest.mark.parametrize("way", ["edit", "view draft", "compare", "history", "copy"])
def test_a_colleague_of_the_same_council_may_work_on_it(draft, harlow, way, signed_in):
    colleague = MembershipFactory(organisation=harlow).person
    client = signed_in(colleague)

    response = client.get(ways_into(draft, colleague)[way])

    assert response.status_code == 200 or way == "copy"


def test_someone_who_left_the_council_no_longer_edits_what_they_wrote(draft, amina, surrey, signed_in):
    Membership.objects.filter(person=amina).update(state=Membership.State.ENDED)
    MembershipFactory(person=amina, organisation=surrey)
    client = signed_in(amina)

    for way in ("edit", "copy", "view draft", "delete"):
        response = client.get(ways_into(draft, amina)[way])
        assert response.status_code != 200, way


def test_no_other_address_of_the_admin_names_it_either(draft, carlos, sunita, surrey, signed_in):
    """By its own key, in lists of chosen pages, in choosers, in reports; the secretariat is no council either."""
    public = publish_case_study(surrey, title="Public")
    index = CaseStudyIndexPage.objects.get()
    live = publish_case_study(draft.council, title="Known name")
    live.title = "Secret new name"
    live.save_revision()
    addresses = [
        *(
            f"/cms/bulk/wagtailcore/page/{action}/?id={draft.pk}"
            for action in ("delete", "move", "publish", "unpublish")
        ),
        reverse("wagtailadmin_pages:revisions_index", args=[draft.pk]),
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
        *(f"/cms/reports/{name}/" for name in ("locked", "aging-pages", "site-history")),
        reverse("wagtailadmin_pages:revisions_unschedule", args=[draft.pk, draft.latest_revision_id]),
        reverse("wagtailadmin_pages:workflow_preview", args=[draft.pk, Task.objects.earliest("pk").pk]),
        "/cms/pages/usage/publishing/casestudypage/",
        reverse("wagtailadmin_pages:type_use_results", args=["publishing", "casestudypage"]),
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


def test_a_contributor_sees_little_of_the_menu(amina, signed_in):
    page = signed_in(amina).get(reverse("wagtailadmin_home")).content.decode()

    assert "/cms/images/" not in page
    assert "/cms/documents/" not in page
    assert "/cms/snippets/" not in page
