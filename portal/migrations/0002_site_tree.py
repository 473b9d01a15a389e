"""The site's first pages in place of Wagtail's welcome page: home, case studies, news."""

from django.db import migrations

HEADLINE = "Solve it once, for every council"
INTRODUCTION = (
    "Councils raise what they need, design it together, vote on what to build, "
    "and share what works, with what it saved and what it did not."
)


def plant(apps, schema_editor):
    """Pages are rows in a tree of paths; historical models know nothing of trees, so the paths are written out."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    SuggestedSearch = apps.get_model("portal", "SuggestedSearch")

    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    root = Page.objects.get(depth=1)
    locale = Locale.objects.first() or Locale.objects.create(language_code="en-gb")

    def page(app, name, *, title, slug, path, url_path, children=0, **fields):
        content_type, _ = ContentType.objects.get_or_create(app_label=app, model=name.lower())
        return apps.get_model(app, name).objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            content_type=content_type,
            path=root.path + path,
            depth=1 + len(path) // 4,
            numchild=children,
            url_path=url_path,
            locale=locale,
            live=True,
            **fields,
        )

    home = page(
        "portal",
        "HomePage",
        title="Home",
        slug="home",
        path="0001",
        url_path="/home/",
        children=2,
        headline=HEADLINE,
        introduction=INTRODUCTION,
    )
    page(
        "publishing",
        "CaseStudyIndexPage",
        title="Case studies",
        slug="case-studies",
        path="00010001",
        url_path="/home/case-studies/",
        introduction="What councils did, what it cost and what came of it, with the evidence behind each.",
        show_in_menus=True,
    )
    page(
        "publishing",
        "NewsIndexPage",
        title="News",
        slug="news",
        path="00010002",
        url_path="/home/news/",
        introduction="What has happened in the programme.",
        show_in_menus=True,
    )
    Page.objects.filter(pk=root.pk).update(numchild=1)
    for order, words in enumerate(("parking permits", "identity checks", "planning data")):
        SuggestedSearch.objects.create(page=home, words=words, sort_order=order)
    Site.objects.create(
        hostname="localhost", port=80, site_name="Local Digital Alliance", root_page_id=home.pk, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("publishing", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
