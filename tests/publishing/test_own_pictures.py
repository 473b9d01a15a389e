"""Councils bring the pictures of their case studies themselves, and touch no others."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.images.forms import get_image_form

from councils.models import Membership
from publishing.models import Picture
from publishing.operations import submit_case_study
from publishing.permissions import changeable_pictures, visible_pictures
from tests.factories.councils import MembershipFactory, OrganisationFactory
from tests.factories.publishing import picture_of, pixels, publish_case_study
from tests.publishing.drafts import draft_of

pytestmark = pytest.mark.django_db


def upload(client, *, name="bins.png", content=None, description="A crew empties a bin", **more):
    """What the picture chooser's form on a case study posts."""
    file = SimpleUploadedFile(name, content if content is not None else pixels())
    fields = {"title": name, "description": description, "credit": "", "file": file, **more}
    address = reverse("wagtailimages_chooser:create")
    return client.post(address, {f"image-chooser-upload-{name}": value for name, value in fields.items()})


def test_a_contributor_uploads_a_picture_which_is_their_councils(amina, harlow, signed_in):
    answer = upload(signed_in(amina), title="")

    picture = Picture.objects.get()
    assert picture.title == picture.description
    assert answer.json()["step"] == "chosen"
    assert answer.json()["result"]["default_alt_text"] == "A crew empties a bin"
    assert (picture.council, picture.uploaded_by_user) == (harlow, amina)
    assert signed_in(amina).get(picture.get_rendition("max-165x165").url).status_code == 200


@pytest.mark.parametrize("title", ["bins", "bins.png"])
def test_the_name_of_the_file_that_the_page_fills_in_is_no_name(amina, signed_in, title):
    upload(signed_in(amina), title=title)
    assert Picture.objects.get().title == "A crew empties a bin"


def test_whoever_writes_for_two_councils_says_whose_it_is(amina, harlow, surrey, signed_in):
    MembershipFactory(person=amina, organisation=surrey)
    client = signed_in(amina)

    assert "Choose whose picture it is." in upload(client).json()["htmlFragment"]
    upload(client, council=surrey.pk)

    assert Picture.objects.get().council == surrey


def test_where_a_picture_was_taken_is_not_kept_and_it_stands_upright(amina, signed_in):
    taken, exif = BytesIO(), Image.Exif()
    exif[0x0110], exif[0x0112] = "A camera at 51.77 N", 6
    Image.new("RGB", (40, 20), "teal").save(taken, "JPEG", exif=exif)

    upload(signed_in(amina), name="bins.jpg", content=taken.getvalue())

    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (20, 40)
    assert picture.file_size == picture.file.size
    assert b"51.77 N" not in picture.file.read()


def test_readers_of_a_council_upload_nothing(harlow, signed_in):
    reader = MembershipFactory(organisation=harlow, role=Membership.Role.READER).person

    assert upload(signed_in(reader)).status_code == 403
    assert not Picture.objects.exists()


def test_a_contributor_gives_no_picture_to_another_council(amina, harlow, surrey, signed_in):
    upload(signed_in(amina), council=surrey.pk)

    assert Picture.objects.get().council == harlow


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": "bins.gif", "content": pixels("GIF")}, "We cannot use this kind of file. Choose JPEG, PNG or WebP"),
        ({"content": b"words"}, "This is no picture, or the file is damaged"),
        ({"content": b"<svg/>"}, "The file is called .png but is svg inside"),
        ({"name": "bins.jpg"}, "The file is called .jpeg but is png inside"),
        ({"content": pixels(size=(90, 90))}, "It has 8100 pixels, and the most is 5000"),
        ({"description": ""}, "Say what the picture shows."),
        ({"description": "IMG_2041.jpg"}, "not what its file is called"),
        ({"description": "bins"}, "not what its file is called"),
        ({"description": "A photo."}, "Say what can be seen on it"),
        ({"description": "image 2041"}, "Say what can be seen on it"),
        ({"content": pixels()[:45]}, "This is no picture, or the file is damaged"),
        ({"description": "A bin " * 50}, "Make it shorter: at most 255 characters, and it has 299."),
        ({"credit": "x" * 161}, "Make it shorter: at most 160 characters, and it has 161."),
    ],
)
def test_what_we_cannot_use_is_said_in_a_sentence(amina, signed_in, settings, sent, sentence):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 5000

    assert sentence in upload(signed_in(amina), **sent).json()["htmlFragment"]
    assert not Picture.objects.exists()


def test_a_file_that_is_too_large_is_refused_with_both_sizes(amina, signed_in, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 60

    said = upload(signed_in(amina)).json()["htmlFragment"]

    assert "and the most is 60" in said
    assert "Save it smaller." in said


def test_what_it_shows_is_asked_and_not_filled_in(amina, signed_in):
    form = signed_in(amina).get(reverse("wagtailimages_chooser:choose")).json()["html"]

    assert 'name="image-chooser-upload-description"' in form
    assert "for people who cannot see it" in form
    assert "JPEG, PNG or WebP, up to 5 MB" in form
    for jargon in ("Tags", "Collection", "Maximum filesize"):
        assert jargon not in form


def ways_to(picture):
    return {
        name: reverse(f"wagtailimages:{name}", args=[picture.pk])
        for name in ("edit", "delete", "image_usage", "url_generator")
    } | {
        "chosen": reverse("wagtailimages_chooser:chosen", args=[picture.pk]),
        "format": reverse("wagtailimages_chooser:select_format", args=[picture.pk]),
        "api": f"/cms/api/main/images/{picture.pk}/",
    }


def test_another_councils_picture_is_neither_seen_nor_changed_nor_deleted(amina, surrey, carlos, signed_in):
    picture = picture_of(surrey, by=carlos, title="Secret plan")
    draft = draft_of(surrey, carlos)
    type(draft).objects.filter(pk=draft.pk).update(picture=picture)
    client = signed_in(amina)

    for name, address in ways_to(picture).items():
        answer = client.get(address, follow=True)
        assert "Secret plan" not in answer.content.decode(), name
        client.post(address, {"title": "Mine", "description": "It is mine now"})
    for listing in ("/cms/images/", "/cms/images/?q=secret", "/cms/images/chooser/", "/cms/api/main/images/?limit=20"):
        assert "Secret plan" not in client.get(listing).content.decode(), listing
    assert client.get(picture.get_rendition("max-165x165").url).status_code == 404
    assert Picture.objects.get().title == "Secret plan"


def test_a_contributor_sees_the_pictures_of_their_council_and_those_on_the_site(amina, harlow, surrey, luton):
    ours, shown, hidden = picture_of(harlow), picture_of(luton), picture_of(surrey)
    publish_case_study(luton, picture=shown)

    assert set(visible_pictures(amina)) == {ours, shown}
    assert hidden not in changeable_pictures(amina)
    assert set(changeable_pictures(amina)) == {ours}


def test_a_colleague_changes_a_picture_until_somebody_is_asked_to_approve_it(amina, harlow, petra, signed_in):
    picture = picture_of(harlow, by=amina)
    draft = draft_of(harlow, amina)
    draft.picture = picture
    draft.save()
    draft.save_revision(user=amina)
    assert signed_in(petra).get(reverse("wagtailimages:edit", args=[picture.pk])).status_code == 200

    submit_case_study(draft, by=amina)

    assert picture not in changeable_pictures(amina)
    assert signed_in(amina).get(reverse("wagtailimages:edit", args=[picture.pk])).status_code == 302


def test_a_picture_that_readers_see_is_changed_by_editors_alone(amina, harlow, edith):
    picture = picture_of(harlow, by=amina)
    publish_case_study(harlow, picture=picture)

    assert picture not in changeable_pictures(amina)
    assert picture in changeable_pictures(edith)


def test_whoever_left_the_council_no_longer_changes_what_they_uploaded(amina, harlow, surrey):
    picture = picture_of(harlow, by=amina)
    Membership.objects.filter(person=amina).update(state=Membership.State.ENDED)
    MembershipFactory(person=amina, organisation=surrey)

    assert not visible_pictures(amina).exists()
    assert picture not in changeable_pictures(amina)


def test_the_secretariat_puts_pictures_on_news_and_changes_its_own(sunita, harlow, signed_in):
    upload(signed_in(sunita))
    theirs = picture_of(harlow)

    own = Picture.objects.exclude(pk=theirs.pk).get()
    assert own.council is None
    assert set(changeable_pictures(sunita)) == {own}
    assert theirs not in visible_pictures(sunita)


def test_a_council_that_is_no_more_is_offered_where_it_was_chosen_already_with_its_last_day(edith):
    old = OrganisationFactory(name="Oldshire", ends_on=dt.date(2020, 3, 31))
    new = OrganisationFactory(name="Oldshire", kind="unitary")
    field = get_image_form(Picture)(user=edith, instance=picture_of(old)).fields["council"]

    assert set(field.queryset.filter(name="Oldshire")) == {old, new}
    assert set(get_image_form(Picture)(user=edith).fields["council"].queryset.filter(name="Oldshire")) == {new}
    assert field.label_from_instance(old) == "Oldshire (district), until 31 March 2020"
    assert field.label_from_instance(new) == "Oldshire"
