"""An asset may show a picture with words for those who cannot see it: made anew, and seen where the asset is."""

import re
import zlib
from io import BytesIO
from struct import pack

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from assets_registry.models import Asset
from assets_registry.operations import change_asset, mark_of
from core import pictures
from core.errors import Refused
from tests.factories.assets_registry import AssetFactory

pytestmark = pytest.mark.django_db
ALT = "The first page of the calculator, with one question"


def drawn(kind="PNG", size=(1200, 600), colour="teal", **more) -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, kind, **more)
    return SimpleUploadedFile(f"screen.{kind.lower()}", written.getvalue())


def huge(width=8_000, height=5_000) -> SimpleUploadedFile:
    """A PNG of a few bytes that says it is so large."""
    head = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    packed = (pack(">I", len(words)) + kind + words + pack(">I", zlib.crc32(kind + words)) for kind, words in chunks)
    return SimpleUploadedFile("huge.png", b"\x89PNG\r\n\x1a\n" + b"".join(packed))


@pytest.fixture
def publisher(signed_in, grace):
    return signed_in(grace)


@pytest.fixture
def asset(harlow):
    return AssetFactory(owner=harlow, kind=Asset.Kind.RESEARCH, slug="calculator")


def sent(publisher, asset, **more):
    entry = {"name": asset.name, "kind": asset.kind, "summary": asset.summary, "phase": asset.phase, "tier": asset.tier}
    entry |= {"licence": asset.licence, "repository_url": asset.repository_url, "read_as": mark_of(asset)}
    response = publisher.post(f"{asset.get_absolute_url()}edit/", {**entry, **more}, follow=True)
    asset.refresh_from_db()
    return response


def show(publisher, asset, **more):
    page = sent(publisher, asset, **{"picture": drawn(), "picture_alt": ALT, **more}).content.decode()
    assert "Saved." in page
    return page


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_shown_on_the_page_with_its_words_and_its_size(client, publisher, asset, kind):
    page = show(publisher, asset, picture=drawn(kind))

    assert f'src="/assets/calculator/picture/" alt="{ALT}" width="1200" height="600"' in page
    response = client.get("/assets/calculator/picture/")
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_it_stands_below_the_verdict(publisher, asset):
    page = show(publisher, asset)

    assert page.index('id="can-we-use-this"') < page.index("/picture/")


def test_what_a_camera_wrote_is_dropped_and_the_picture_turned_upright(client, publisher, asset):
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "A camera at 51.77 N", 6
    show(publisher, asset, picture=drawn("JPEG", exif=exif))

    shown = b"".join(client.get("/assets/calculator/picture/").streaming_content)

    assert b"51.77 N" not in shown
    assert Image.open(BytesIO(shown)).size == (600, 1200)


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x.png", "photo\u202egnp.exe", "a" * 800 + ".png", "x.html", "\x00.png"]
)
def test_the_name_of_a_file_is_ours_whatever_it_was_called(publisher, asset, name):
    upload = drawn()
    upload._name = name  # past what Django would make of it

    show(publisher, asset, picture=upload)

    assert re.fullmatch(r"assets/[\w-]{8,80}\.(png|jpg|webp)", asset.picture.name)


def test_what_hides_behind_a_picture_is_dropped_and_none_is_served_as_a_page(client, publisher, asset):
    hidden = b"<script>alert(1)</script>"
    for where in (drawn().read() + hidden, drawn("JPEG", comment=hidden).read()):
        show(publisher, asset, picture=SimpleUploadedFile("a.html", where, content_type="text/html"))

        answer = client.get(f"{asset.get_absolute_url()}picture/")

        assert hidden not in b"".join(answer.streaming_content)
        assert answer["Content-Type"].startswith("image/")
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_large_picture_is_made_smaller(publisher, asset):
    show(publisher, asset, picture=drawn(size=(3200, 800)))

    assert (asset.picture_width, asset.picture_height) == (1600, 400)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), pictures.NO_PICTURE),
        (lambda: SimpleUploadedFile("a.png", b"<html>"), pictures.NO_PICTURE),
        (lambda: SimpleUploadedFile("a.png", b""), pictures.NO_PICTURE),
        (lambda: SimpleUploadedFile("a.png", drawn().read()[:60]), pictures.NO_PICTURE),
        (lambda: drawn("GIF"), pictures.NO_PICTURE),
        (lambda: drawn(size=(20, 2000)), pictures.TOO_LONG),
        (lambda: drawn(size=(2000, 20)), pictures.TOO_LONG),
        (huge, pictures.TOO_MANY_PIXELS),
        (lambda: huge(20_000, 20_000), pictures.TOO_MANY_PIXELS),
        (lambda: SimpleUploadedFile("a.png", drawn().read() + bytes(6 * 1024**2)), "This file has 6.0 MB."),
    ],
)
def test_what_is_no_picture_or_too_large_is_said_beside_the_field_and_nothing_typed_is_lost(
    publisher, asset, file, sentence
):
    response = sent(publisher, asset, picture=file(), picture_alt=ALT, description="Twenty-two interviews.")

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(sentence) == 2  # on top and beside the field
    assert f"{ALT}</textarea>" in page
    assert "Twenty-two interviews." in page
    assert not asset.picture


def test_what_the_picture_shows_has_to_be_said(publisher, asset):
    page = sent(publisher, asset, picture=drawn()).content.decode()

    assert "Say what the picture shows, for people who cannot see it." in page
    assert "Choose the picture again" in page
    assert not asset.picture


def test_words_without_a_picture_ask_for_it(publisher, asset):
    assert "Choose the picture that this describes" in sent(publisher, asset, picture_alt=ALT).content.decode()


def test_a_picture_stays_while_the_entry_changes_and_its_words_may_change(publisher, asset):
    show(publisher, asset)
    before = asset.picture.name

    sent(publisher, asset, picture_alt="The calculator", summary="In short.")

    assert (asset.picture.name, asset.picture_alt, asset.summary) == (before, "The calculator", "In short.")


def test_words_of_a_picture_that_stays_cannot_be_emptied(publisher, asset):
    show(publisher, asset)

    assert "Say what the picture shows" in sent(publisher, asset, picture_alt="").content.decode()
    assert asset.picture_alt == ALT


def test_a_picture_that_is_taken_away_or_replaced_leaves_no_file(
    client, publisher, asset, django_capture_on_commit_callbacks
):
    show(publisher, asset)
    first = asset.picture.name
    with django_capture_on_commit_callbacks(execute=True):
        show(publisher, asset, picture=drawn(colour="red"))
    second = asset.picture.name
    assert not default_storage.exists(first)
    assert default_storage.exists(second)

    with django_capture_on_commit_callbacks(execute=True):
        page = sent(publisher, asset, picture_alt=ALT, remove_picture="on").content.decode()

    assert "/picture/" not in page
    assert not default_storage.exists(second)
    assert (asset.picture, asset.picture_alt, asset.picture_width) == ("", "", 0)
    assert client.get("/assets/calculator/picture/").status_code == 404


def test_a_drafts_picture_is_seen_by_those_who_see_the_draft_alone(client, signed_in, publisher, asset, carlos, amina):
    show(publisher, asset)
    Asset.objects.update(state=Asset.State.DRAFT, published_at=None)
    client.logout()

    assert client.get("/assets/calculator/picture/").status_code == 404
    assert signed_in(carlos).get("/assets/calculator/picture/").status_code == 404
    assert signed_in(amina).get("/assets/calculator/picture/").status_code == 200


def test_a_picture_whose_file_is_gone_is_not_found(client, publisher, asset):
    show(publisher, asset)
    default_storage.delete(asset.picture.name)

    assert client.get("/assets/calculator/picture/").status_code == 404


def test_a_picture_without_words_is_kept_by_no_way(grace, asset):
    with pytest.raises(Refused, match="Say what the picture shows"):
        change_asset(asset, by=grace, picture=pictures.made_anew(drawn()), picture_alt="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Asset.objects.update(picture="assets/x.webp")


def test_an_asset_is_registered_with_its_picture(signed_in, amina, harlow):
    entry = {"owner": harlow.pk, "name": "Rota", "kind": "training", "summary": "A rota.", "phase": "live"}
    signed_in(amina).post(
        "/assets/register/", {**entry, "picture": drawn(), "picture_alt": "The rota on a wall", "draft": "1"}
    )

    assert Asset.objects.get(name="Rota").picture_alt == "The rota on a wall"


def test_a_refusal_says_to_choose_the_picture_again(signed_in, amina, harlow, asset):
    entry = {"owner": harlow.pk, "name": "Rota", "kind": "training", "summary": "A rota.", "phase": "live"}
    entry |= {"repository_url": asset.repository_url, "picture": drawn(), "picture_alt": "The rota on a wall"}

    page = signed_in(amina).post("/assets/register/", {**entry, "draft": "1"}).content.decode()

    assert "already registered" in page
    assert "Choose the picture again" in page
    assert "The rota on a wall</textarea>" in page
