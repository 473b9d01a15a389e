"""Second of three: what was typed as words becomes figures, where it is one; the rest is kept as words."""

import re

from django.db import migrations

FIGURE = re.compile(r"(£?)(\d[\d,]*(?:\.\d{1,2})?)\s*(.*)")
COUNT = re.compile(r"(\d[\d,]*)\s+\D+")


def read_figure(words):
    """(number, unit) of “410 calls” or “£180,000 a year”; None where it is not one number and one unit."""
    found = FIGURE.fullmatch(words.strip())
    if found is None:
        return None
    pounds, number, rest = found.groups()
    unit = f"£ {rest}".strip() if pounds else rest
    number = number.replace(",", "")
    if not unit or len(unit) > 40 or len(number) > 12 or re.search(r"[\d;]", unit) or rest.startswith("of "):
        return None
    return number, unit


def read_count(words):
    """The number in “3 councils”; None in “11 of 19 libraries”, which are two."""
    found = COUNT.fullmatch(words.strip())
    number = int(found[1].replace(",", "")) if found and len(found[1]) < 9 else None
    return number if number and not re.search(r"\bof\b|\d", words[len(found[1]) :]) else None


def new_values(old):
    """The new fields for what stood in the old ones. The figure before had no day and no base, and gets none."""
    values, kept = {}, [old.get("measured_n") or ""]
    for name, words, label in (
        ("before", old.get("baseline") or "", "before"),
        ("after", old.get("result") or "", "after"),
    ):
        if figure := read_figure(words):
            values[name], values[f"{name}_unit"] = figure
        elif words:
            kept.append(f"{label}: {words}")
    values["after_on"] = old.get("measured_on")
    values["after_n"] = read_count(old.get("measured_n") or "")
    values["figures_note"] = "; ".join(words for words in kept if words)[:300]
    return values


def carry(apps, schema_editor):
    """Pages, and their versions: a draft must not lose what it said."""
    CaseStudyPage = apps.get_model("publishing", "CaseStudyPage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Revision = apps.get_model("wagtailcore", "Revision")
    for page in CaseStudyPage.objects.only("baseline", "result", "measured_on", "measured_n"):
        old = {name: getattr(page, name) for name in ("baseline", "result", "measured_on", "measured_n")}
        CaseStudyPage.objects.filter(pk=page.pk).update(**new_values(old))
    kind = ContentType.objects.filter(app_label="publishing", model="casestudypage").first()
    for revision in Revision.objects.filter(content_type=kind) if kind else ():
        if "baseline" in revision.content:
            revision.content = {**revision.content, **new_values(revision.content)}
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("publishing", "0002_two_figures"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
