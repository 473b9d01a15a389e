"""Somebody without an account reads one version of a draft by a link, and comments; the link ends."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core import clock
from core.errors import Refused
from councils.models import Membership
from outbox.models import Message
from publishing.models import CaseStudyPage, DraftComment, SharedDraft
from publishing.operations import submit_case_study, withdraw_case_study
from publishing.shared.operations import MOST_COMMENTS, MOST_LINKS, comment_on_draft, share_draft, stop_sharing
from publishing.shared.queries import token_for
from tests.factories.councils import MembershipFactory
from tests.factories.publishing import publish_case_study
from tests.publishing.drafts import draft_of

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
TITLE = "Fewer missed bins"


@pytest.fixture
def draft(harlow, amina):
    return draft_of(harlow, amina, title=TITLE)


@pytest.fixture
def shared(draft, amina):
    return share_draft(draft, by=amina)


def address(shared):
    return reverse("publishing:shared_draft", args=[token_for(shared)])


def test_a_stranger_with_the_link_reads_that_version_and_no_later_one(shared, draft, client):
    draft.what_we_did = "<p>Something that nobody was shown.</p>"
    draft.save_revision()

    answer = client.get(address(shared))

    page = answer.content.decode()
    assert TITLE in page
    assert "nobody was shown" not in page
    assert answer["Cache-Control"] == "private, no-store"
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
    shared.refresh_from_db()
    assert shared.opened_at is not None


@pytest.mark.usefixtures("short_directory")
def test_author_and_approvers_read_the_comments_on_this_version_where_they_edit(
    shared, draft, amina, petra, client, signed_in
):
    client.post(address(shared), {"words": "The year is wrong: it was 2014.", "name": "Dee Rector"})
    submit_case_study(draft, by=amina)
    editing = reverse("wagtailadmin_pages:edit", args=[draft.pk])

    for person in (amina, petra):
        said = signed_in(person).get(editing).content.decode()
        assert "1 comment on this version" in said
        assert "The year is wrong: it was 2014." in said
        assert "Dee Rector" in said
    page = CaseStudyPage.objects.get(pk=draft.pk)
    page.summary = "In 2014 it changed."
    page.save_revision(user=petra)
    later = signed_in(petra).get(editing).content.decode()
    assert "The year is wrong" not in later
    assert "1 comment on earlier versions" in later


def test_a_comment_reaches_whoever_made_the_link_and_stands_beside_it(shared, amina, client, signed_in):
    said = {"words": "The year is wrong: it was 2014.", "name": "Dee Rector"}

    assert client.post(address(shared), said).status_code == 302
    assert client.post(address(shared), said).status_code == 422  # sent twice it is one

    comment = DraftComment.objects.get()
    assert [m.person for m in Message.objects.filter(kind="publishing.draft_commented")] == [amina]
    page = signed_in(amina).get(reverse("publishing:share", args=[shared.case_study_id])).content.decode()
    assert comment.words in page
    assert "Dee Rector" in page


def test_an_empty_comment_gets_a_sentence_and_keeps_the_name(shared, client):
    answer = client.post(address(shared), {"words": " ", "name": "Dee Rector"})

    assert answer.status_code == 422
    assert "Say what you would change." in answer.content.decode()
    assert 'value="Dee Rector"' in answer.content.decode()


def test_after_its_day_and_once_ended_the_link_shows_nothing(shared, amina, client):
    with clock.at(clock.now() + dt.timedelta(days=14)):
        late = client.get(address(shared))
    stop_sharing(shared, by=amina)
    stop_sharing(shared, by=amina)
    ended = client.get(address(shared))

    for answer in (late, ended):
        assert answer.status_code == 410
        assert TITLE not in answer.content.decode()
    shared.refresh_from_db()
    with pytest.raises(Refused, match="has ended"):
        comment_on_draft(shared, words="Late.", by=amina)


def test_the_link_of_somebody_who_writes_for_the_council_no_more_is_dead(shared, amina, client):
    Membership.objects.filter(person=amina).update(state=Membership.State.ENDED)

    assert client.get(address(shared)).status_code == 404


def test_a_withdrawn_case_study_is_shown_by_no_link(harlow, amina, edith, client):
    page = publish_case_study(harlow)
    shared = share_draft(page, by=amina)
    withdraw_case_study(page, by=edith, reason="Wrong.")

    assert client.get(address(shared)).status_code == 404
    with pytest.raises(Refused, match="withdrawn"):
        share_draft(page, by=amina)


def test_no_made_up_link_opens_anything(shared, client):
    token = token_for(shared)

    for wrong in (token[:-1], "x", f"{'0' * 32}.{token.partition('.')[2]}"):
        assert client.get(reverse("publishing:shared_draft", args=[wrong])).status_code == 404


def test_another_council_neither_sees_the_links_nor_makes_one(draft, shared, carlos, signed_in):
    client = signed_in(carlos)

    assert client.get(reverse("publishing:share", args=[draft.pk])).status_code == 404
    assert client.post(reverse("publishing:stop_sharing", args=[draft.pk, shared.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        share_draft(draft, by=carlos)
    with pytest.raises(PermissionDenied):
        stop_sharing(shared, by=carlos)


def test_a_contributor_ends_their_own_links_and_the_publisher_any(shared, harlow, petra):
    colleague = MembershipFactory(organisation=harlow).person
    with pytest.raises(PermissionDenied):
        stop_sharing(shared, by=colleague)

    stop_sharing(shared, by=petra)

    shared.refresh_from_db()
    assert not shared.is_live


def test_links_and_comments_have_a_limit(draft, amina):
    links = [share_draft(draft, by=amina) for _ in range(MOST_LINKS)]
    with pytest.raises(Refused, match="10 links already"):
        share_draft(draft, by=amina)
    for number in range(MOST_COMMENTS):
        comment_on_draft(links[0], words=f"Comment {number}", by=amina)

    with pytest.raises(Refused, match="20 comments"):
        comment_on_draft(links[0], words="One more", by=amina)
    assert SharedDraft.objects.count() == MOST_LINKS
