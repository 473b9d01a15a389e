"""People who write for the site find the admin and what waits there; nobody is offered pages they may not open."""

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse
from wagtail.admin.menu import SubmenuMenuItem, admin_menu
from wagtail.models import Page

from accounts.roles import Role
from core import clock
from councils.models import Membership
from portal.dashboard import old_pages
from portal.models import ContentPage, HomePage
from publishing.models import CaseStudyIndexPage, CaseStudyPage, NewsIndexPage, NewsPage
from publishing.operations import submit_case_study
from tests.factories.accounts import UserFactory, give_role
from tests.factories.councils import MembershipFactory
from tests.factories.publishing import publish_case_study, publish_news
from tests.publishing.blocks import posted_blocks
from tests.publishing.drafts import draft_of
from tests.publishing.test_only_what_one_may_see import words
from tests.publishing.test_two_people import news_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]

WAYS = {"Write news": "/news/new/", "Write a case study": "/case-studies/new/"}
WAYS |= dict.fromkeys(["Pages and news", "Your case studies", "Look things up"], "/cms/")


def ways_on(page: str) -> set[str]:
    return {words for words, url in WAYS.items() if f'href="{url}">{words}</a>' in page}


def words_of(page: str, *, between: str = " ") -> str:
    """The visible text of a page of the admin, without its scripts."""
    bare = re.sub(r"(?s)<(script|noscript|style|template|svg)\b.*?</\1>", " ", page)
    return " ".join(unescape(re.sub(r"""<(?:"[^"]*"|'[^']*'|[^>"'])*>""", between, bare)).split())


def jargon_of(page: str) -> list[str]:
    shown = words_of(page, between=" | ").lower()
    return [word for word in JARGON if word.lower() in shown]


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("edith", {"Write news", "Write a case study", "Pages and news"}),
        ("sunita", {"Write news", "Pages and news"}),
        ("amina", {"Write a case study", "Your case studies"}),
        ("petra", {"Write a case study", "Your case studies"}),
        ("fatima", {"Look things up"}),
        ("boris", set()),
        ("ben", set()),
    ],
)
def test_home_and_account_lead_whoever_may_write_to_it_and_nobody_else(request, signed_in, name, offered):
    client = signed_in(request.getfixturevalue(name))

    for address in ("/", "/account/"):
        assert ways_on(client.get(address).content.decode()) == offered
    for way in offered:
        assert client.get(WAYS[way], follow=True).status_code == 200
    assert (client.get("/cms/").status_code == 200) == bool(offered)
    if "Write news" not in offered:
        assert client.get("/news/new/").status_code == 403


def test_without_the_second_factor_of_a_role_nothing_is_offered_that_stays_shut(client):
    person = give_role(UserFactory(), Role.EDITOR)
    person.authenticator_set.all().delete()
    client.force_login(person)

    assert ways_on(client.get("/").content.decode()) == set()


def test_write_news_opens_the_form_for_it_in_its_place(edith, signed_in):
    index = NewsIndexPage.objects.get()

    answer = signed_in(edith).get("/news/new/")

    assert answer.url == reverse("wagtailadmin_pages:add", args=["publishing", "newspage", index.pk])


@pytest.fixture
def petra(harlow):
    """Publishes for Harlow."""
    return MembershipFactory(person__name="Petra Voss", organisation=harlow, role=Membership.Role.PUBLISHER).person


def test_the_front_page_says_what_waits_with_the_lines_of_the_week(harlow, amina, petra, signed_in):
    submit_case_study(draft_of(harlow, amina), by=amina)
    client = signed_in(petra)

    line = "Case study of Harlow to approve for your council, handed in by Amina Shah."
    for address in ("/", "/cms/"):
        page = words_of(client.get(address).content.decode())
        assert line in page
        assert "Read and decide" in page


def test_the_front_page_shows_what_its_reader_is_writing(harlow, amina, signed_in):
    draft_of(harlow, amina, title="Fewer missed bins")

    page = words_of(signed_in(amina).get("/cms/").content.decode())

    assert "Case studies being written Fewer missed bins Of Harlow. With its authors" in page
    assert "Nothing waits for you." in page
    for silent in ("Your most recent edits", "Images", "Wagtail", "Documents"):
        assert silent not in page


def test_pages_that_stood_for_a_year_are_named_with_their_day(harlow, edith, signed_in):
    for title, ago in (("Old guidance", 366), ("New guidance", 364)):
        page = HomePage.objects.get().add_child(instance=ContentPage(title=title, body="<p>Words</p>"))
        Page.objects.filter(pk=page.pk).update(last_published_at=clock.now() - dt.timedelta(days=ago))
    day = clock.today() - dt.timedelta(days=366)

    page = words_of(signed_in(edith).get("/cms/").content.decode())

    assert f"Old guidance Stands as it is since {day:%-d %B %Y}." in page
    assert "New guidance" not in page


def test_of_old_pages_one_is_shown_those_one_may_change(harlow, surrey, amina, sunita, edith):
    ours, theirs = publish_case_study(harlow, title="Ours"), publish_case_study(surrey, title="Theirs")
    news = publish_news(title="News", published_on=dt.date(2015, 1, 1))
    Page.objects.filter(pk__in=[ours.pk, theirs.pk, news.pk]).update(
        last_published_at=clock.now() - dt.timedelta(days=400)
    )

    assert [page.title for page in old_pages(amina)] == ["Ours"]
    assert {page.title for page in old_pages(edith)} == {"Ours", "Theirs"}
    assert not old_pages(sunita).exists()


def items_of(menu, request):
    """Every link of the admin's menu that is shown for this request."""
    for item in menu.menu_items_for_request(request):
        if isinstance(item, SubmenuMenuItem):
            yield from items_of(item.menu, request)
        elif item.url.startswith("/"):
            yield item


CAST = ["amina", "petra", "edith", "sunita", "fatima", "root_user"]


@pytest.mark.parametrize("name", CAST)
def test_every_item_of_the_menu_opens_for_whoever_it_is_shown_to(request, signed_in, name):
    client = signed_in(request.getfixturevalue(name))
    asked = client.get("/cms/").wsgi_request

    offered = list(items_of(admin_menu, asked))

    assert offered
    for item in offered:
        assert client.get(item.url, follow=True).status_code == 200, item.label


@pytest.mark.parametrize(("name", "shown"), [("fatima", True), ("sunita", True), ("root_user", True), ("amina", False)])
def test_events_and_votes_stand_in_the_menu_for_those_who_run_them(request, signed_in, name, shown):
    asked = signed_in(request.getfixturevalue(name)).get("/cms/").wsgi_request

    labels = {str(item.label) for item in items_of(admin_menu, asked)}

    assert ({"Events", "Votes"} <= labels) == shown


@pytest.mark.parametrize("name", ["anna", "boris", "ben"])
def test_whoever_has_nothing_to_do_in_the_admin_stays_outside(request, signed_in, name):
    assert signed_in(request.getfixturevalue(name)).get("/cms/").status_code == 403


def test_the_secretariat_writes_news_and_does_not_publish_it(sunita, signed_in):
    client = signed_in(sunita)
    form = client.get("/news/new/", follow=True).content.decode()
    assert "Submit for approval" in form
    assert "action-publish" not in form

    page = NewsPage(title="Ours", summary="It is.", body="<p>Words</p>", published_on=dt.date(2026, 1, 1), live=False)
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=sunita)
    said = {"title": "Ours anew", "slug": page.slug, "published_on": "2026-01-01", "summary": "It is."}
    said |= posted_blocks(("text", words()))
    said |= {f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), said | {"action-publish": "1"})
    client.post(f"/cms/pages/{page.pk}/unpublish/")

    page = NewsPage.objects.get(pk=page.pk)
    assert page.draft_title == "Ours anew"
    assert not page.live


def test_the_secretariat_deletes_no_news_of_others_and_changes_no_other_page(sunita, edith, signed_in):
    client, home, index = signed_in(sunita), HomePage.objects.get(), NewsIndexPage.objects.get()
    guidance = home.add_child(instance=ContentPage(title="Guidance", body="<p>Words</p>", live=False))
    waiting, own = news_of(edith), news_of(sunita, title="Ours")
    waiting.get_workflow().start(waiting, edith)

    for page in (waiting, guidance):
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk]))
    new = [reverse("wagtailadmin_pages:add", args=["portal", "contentpage", home.pk])]
    new.append(reverse("wagtailadmin_pages:add", args=["publishing", "casestudypage", _cases().pk]))
    shut = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in (home, index, guidance, _cases())]
    copies = [reverse("wagtailadmin_pages:copy", args=[page.pk]) for page in (home, guidance)]

    assert Page.objects.filter(pk__in=[waiting.pk, guidance.pk]).count() == 2
    for address in shut + new + copies:
        assert client.get(address).status_code in (302, 403), address
    assert client.get(reverse("wagtailadmin_pages:edit", args=[own.pk])).status_code == 200
    client.post(reverse("wagtailadmin_pages:delete", args=[own.pk]))
    assert not NewsPage.objects.filter(pk=own.pk).exists()


def _cases() -> CaseStudyIndexPage:
    return CaseStudyIndexPage.objects.get()


JARGON = (
    "Is illustrative", "Promote", "Case study page", "News page", "Slug", "SEO", "In menus", "Show in menus", "Snippet",
    "as you'd like it to be seen by the public", "Search description", "Title tag",
)  # fmt: skip


@pytest.mark.parametrize("model", [CaseStudyPage, NewsPage, ContentPage, HomePage, CaseStudyIndexPage])
def test_forms_of_pages_speak_plain_words(edith, signed_in, model):
    if model in (HomePage, CaseStudyIndexPage):
        address = reverse("wagtailadmin_pages:edit", args=[model.objects.get().pk])
    else:
        parent = {CaseStudyPage: CaseStudyIndexPage, NewsPage: NewsIndexPage}.get(model, HomePage).objects.get()
        address = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])

    assert jargon_of(signed_in(edith).get(address).content.decode()) == []


@pytest.mark.parametrize("model", [CaseStudyPage, NewsPage])
def test_a_hint_stands_beside_every_field_of_a_case_study_and_of_news(edith, model):
    handler = model.get_edit_handler()
    bound = handler.get_bound_panel(
        instance=model(), form=handler.get_form_class()(instance=model(), for_user=edith), request=None
    )

    def fields(panel):
        for child in getattr(panel, "children", []):
            yield from fields(child)
        if hasattr(panel, "field_name") and getattr(panel, "bound_field", None) is not None:
            yield panel

    asked = [panel for panel in fields(bound) if panel.field_name not in {"go_live_at", "expire_at", "comments"}]

    assert len(asked) > 7
    assert [panel.field_name for panel in asked if not panel.help_text] == []


@pytest.mark.parametrize("address", ["explore", "search", "site-history", "aging-pages"])
def test_lists_and_reports_call_pages_by_their_names(harlow, edith, signed_in, address):
    publish_case_study(harlow, title="Ours")
    addresses = {
        "explore": reverse("wagtailadmin_explore", args=[CaseStudyIndexPage.objects.get().pk]),
        "search": reverse("wagtailadmin_pages:search"),
    }

    answer = signed_in(edith).get(addresses.get(address, f"/cms/reports/{address}/"))

    assert jargon_of(answer.content.decode()) == []
