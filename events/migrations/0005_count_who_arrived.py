from django.db import migrations
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce


def count_who_arrived(apps, schema_editor):
    """Give each event the number of its check-ins."""
    Event, SignUp = apps.get_model("events", "Event"), apps.get_model("events", "SignUp")
    came = SignUp.objects.filter(event=OuterRef("pk"), checked_in_at__isnull=False).order_by()
    number = came.values("event").annotate(n=Count("pk")).values("n")
    Event.objects.update(arrived=Coalesce(Subquery(number, output_field=IntegerField()), 0))


class Migration(migrations.Migration):
    """Second of two: 0004 added the column."""

    dependencies = [("events", "0004_how_many_arrived")]

    operations = [migrations.RunPython(count_who_arrived, migrations.RunPython.noop)]
