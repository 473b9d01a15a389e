"""More synonyms to begin with; every stored phrase known by the stems of its telling words, as searches read them."""

import uuid

from django.db import migrations

# Groups of words that mean the same, one a line.
SYNONYMS = """
blue badge, disabled parking permit, disabled parking
pothole, road defect, road problem, highway defect
proof of identity, identity assurance, who you are
change of address, moving house, new address
campaign figures, digital campaign
care home fees, care costs, paying for care
digital inclusion, assisted digital
"""
MOST_PHRASES = 12


def take_in(apps, schema_editor):
    """Add to each group the words that stand in none yet; a line of which no word is known becomes a group.

    A line whose words stand in two groups is left to the editors who made these.
    """
    from search.vocabulary import key_of, words_of

    Group, Phrase = apps.get_model("search", "SynonymGroup"), apps.get_model("search", "SynonymPhrase")
    taken = {}
    for phrase in Phrase.objects.order_by("pk"):
        key = key_of(phrase.text)
        taken.setdefault(key, phrase.group_id)
        if phrase.stems != key and not Phrase.objects.filter(stems=key).exists():
            phrase.stems = key
            phrase.save(update_fields=["stems"])
    for line in SYNONYMS.strip().split("\n"):
        phrases = {key_of(part): " ".join(words_of(part)) for part in line.split(",")}
        groups = {taken[key] for key in phrases if key in taken}
        fresh = {key: text for key, text in phrases.items() if key not in taken}
        if len(groups) > 1 or not fresh:
            continue
        group = groups.pop() if groups else Group.objects.create().pk
        if Phrase.objects.filter(group=group).count() + len(fresh) > MOST_PHRASES:
            continue
        Phrase.objects.bulk_create([Phrase(group_id=group, text=text, stems=key) for key, text in fresh.items()])
        taken |= dict.fromkeys(fresh, group)
    apps.get_model("search", "WordList").objects.update(stamp=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("search", "0003_saved_searches")]

    operations = [migrations.RunPython(take_in, migrations.RunPython.noop)]
