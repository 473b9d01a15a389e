"""A restricted paper is read by the board and its secretariat; everybody else learns its title and reason, no more."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from audit.models import AuditEvent
from core.errors import Refused
from portal.feeds import KINDS as FEEDS
from steering.models import Paper
from steering.operations import add_paper, build_agenda, keep_paper, remove_paper
from tests.factories.accounts import UserFactory, give_role
from tests.factories.packs import PackFactory
from tests.factories.steering import BoardSeatFactory, MeetingFactory, MeetingItemFactory, PaperFactory
from tests.pages import words
from tests.steering.motions import in_days

CANARY = b"%PDF-1.4 zqxvcanary"
REASON = "Its terms are under negotiation until it is signed"


@pytest.fixture
def member(db):
    """Whoever represents a body, with no role of the platform."""
    return BoardSeatFactory(representative=UserFactory(name="Lee Hall")).representative


@pytest.fixture
def paper(db):
    return PaperFactory(
        restricted=True, title="Draft memorandum", content=CANARY, sha256="c4" * 32, file_name="zqxvname.pdf"
    )


@pytest.fixture
def people(amina, grace, fatima, anna, edith, ben):
    """Everybody who may not: a stranger, an account, an officer, a lead, a facilitator, an analyst, an editor."""
    return {"stranger": None, "account": ben, "officer": amina, "lead": grace, "facilitator": fatima, "analyst": anna,
            "editor": edith}  # fmt: skip


def document(content: bytes = CANARY, name: str = "memorandum.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def as_whom(client, person):
    client.logout()
    if person:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_board_whoever_represents_a_body_and_the_secretariat_read_it(signed_in, paper, boris, sunita, member):
    for person in (boris, sunita, member):
        answer = signed_in(person).get(paper.get_absolute_url())
        assert answer.content == CANARY
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"] == 'attachment; filename="draft-memorandum.pdf"'


@pytest.mark.parametrize(
    "asking",
    [
        {},
        {"HTTP_RANGE": "bytes=0-3"},
        {"HTTP_IF_NONE_MATCH": '"' + "c4" * 32 + '"'},
        {"HTTP_IF_NONE_MATCH": "*"},
        {"HTTP_IF_MODIFIED_SINCE": "Wed, 01 Jan 2031 00:00:00 GMT"},
    ],
    ids=["plain", "range", "hash", "any hash", "since"],
)
def test_to_everybody_else_it_is_not_there_however_they_ask(client, paper, people, asking):
    absent = paper.get_absolute_url().replace(str(paper.pk), "987654")
    for name, person in people.items():
        page = as_whom(client, person)
        for method in (page.get, page.head):
            there, nowhere = method(paper.get_absolute_url(), **asking), method(absent, **asking)
            assert there.status_code == nowhere.status_code == 404, name
            assert there.content == nowhere.content.replace(b"987654", str(paper.pk).encode()) or method == page.get
            assert b"zqxv" not in there.content
            assert there.headers.keys() == nowhere.headers.keys(), name


def test_control_a_public_paper_is_read_by_everybody(client, people):
    public = PaperFactory(content=CANARY)
    for person in people.values():
        assert as_whom(client, person).get(public.get_absolute_url()).content == CANARY


def test_no_answer_with_it_is_kept_or_known_again_by_its_hash(signed_in, paper, boris):
    page = signed_in(boris)
    whole = page.get(paper.get_absolute_url())
    assert not whole.has_header("ETag")
    for asking in ({"HTTP_RANGE": "bytes=0-3"}, {"HTTP_IF_NONE_MATCH": "*"}):
        assert page.get(paper.get_absolute_url(), **asking).status_code == 200
    public = PaperFactory()
    page.logout()
    first = page.get(public.get_absolute_url())
    assert first["Cache-Control"] == "private, no-store"
    public.is_restricted, public.reason = True, REASON
    public.save()
    assert page.get(public.get_absolute_url()).status_code == 404


def test_everybody_reads_title_and_reason_and_neither_its_file_s_name_nor_its_hash(client, paper, people):
    item = MeetingItemFactory(meeting=paper.meeting)
    PaperFactory(meeting=paper.meeting, item=item, restricted=True, title="With an item", file_name="zqxvother.pdf")
    addresses = ["/", "/board/", "/board/meetings/", paper.meeting.get_absolute_url(), "/search/?q=zqxv"]
    addresses += ["/search/?q=memorandum", "/search/suggest?q=zqxv", "/sitemap.xml", "/sitemap-meetings.xml"]
    addresses += [f"/feeds/{kind}.atom" for kind in FEEDS]
    addresses += ["/board/actions/?format=csv", "/board/decisions/?format=csv", "/media/documents/zqxvname.pdf"]
    addresses += [f"/documents/{paper.pk}/zqxvname.pdf", "/media/zqxvname.pdf", "/media/images/zqxvname.pdf"]
    for name, person in people.items():
        page = as_whom(client, person)
        for address in addresses:
            said = b"".join(page.get(address))
            assert b"zqxvn" not in said, (name, address)
            assert b"zqxvo" not in said, (name, address)
            assert b"c4c4" not in said, (name, address)
            assert f"/board/papers/{paper.pk}/".encode() not in said, (name, address)
        shown = words(page.get(paper.meeting.get_absolute_url()))
        assert "Draft memorandum" in shown
        assert REASON in shown


def test_the_admin_shows_no_paper_to_editors_or_the_secretariat(signed_in, paper, edith, sunita):
    for person in (edith, sunita):
        page = signed_in(person)
        for address in ("/cms/", "/cms/documents/", "/cms/reports/site-history/", "/cms/pages/"):
            assert b"zqxv" not in page.get(address, follow=True).content


def test_a_member_who_left_the_board_reads_no_more_on_the_next_request(signed_in, paper, boris, member):
    for person, leave in (
        (boris, lambda: boris.groups.clear()),
        (
            member,
            lambda: member.board_seat.__class__.objects.filter(representative=member).update(
                until=in_days(-1), since=in_days(-9)
            ),
        ),
    ):
        page = signed_in(person)
        assert page.get(paper.get_absolute_url()).status_code == 200
        leave()
        assert page.get(paper.get_absolute_url()).status_code == 404


def test_a_role_without_a_second_factor_reads_none(signed_in, paper):
    for role in (Role.BOARD, Role.SECRETARIAT):
        person = give_role(UserFactory(), role)
        person.authenticator_set.all().delete()
        page = signed_in(person)
        assert page.get(paper.get_absolute_url()).status_code == 404
        is_told = "once your account has a second factor" in words(page.get(paper.meeting.get_absolute_url()))
        assert is_told == (role == Role.BOARD)


def test_each_reading_by_a_superuser_without_a_seat_is_in_the_trail_and_shown_to_the_board(
    signed_in, paper, root_user, boris, amina
):
    page = signed_in(root_user)
    for _ in range(2):
        assert page.get(paper.get_absolute_url()).status_code == 200
    page.get(PaperFactory().get_absolute_url())
    signed_in(boris).get(paper.get_absolute_url())

    assert (
        list(AuditEvent.objects.filter(action="steering.paper_read").values_list("by", flat=True)) == [root_user.pk] * 2
    )
    assert "Read by who keeps the site" in words(signed_in(boris).get(paper.meeting.get_absolute_url()))
    assert "Read by who keeps the site" not in words(signed_in(amina).get(paper.meeting.get_absolute_url()))


def test_a_superuser_who_sits_on_the_board_reads_as_a_member(signed_in, paper):
    both = give_role(UserFactory(is_superuser=True, is_staff=True), Role.BOARD)
    signed_in(User.objects.get(pk=both.pk)).get(paper.get_absolute_url())

    assert not AuditEvent.objects.filter(action="steering.paper_read").exists()


def test_the_secretariat_adds_a_paper_by_a_plain_post_and_a_restricted_one_says_why(signed_in, sunita):
    meeting = MeetingFactory(planned=True)
    address = f"{meeting.get_absolute_url()}papers/add/"
    page = signed_in(sunita)
    form = {"title": "Draft memorandum", "access": "restricted"}

    refused = page.post(address, form | {"document": document()})
    assert refused.status_code in (409, 422)
    assert "Say why it is restricted" in words(refused)
    page.post(address, form | {"document": document(), "reason": REASON})

    found = Paper.objects.get()
    assert bytes(found.content) == CANARY
    assert (found.size, found.is_restricted, found.reason) == (len(CANARY), True, REASON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.update(reason="")


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"<html>", "page.html"), (b"<html>", "page.pdf"), (b"%PDF-" + b" " * 10 * 1024 * 1024, "large.pdf")],
    ids=["a page", "no PDF", "too large"],
)
def test_what_is_no_document_or_too_large_is_refused_beside_its_field(sunita, content, name):
    with pytest.raises(Refused) as refusal:
        add_paper(MeetingFactory(planned=True), title="Paper", document=document(content, name), by=sunita)
    assert refusal.value.field == "document"


def test_only_the_secretariat_adds_keeps_and_takes_off(paper, boris, edith, member):
    for person in (boris, edith, member):
        for act in (
            lambda by: add_paper(paper.meeting, title="Paper", document=document(), by=by),
            lambda by: keep_paper(paper, disposition="", is_on_hold=True, by=by),
            lambda by: remove_paper(paper, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(person)


def test_a_paper_on_hold_or_of_a_meeting_that_was_held_is_not_taken_off(paper, sunita):
    keep_paper(paper, disposition="Seven years, then the archive", is_on_hold=True, by=sunita)
    with pytest.raises(Refused, match="on hold"):
        remove_paper(paper, by=sunita)
    keep_paper(paper, disposition="", is_on_hold=False, by=sunita)
    paper.meeting.state = "held"
    paper.meeting.save()
    with pytest.raises(Refused, match="belongs to the record"):
        remove_paper(paper, by=sunita)
    paper.meeting.state = "planned"
    paper.meeting.save()

    remove_paper(paper, by=sunita)

    assert not Paper.objects.exists()


def test_a_paper_that_a_published_pack_lists_is_not_taken_off_and_one_added_after_it_is(paper, sunita):
    PackFactory(meeting=paper.meeting)
    later = PaperFactory(meeting=paper.meeting)

    with pytest.raises(Refused, match="The published pack lists this paper"):
        remove_paper(paper, by=sunita)
    remove_paper(later, by=sunita)

    assert list(Paper.objects.all()) == [paper]


def test_an_item_of_another_meeting_takes_no_paper(paper, sunita):
    with pytest.raises(Refused) as refusal:
        add_paper(paper.meeting, title="Paper", document=document(), item=MeetingItemFactory(), by=sunita)
    assert refusal.value.field == "item"


def test_the_secretariat_takes_out_all_papers_of_a_meeting_with_what_is_kept_from_whom_and_why(
    client, signed_in, paper, sunita, boris
):
    PaperFactory(meeting=paper.meeting, title="Public one")
    keep_paper(paper, disposition="Seven years", is_on_hold=True, by=sunita)
    address = f"{paper.meeting.get_absolute_url()}papers/export/"
    assert signed_in(boris).post(address).status_code == 403

    answer = signed_in(sunita).post(address)

    assert answer["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as packed:
        assert packed.read(f"{paper.pk}-draft-memorandum.pdf") == CANARY
        listed = packed.read("papers.csv").decode()
    assert REASON in listed
    assert "Seven years,yes" in listed
    assert AuditEvent.objects.filter(action="steering.papers_exported").count() == 1


def test_no_page_reads_the_content_of_papers(client, signed_in, paper, sunita):
    for page in (client, signed_in(sunita)):
        with CaptureQueriesContext(connection) as asked:
            page.get(paper.meeting.get_absolute_url())
            page.get(f"{paper.meeting.get_absolute_url()}agenda/")
            page.get(f"/board/papers/{paper.pk}/keep/")
        assert not [query for query in asked if '"steering_paper"."content"' in query["sql"]]
    build = CaptureQueriesContext(connection)
    MeetingItemFactory(meeting=paper.meeting, key="gone-1")
    with build as asked:
        build_agenda(paper.meeting, by=sunita)
    assert not [query for query in asked if '"steering_paper"."content"' in query["sql"]]


def test_a_paper_has_one_limit_which_the_form_and_the_refusal_say_alike(signed_in, sunita):
    meeting = MeetingFactory(planned=True)
    address, page = f"{meeting.get_absolute_url()}papers/add/", signed_in(sunita)
    shown = words(page.get(address))
    assert "up to 10 MB" in shown
    assert "Why is it restricted? (optional)" not in shown
    assert "Only for a restricted paper." in shown

    large = document(CANARY + b" " * (11 * 1024**2))
    refused = page.post(address, {"title": "Plan", "document": large, "access": "public"})

    assert "This file has 11.0 MB. Choose one of up to 10 MB." in words(refused)
    large.seek(0)
    with pytest.raises(Refused, match="up to 10 MB"):
        add_paper(meeting, title="Plan", document=large, by=sunita)
