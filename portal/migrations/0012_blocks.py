"""Guidance is made of blocks, and so is what stands on the home page below its search box.

What editors had chosen for the home page becomes blocks in the same order, in every version of it too.
"""

from django.db import migrations

import publishing.blocks.field
from publishing.blocks.carrying import as_json, carry_texts, change_versions

FIGURES = ["delegates", "recommendation", "money"]
_KEY = "9d0c3f10-5b7e-4c1a-9a40-00000000000{}"
_GONE = ("story", "story_heading", "story_introduction", "featured_need")


def carry_guidance(apps, schema_editor):
    carry_texts(apps, "portal", "ContentPage")


def home_blocks(*, story="", heading="", introduction="", need=""):
    """The home page as it was, in blocks: `story` and `need` are the addresses of a project and a need."""
    now = {"heading": "Open now", "introduction": "What you can take part in next.", "need": need}
    counted = {
        "heading": "The year in numbers",
        "introduction": "Counted from rows, never typed. Follow any figure to what is behind it.",
        "names": FIGURES,
    }
    blocks = [
        {"type": "open", "value": now, "id": _KEY.format(2)},
        {"type": "figures", "value": counted, "id": _KEY.format(3)},
    ]
    if story:
        told = {"heading": heading, "introduction": introduction, "project": story}
        blocks.insert(0, {"type": "story", "value": told, "id": _KEY.format(1)})
    return blocks


def carry_home(apps, schema_editor):
    def address(model, key, place):
        slug = apps.get_model("projects", model).objects.filter(pk=key).values_list("slug", flat=True).first()
        return f"/{place}/{slug}/" if slug else ""

    def blocks_of(said):
        return home_blocks(
            story=address("Project", said.get("story"), "projects"),
            heading=said.get("story_heading") or "From one need to what it saved",
            introduction=said.get("story_introduction") or "",
            need=address("Need", said.get("featured_need"), "needs"),
        )

    def carry(content):
        content["body"] = as_json(blocks_of(content))
        for name in _GONE:
            content.pop(name, None)

    homes = apps.get_model("portal", "HomePage").objects
    for home in homes.all():
        chosen = {name: getattr(home, f"{name}_id", None) for name in ("story", "featured_need")}
        words = {name: getattr(home, name, "") for name in ("story_heading", "story_introduction")}
        homes.filter(pk=home.pk).update(body=blocks_of(chosen | words))
    change_versions(apps, "portal", "HomePage", carry)


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0011_queue_claims'),
        ('projects', '0001_initial'),
        ('publishing', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(carry_guidance, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='contentpage',
            name='body',
            field=publishing.blocks.field.BodyField(),
        ),
        migrations.AddField(
            model_name='homepage',
            name='body',
            field=publishing.blocks.field.BodyField(blank=True, default=list),
        ),
        migrations.RunPython(carry_home, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='homepage',
            name='featured_need',
        ),
        migrations.RemoveField(
            model_name='homepage',
            name='story',
        ),
        migrations.RemoveField(
            model_name='homepage',
            name='story_heading',
        ),
        migrations.RemoveField(
            model_name='homepage',
            name='story_introduction',
        ),
    ]
