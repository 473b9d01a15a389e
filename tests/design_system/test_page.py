"""The page around every page: skip link, landmarks, one h1, the section marked, the same way to search and sign in."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from tests.design_system.html import Strict


def page(path: str = "/needs/bins/") -> str:
    return render_to_string("404.html", {"site_name": "Local Digital Alliance"}, RequestFactory().get(path))


def test_the_skeleton_is_sound_html():
    assert Strict(page()).wrong == []


def test_the_skip_link_comes_first_and_leads_to_the_content():
    links = [given for name, given in Strict(page()).tags if name == "a"]

    assert links[0]["href"] == "#main"
    assert "main" in Strict(page()).ids


@pytest.mark.parametrize("landmark", ["header", "main", "footer", "h1"])
def test_a_page_has_one_of_each(landmark):
    assert Strict(page()).count(landmark) == 1


def test_the_section_one_is_in_is_marked():
    marked = [given["href"] for _, given in Strict(page()).tags if given.get("aria-current")]

    assert marked == ["/needs/"]


def test_the_language_is_said():
    assert ("html", {"lang": "en-GB", "class": "govuk-template"}) in Strict(page()).tags


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html", "405.html", "500.html", "403_csrf.html"])
def test_an_error_page_renders_without_request_or_database(template):
    html = render_to_string(template)

    assert Strict(html).wrong == []
    assert Strict(html).count("h1") == 1


@pytest.mark.django_db
def test_the_address_of_a_button_says_so_to_whoever_opens_it(signed_in, fatima):
    answer = signed_in(fatima).get("/events/any/announce/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This address is for a button" in answer.content.decode()


def test_the_hall_screen_is_sound_html():
    assert Strict(render_to_string("base_screen.html")).wrong == []


@pytest.mark.django_db
def test_the_gallery_is_for_staff(client, signed_in, amina, root_user):
    assert client.get("/design-system/").status_code == 302
    assert signed_in(amina).get("/design-system/").status_code == 403
    assert signed_in(root_user).get("/design-system/").status_code == 200


@pytest.mark.django_db
@override_settings(DEMO=True)
def test_the_gallery_is_open_in_the_demo_and_sound(client):
    response = client.get("/design-system/")

    assert response.status_code == 200
    assert Strict(response.content.decode()).wrong == []
