"""The PDF of a pack is made in a task from what was frozen, by a press that reads nothing else."""

import re
import subprocess
import sys
import zlib
from contextlib import suppress
from importlib.util import find_spec

import pytest
from django.template.loader import render_to_string

from core.errors import Refused
from steering.models import Pack, PdfState
from steering.packs import press, printing
from steering.packs.operations import print_again, publish_pack
from steering.packs.printing import BROKEN, NO_PRESS, NotPrinted, Printed, print_of
from steering.packs.shown import shown
from steering.packs.tasks import print_pack
from tests.factories.packs import PackFactory, on_the_agenda
from tests.pages import plain_words
from tests.steering.packs import CANARY, full_meeting

pytestmark = pytest.mark.django_db
UNMADE = {"pdf": None, "pdf_size": None, "pages": None}
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
HTML = '<html lang="en-GB"><title>A pack</title><p>Words</p>{}</html>'


def opened(pdf: bytes) -> bytes:
    """The PDF, and what is compressed in it."""
    parts = [pdf]
    for packed in STREAM.findall(pdf):
        with suppress(zlib.error):
            parts.append(zlib.decompress(packed))
    return b"\n".join(parts)


@pytest.fixture
def made(monkeypatch):
    """The press makes four bytes of two pages; a list of the HTML that it was handed."""
    handed = []

    def pressed(html):
        handed.append(html)
        return Printed(2, b"%PDF")

    monkeypatch.setattr(printing, "press", pressed)
    return handed


def test_published_it_waits_is_made_in_a_task_and_is_read(made, client, sunita):
    meeting = on_the_agenda().meeting
    pack = publish_pack(meeting, by=sunita)
    assert pack.pdf_state is PdfState.WAITING
    assert "The PDF waits to be made" in plain_words(client.get(pack.get_absolute_url()))
    assert client.get(f"{pack.get_version_url()}pack.pdf").status_code == 404

    print_pack.func(pack.pk)

    assert "2 pages" in plain_words(client.get(pack.get_absolute_url()))
    answer = client.get(f"{pack.get_version_url()}pack.pdf")
    assert (answer.content, answer["Content-Type"]) == (b"%PDF", "application/pdf")
    assert answer["Content-Disposition"] == f'inline; filename="steering-board-{meeting.day}-1.pdf"'


def test_while_it_is_made_the_page_says_since_when_and_asks_again(client):
    pack = PackFactory(**UNMADE)
    Pack.objects.update(pdf_begun_at=pack.frozen_at)

    page = client.get(pack.get_absolute_url())

    assert "The PDF is being made, since" in plain_words(page)
    assert 'data-every="2"' in page.content.decode()
    assert '<meta http-equiv="refresh" content="5">' in page.content.decode()


@pytest.mark.parametrize("why", [NO_PRESS, BROKEN])
def test_why_there_is_none_stands_on_the_page_and_the_secretariat_may_try_again(
    monkeypatch, client, signed_in, sunita, why
):
    pack = PackFactory(**UNMADE)

    def fails(html):
        raise NotPrinted(why)

    monkeypatch.setattr(printing, "press", fails)
    print_pack.func(pack.pk)
    assert f"There is no PDF: {why}" in plain_words(client.get(pack.get_absolute_url()))
    assert "Make the PDF again" not in plain_words(client.get(pack.get_absolute_url()))

    reader = signed_in(sunita)
    assert "Make the PDF again" in plain_words(reader.get(pack.get_absolute_url()))
    reader.post(f"{pack.get_version_url()}print/")

    assert Pack.objects.get().pdf_state is PdfState.WAITING


def test_after_an_error_that_nobody_expected_it_is_not_being_made_for_ever(monkeypatch):
    pack = PackFactory(**UNMADE)

    def fails(html):
        raise OSError("no space left")

    monkeypatch.setattr(printing, "press", fails)
    with pytest.raises(OSError, match="no space left"):
        print_pack.func(pack.pk)

    pack.refresh_from_db()
    assert (pack.pdf_state, pack.pdf_failed) == (PdfState.FAILED, BROKEN)


def test_a_pdf_that_is_there_stays(made, sunita):
    pack = PackFactory()

    print_pack.func(pack.pk)

    assert made == []
    with pytest.raises(Refused, match="Its PDF is there already"):
        print_again(pack, by=sunita)


def test_what_is_printed_is_what_was_frozen_with_its_day_and_hash(made, sunita):
    meeting = full_meeting()
    pack = publish_pack(meeting, by=sunita)

    print_pack.func(pack.pk)

    [html] = made
    assert f"Frozen {pack.content['frozen_words']}" in html
    assert pack.sha256[:4] in html
    assert 'lang="en-GB"' in html
    assert '<span data-goes-to="#actions"></span>' in html  # whose page number the style sheet says
    assert CANARY.decode() not in html


def test_what_people_wrote_is_no_markup_on_paper():
    pack = PackFactory(content={**PackFactory.build().content, "title": '<img src="file:///etc/passwd">'})

    html = render_to_string("steering/pack_print.html", shown(pack))

    assert "<img" not in html


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.org/a.png",
        "ftp://example.org/",
        "data:image/png;base64,AAAA",
        "pack:../secret",
        "pack:",
        "/etc/passwd",
    ],
)
def test_the_press_refuses_every_address_but_what_it_was_handed(address):
    with pytest.raises(press.Refusal):
        press.read(address, {"inter.woff2": b"font"})

    assert press.read("pack:inter.woff2", {"inter.woff2": b"font"}) == b"font"


def test_without_its_library_the_press_says_so(monkeypatch):
    """A process in which the library cannot be found."""
    real = subprocess.run

    def without(command, **given):
        hide = "import sys; sys.modules['weasyprint'] = None; from steering.packs import press; sys.exit(press.main())"
        return real([sys.executable, "-c", hide], **given)

    monkeypatch.setattr(subprocess, "run", without)

    with pytest.raises(NotPrinted, match="This site cannot make a PDF"):
        printing.press(HTML.format(""))


def test_a_press_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(printing, "SECONDS", 0.01)

    with pytest.raises(NotPrinted, match="too long"):
        printing.press(HTML.format(""))


@pytest.mark.skipif(find_spec("weasyprint") is None, reason="no library that makes PDFs")
def test_a_pdf_is_tagged_in_its_language_numbered_and_holds_nothing_from_elsewhere(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary of a file")
    outside = f'<object data="file://{secret}"></object><img alt="" src="file://{secret}">'

    made = printing.press(HTML.format(outside))

    assert made.pages == 1
    content = opened(made.pdf)
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang", b"pdfuaid"):
        assert mark in content
    assert b"canary of a file" not in content


@pytest.mark.skipif(find_spec("weasyprint") is None, reason="no library that makes PDFs")
def test_a_whole_pack_is_printed(sunita):
    pack = publish_pack(full_meeting(), by=sunita)

    made = print_of(pack)

    assert made.pages >= 4
    assert made.pdf.startswith(b"%PDF-")
