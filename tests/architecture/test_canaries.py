"""Unguessable words in what is restricted or not published reach none of seven who may not read it, at any address.

They stand in a restricted paper (its bytes and its file's name), a draft, a revision of a page that is live, and the
picture of the draft. Every address of ours is asked for, lists also as files; search has its own.
What editors keep is theirs: of drafts and pictures an editor is asked in the tests of publishing.
"""

import os
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.images import ImageFile
from PIL import Image

from accounts.models import User
from publishing.models import CaseStudyPage, Picture
from tests.architecture.asking import answer_of
from tests.architecture.routes import OURS, OURS_WITH_ARGUMENTS, real
from tests.factories.packs import PackFactory
from tests.factories.publishing import publish_case_study
from tests.factories.steering import MeetingFactory, MeetingItemFactory, PaperFactory
from tests.publishing.drafts import draft_of
from tests.steering.motions import in_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_pages")]
PAPER, DRAFT = "zqxvpaper", "zqxvdraft"
NEAR = (
    "/board/meetings",
    "/board/packs",
    "/board/papers",
    "/case",
    "/councils/surrey",
    "/feeds",
    "/cms",
    "/media",
    "/search",
    "/sitemap",
    "/figures",
)
READERS = ("stranger", "ben", "amina", "grace", "fatima", "anna", "edith")


@pytest.fixture
def planted(records, carlos, surrey) -> list[str]:
    """What nobody of the seven may read, planted; the addresses of it and around it."""
    meeting = MeetingFactory(planned=True, day=in_days(9))
    paper = PaperFactory(
        restricted=True, title="Draft memorandum", content=f"%PDF-1.4 {PAPER}".encode(), file_name=f"{PAPER}.pdf",
        meeting=meeting, item=MeetingItemFactory(meeting=meeting),
    )  # fmt: skip
    PackFactory(meeting=meeting)
    pixels = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(pixels, "PNG")
    picture = Picture.objects.create(title=DRAFT, council=surrey, file=ImageFile(pixels, name=f"{DRAFT}.png"))
    draft = draft_of(surrey, carlos, title=f"{DRAFT} of bins")
    CaseStudyPage.objects.filter(pk=draft.pk).update(picture=picture, summary=f"{DRAFT} summary")
    live = publish_case_study(surrey, title="Bins that are live")
    live.summary = f"{DRAFT} in a revision"
    live.save_revision(user=carlos)
    records["board/meetings"] = records["board/packs"] = meeting.day
    records["board/papers"] = paper.pk
    addresses = [
        draft.get_absolute_url(), live.get_absolute_url(), picture.file.url, "/sitemap.xml", f"/media/{PAPER}.pdf",
        *(picture.get_rendition(spec).url for spec in ("max-165x165", "width-960|format-webp")),
        *(f"/cms/pages/{page.pk}/{what}/" for page in (draft, live) for what in ("edit", "view_draft", "history")),
        *(f"/cms/pages/{page.pk}/revisions/{page.latest_revision_id}/view/" for page in (draft, live)),
        f"/cms/images/{picture.pk}/", f"/board/packs/{meeting.day}/1/pack.pdf", f"/board/packs/{meeting.day}/1/print/",
    ]  # fmt: skip
    ones = [address for route, _ in OURS_WITH_ARGUMENTS if (address := real(route, records))]
    # Where they would stand beside what is published: lists and their files, the council's page, feeds, the home page.
    addresses += ["/", "/case-studies/", "/news/", "/councils/surrey/"]
    addresses += [f"/feeds/{kind}{of}.atom" for kind in ("case-studies", "news") for of in ("", "/surrey")]
    return [*addresses, *("/" + route for route, _ in OURS), *ones]


def answers_to(person, addresses):
    """Every address with what it answers; where a page offers itself as a file, that too."""
    for address in addresses:
        page = answer_of(person, "get", address).page
        yield address, page
        if "format=csv" in page.partition("<main")[2] and "?" not in address:
            yield address, answer_of(person, "get", f"{address}?format=csv").page


def leaks(answers, *words):
    """The addresses whose answers have one of these words in them."""
    return [address for address, page in answers if any(word in page for word in words)]


def addresses_for(who, planted):
    """Every address for an officer, for the other six those near what is planted; with SWEEP=all every one for all."""
    if who == "amina" or os.environ.get("SWEEP") == "all":
        return planted
    return [address for address in planted if address.startswith(NEAR)]


def test_no_canary_reaches_any_of_seven_at_any_address(request, planted):
    found, asked = {}, 0
    for who in READERS:
        person = AnonymousUser() if who == "stranger" else User.objects.get(pk=request.getfixturevalue(who).pk)
        answers = list(answers_to(person, addresses_for(who, planted)))
        found[who] = leaks(answers, *((PAPER,) if who == "edith" else (PAPER, DRAFT)))
        asked += len(answers)

    assert [who for who in READERS if found[who]] == [], found
    assert asked > 700


def test_control_the_same_walk_finds_what_those_read_who_may(planted, sunita, carlos):
    paper = [address for address in planted if address.startswith("/board/papers/")]
    assert leaks(answers_to(sunita, paper), PAPER)
    assert leaks(answers_to(carlos, planted[:12]), DRAFT)
