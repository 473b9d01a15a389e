"""Decisions written down before the quorum was asked for keep the number of bodies that took part in them."""

from django.db import migrations
from django.db.models import F


def keep_what_was_decided(apps, schema_editor) -> None:
    Decision = apps.get_model("steering", "Decision")
    bodies = F("votes_for") + F("votes_against") + F("abstentions")
    Decision.objects.filter(quorum__gt=bodies).update(quorum=bodies)


class Migration(migrations.Migration):
    dependencies = [("steering", "0002_quorum_and_reviews")]

    operations = [migrations.RunPython(keep_what_was_decided, migrations.RunPython.noop)]
