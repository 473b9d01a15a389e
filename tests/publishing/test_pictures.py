"""Pictures are seen where a page that shows them may be seen, and nowhere before; the uploaded file stays inside."""

import datetime as dt
import re
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from core import clock
from publishing.models import CaseStudyIndexPage, CaseStudyPage, Download, Picture
from publishing.operations import withdraw_case_study
from publishing.permissions.pictures import PicturePolicy
from tests.factories.publishing import picture_of, publish_case_study, publish_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Picture:
    """A photograph with the place it was taken written into it, as cameras do."""
    pixels, exif = BytesIO(), Image.Exif()
    exif[0x0110] = "A camera at 51.77 N"
    Image.new("RGB", (40, 20), "teal").save(pixels, "JPEG", exif=exif)
    return Picture.objects.create(
        title="Bins", description="A full bin", credit="Harlow Council", file=ImageFile(pixels, name="bins.jpg")
    )


def address(picture: Picture) -> str:
    return picture.get_rendition("width-960|format-webp").url


def test_pictures_and_documents_are_our_own():
    assert get_image_model() is Picture
    assert get_document_model() is Download


@pytest.mark.parametrize("publish", [publish_case_study, publish_news])
def test_a_published_page_shows_its_picture_to_everyone(client, harlow, picture, publish):
    of_its_kind = {"council": harlow} if publish is publish_case_study else {"published_on": dt.date(2015, 1, 1)}
    page = publish(picture=picture, **of_its_kind)

    html = client.get(page.get_absolute_url()).content.decode()
    response = client.get(address(picture))

    assert f'src="{address(picture)}"' in html
    assert 'type="image/avif"' in html
    assert 'sizes="(min-width: 46rem) 46rem, 100vw"' in html
    served = {client.get(one.url)["Content-Type"] for one in picture.renditions.all()}
    assert served == {"image/avif", "image/webp", "image/jpeg"}
    assert 'alt="A full bin"' in html
    assert "Harlow Council" in html
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_drafts_picture_is_seen_by_its_council_and_by_editors_alone(
    client, signed_in, harlow, amina, carlos, edith, picture
):
    draft = CaseStudyPage(title="Bins", slug="bins", council=harlow, summary="Soon", live=False, picture=picture)
    CaseStudyIndexPage.objects.get().add_child(instance=draft)

    thumbnail = picture.get_rendition("max-165x165").url
    for ours in (address(picture), thumbnail, picture.file.url):
        for reader in (client, signed_in(carlos)):
            for asks in ({}, {"HTTP_RANGE": "bytes=0-9"}, {"HTTP_IF_NONE_MATCH": "*"}):
                assert reader.get(ours, **asks).status_code == reader.head(ours, **asks).status_code == 404
    assert signed_in(amina).get(address(picture)).status_code == 200
    assert signed_in(edith).get(address(picture)).status_code == 200


def test_a_picture_that_no_page_shows_is_seen_by_editors_alone(client, signed_in, amina, edith, picture):
    assert client.get(address(picture)).status_code == 404
    assert signed_in(amina).get(address(picture)).status_code == 404
    assert signed_in(edith).get(address(picture)).status_code == 200


def test_a_restricted_pages_picture_is_restricted_too(client, harlow, picture):
    page = publish_case_study(harlow, picture=picture)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(address(picture)).status_code == 404


def test_a_withdrawn_case_study_shows_its_picture_to_its_council_and_to_editors_alone(
    client, signed_in, harlow, amina, carlos, edith, publisher, picture
):
    page = publish_case_study(harlow, picture=picture)
    assert client.get(address(picture)).status_code == 200

    withdraw_case_study(page, by=publisher, reason="Somebody is on it who did not agree.")

    sizes = [address(picture), *(one.url for one in picture.renditions.all())]
    assert {client.get(size).status_code for size in sizes} == {404}
    for reader, status in ((carlos, 404), (amina, 200), (edith, 200)):
        assert {signed_in(reader).get(size).status_code for size in sizes} == {status}
    assert not PicturePolicy(Picture).user_has_permission_for_instance(carlos, "choose", picture)
    assert PicturePolicy(Picture).user_has_permission_for_instance(amina, "choose", picture)


def test_a_picture_of_two_pages_stays_while_one_of_them_is_told(client, harlow, publisher, picture):
    page = publish_case_study(harlow, picture=picture)
    publish_news(picture=picture, published_on=dt.date(2015, 1, 1))

    withdraw_case_study(page, by=publisher, reason="Wrong.")

    assert client.get(address(picture)).status_code == 200


def test_what_the_camera_wrote_stays_in_the_uploaded_file(client, signed_in, harlow, edith, picture):
    publish_case_study(harlow, picture=picture)

    shown = b"".join(client.get(address(picture)).streaming_content)

    assert b"51.77 N" not in shown
    assert client.get(picture.file.url).status_code == 404
    assert b"51.77 N" in b"".join(signed_in(edith).get(picture.file.url).streaming_content)


def test_an_editor_sees_the_pictures_in_the_admin(signed_in, edith, picture):
    html = signed_in(edith).get(reverse("wagtailimages:edit", args=[picture.pk])).content.decode()

    assert "what it shows" in html.lower()
    assert picture.get_rendition("max-800x600").url in html


def test_a_picture_whose_file_is_gone_is_not_found(client, harlow, picture):
    publish_case_study(harlow, picture=picture)
    gone = address(picture)
    picture.renditions.get(filter_spec__startswith="width-960").file.delete(save=False)

    assert client.get(gone).status_code == 404
    assert client.get("/media/images/never-there.webp").status_code == 404


def test_the_card_of_a_page_shows_its_own_picture_by_its_whole_address(client, harlow):
    own = picture_of(harlow)
    page = publish_case_study(harlow, picture=own)
    news = publish_news(picture=own, published_on=dt.date(2015, 1, 1))

    for each in (page, news):
        shown = client.get(each.get_url()).content.decode()
        assert shown.count('og:image"') == 1
        address = re.search(r'<meta property="og:image" content="([^"]+)">', shown).group(1)
        assert address.startswith(f"{settings.BASE_URL}/media/")
        assert "fill-1200x630" in address
        assert '<meta property="og:image:alt" content="A full bin">' in shown
        assert client.get(address.removeprefix(settings.BASE_URL)).status_code == 200


def test_what_is_withdrawn_or_has_no_picture_has_the_sites_own_card(client, harlow):
    page = publish_case_study(harlow, picture=picture_of(harlow))
    CaseStudyPage.objects.filter(pk=page.pk).update(withdrawn_on=clock.today(), withdrawn_reason="Wrong.")

    for address in (page.get_url(), publish_news(published_on=dt.date(2015, 1, 1)).get_url()):
        assert f'content="{settings.BASE_URL}/static/design_system/card.png"' in client.get(address).content.decode()
