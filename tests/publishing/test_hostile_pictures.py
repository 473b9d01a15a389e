"""No file that somebody sends as a picture breaks a page, none is kept with more in it than its pixels."""

import html
import json
from io import BytesIO

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField
from django.urls import reverse
from PIL import Image

from assets_registry.models import Asset
from assets_registry.operations import mark_of
from publishing.models import Picture
from tests.factories.assets_registry import AssetFactory
from tests.factories.publishing import picture_of
from tests.publishing.hostile import HIDDEN, corpus

pytestmark = pytest.mark.django_db
WORDS = {"description": "A crew empties a bin", "title": "Bins", "credit": ""}
# What is said beside the field; Wagtail's upload of several says it in its answer.
SENTENCES = (
    "This is no picture, or the file is damaged.",
    "We cannot use this kind of file.",
    "Save it again.",
    "Make it smaller.",
    "This is not a picture that we can read.",
    "This picture has more than 30 million pixels.",
    "The submitted file is empty.",
)
TOO_LARGE = ("Make it smaller.", "This picture has more than 30 million pixels.")  # said before a pixel is read


def _file(hostile):
    return SimpleUploadedFile(hostile.name, hostile.content, hostile.content_type)


def chooser(client):
    """The picture chooser's form on a page."""

    def send(hostile):
        fields = {**WORDS, "file": _file(hostile)}
        return client.post(
            reverse("wagtailimages_chooser:create"),
            {f"image-chooser-upload-{name}": value for name, value in fields.items()},
        )

    return send, lambda: Picture.objects.first()


def several(client):
    """The list of pictures' upload of several, with what each shows asked after its file has come."""

    def send(hostile):
        answer = client.post(reverse("wagtailimages:add_multiple"), {"files[]": _file(hostile)})
        sent = json.loads(answer.content)
        if not sent["success"]:
            return answer
        key = sent["uploaded_file_id"]
        fields = {f"uploaded-image-{key}-{name}": value for name, value in WORDS.items()}
        return client.post(reverse("wagtailimages:create_multiple_from_uploaded_image", args=[key]), fields)

    return send, lambda: Picture.objects.first()


def alone(client):
    """The admin's form for one picture."""
    return (
        lambda hostile: client.post(reverse("wagtailimages:add"), {**WORDS, "file": _file(hostile)}, follow=True),
        lambda: Picture.objects.first(),
    )


def another_file(client):
    """The admin's form for a picture that is there, with another file."""
    picture = picture_of(None)
    before = picture.file.name

    def kept():
        picture.refresh_from_db()
        return picture if picture.file.name != before else None

    address = reverse("wagtailimages:edit", args=[picture.pk])
    return lambda hostile: client.post(address, {**WORDS, "file": _file(hostile)}, follow=True), kept


DOORS = (chooser, several, alone, another_file)


def test_what_a_model_keeps_as_a_picture_has_a_door_here():
    """Another field that keeps a file is named here, with the test that sends it the corpus or why it need not be."""
    ours = "publishing assets_registry events projects councils accounts steering voting take_up".split()
    kept = {
        f"{model.__name__}.{field.name}"
        for app in ours
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    }
    assert kept == {"Picture.file", "PictureRendition.file", "Asset.picture", "Download.file", "Output.document"}


def _says_why_not(answer, hostile):
    said = html.unescape(answer.content.decode("unicode-escape" if "json" in answer["Content-Type"] else "utf-8"))
    return any(sentence in said for sentence in (TOO_LARGE if hostile.name.startswith("bomb-") else SENTENCES))


def _is_clean(field):
    with field.open("rb") as file:
        content = file.read()
    with Image.open(BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as image:
        image.load()
        more = {"exif", "xmp", "icc_profile", "comment", "Comment"} & image.info.keys()
        return HIDDEN not in content and not more and getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_each_of_ninety_hostile_files_is_made_anew_or_refused_in_a_sentence(door, signed_in, edith):
    client = signed_in(edith)
    files = list(corpus())
    assert len({hostile.name for hostile in files}) == len(files) >= 90
    wrong, taken = [], 0

    for hostile in files:
        send, kept = door(client)
        answer = send(hostile)
        record = kept()
        if answer.status_code != 200:
            wrong.append((hostile.name, answer.status_code))
        elif record is None and not _says_why_not(answer, hostile):
            wrong.append((hostile.name, "refused without a sentence"))
        elif record is not None:
            taken += 1
            served = client.get(record.file.url)
            as_picture = served["Content-Type"] in {"image/png", "image/jpeg", "image/webp"}
            if not _is_clean(record.file) or not as_picture or served["X-Content-Type-Options"] != "nosniff":
                wrong.append((hostile.name, "kept as it was"))
        Picture.objects.all().delete()

    assert not wrong
    assert taken > 15


def test_an_assets_picture_meets_the_same_files(signed_in, harlow, grace):
    client = signed_in(grace)
    asset = AssetFactory(owner=harlow, kind=Asset.Kind.RESEARCH, slug="calculator")
    names = ("name", "kind", "summary", "phase", "tier", "licence", "repository_url")
    entry = {name: getattr(asset, name) for name in names} | {"picture_alt": "The first page of the calculator"}
    wrong, taken = [], 0

    for hostile in corpus():
        sent = {**entry, "picture": _file(hostile), "read_as": mark_of(asset)}
        answer = client.post(f"{asset.get_absolute_url()}edit/", sent)
        asset.refresh_from_db()
        if answer.status_code not in {200, 302, 422}:
            wrong.append((hostile.name, answer.status_code))
        elif not asset.picture and not _says_why_not(answer, hostile):
            wrong.append((hostile.name, "refused without a sentence"))
        elif asset.picture:
            taken += 1
            if not _is_clean(asset.picture):
                wrong.append((hostile.name, "kept as it was"))
        Asset.objects.filter(pk=asset.pk).update(picture="", picture_width=0, picture_height=0, picture_alt="")
        asset.refresh_from_db()

    assert not wrong
    assert taken > 15
