"""A form with a mistake in it comes back with everything that was typed."""

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse

from publishing.models import CaseStudyIndexPage, CaseStudyPage, NewsIndexPage, NewsPage
from tests.factories.councils import OrganisationFactory
from tests.factories.publishing import picture_of, publish_news
from tests.publishing.blocks import posted_blocks
from tests.publishing.drafts import draft_of, typed

pytestmark = pytest.mark.django_db


def value_of(page: str, name: str) -> str:
    """What stands in a field of the form."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    if tag:
        found = re.search(r'value="([^"]*)"', tag.group())
        return unescape(found.group(1)) if found else ""
    return unescape(
        re.search(rf'<(textarea|select)[^>]*name="{name}"[^>]*>(.*?)</\1>', page, re.DOTALL).group(2)
    ).strip()


@pytest.mark.parametrize("model", [CaseStudyPage, NewsPage])
def test_the_editor_offers_councils_that_are_no_more_where_one_was_chosen_already(edith, model):
    old, new = OrganisationFactory(ends_on=dt.date(2020, 3, 31)), OrganisationFactory()
    form = model.get_edit_handler().get_form_class()

    offered = form(instance=model(), for_user=edith).fields["council"].queryset
    kept = form(instance=model(council=old), for_user=edith).fields["council"].queryset

    assert (old in offered, new in offered) == (False, True)
    assert (old in kept, new in kept) == (True, True)


def test_a_case_study_with_a_figure_that_lacks_its_day_comes_back_filled_in(harlow, amina, signed_in):
    picture = picture_of(harlow, by=amina)
    page = draft_of(harlow, amina)
    sent = typed(
        page,
        title="Planning notices “people” open",
        summary="Notices with a picture.",
        picture=str(picture.pk),
        before="410",
        before_unit="calls",
        after="268",
        after_unit="letters",
        cost="£4,000",
        contact="Web team",
    )
    index = CaseStudyIndexPage.objects.get()

    answer = signed_in(amina).post(
        reverse("wagtailadmin_pages:add", args=["publishing", "casestudypage", index.pk]), sent | {"slug": "another"}
    )

    back = answer.content.decode()
    assert CaseStudyPage.objects.count() == 1
    assert "Enter the day it was measured." in back
    assert "Enter the figure in calls too" in back
    for name in ("title", "before", "before_unit", "after", "after_unit", "cost", "contact", "slug", "picture"):
        assert value_of(back, name) == (sent | {"slug": "another"})[name], name
    assert value_of(back, "summary") == "Notices with a picture."
    assert "Words" in value_of(back, "problem")
    assert f'value="{harlow.pk}" selected' in value_of(back, "council")


def test_news_with_a_day_that_does_not_exist_comes_back_filled_in(harlow, edith, signed_in):
    index = NewsIndexPage.objects.get()
    common = typed(CaseStudyPage(title="It is live", slug="it-is-live"))
    sent = common | {"published_on": "31/02/2026", "summary": "Three councils.", "source": "Minutes"}
    publish_news(title="It is live", slug="it-is-live", published_on=dt.date(2015, 6, 1))

    answer = signed_in(edith).post(
        reverse("wagtailadmin_pages:add", args=["publishing", "newspage", index.pk]),
        sent | posted_blocks(("text", sent["problem"])),
    )

    back = answer.content.decode()
    assert NewsPage.objects.count() == 1
    assert "Another page has this address." in back
    assert "slug &#" not in back.lower()
    for name in ("title", "published_on", "summary", "source"):
        assert value_of(back, name) == sent[name]
    assert "Words" in unescape(re.search(r'id="body"[^>]*data-w-block-arguments-value="([^"]*)"', back)[1])
