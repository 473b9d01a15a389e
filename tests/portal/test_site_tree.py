"""The site's first pages come with the migrations: a home page, the case studies' list, the news."""

import pytest
from wagtail.models import Page, Site

from portal.models import HomePage
from publishing.models import CaseStudyIndexPage, NewsIndexPage

pytestmark = pytest.mark.django_db


def test_the_site_starts_at_our_home_page():
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()


def test_wagtails_welcome_page_is_gone():
    assert not Page.objects.filter(title__startswith="Welcome").exists()


@pytest.mark.parametrize(("model", "address"), [(CaseStudyIndexPage, "/case-studies/"), (NewsIndexPage, "/news/")])
def test_the_lists_stand_at_their_addresses(model, address):
    assert model.objects.get().get_url() == address


def test_the_tree_is_sound_enough_to_grow():
    home = HomePage.objects.get()

    assert not any(Page.find_problems())
    assert home.get_children().count() == home.numchild == 2


@pytest.mark.parametrize("address", ["/nowhere/", "/case-studies/nothing/", "/case-studies/news/", "/home/"])
def test_an_address_without_a_page_is_not_found(client, address):
    assert client.get(address).status_code == 404
