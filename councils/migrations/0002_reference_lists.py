from django.db import migrations

from councils.register import COUNCIL_COLUMNS, REFERENCE, SERVICE_COLUMNS, load_councils, load_services, read_table

FORMER = {"folkestone-and-hythe": "Shepway", "ards-and-north-down": "North Down and Ards"}


def load(apps, schema_editor):
    """Every council in force at any time since 2013, their e-mail domains, and the services."""
    load_councils(
        apps.get_model("councils", "Organisation"),
        apps.get_model("councils", "EmailDomain"),
        read_table(REFERENCE / "councils.csv", COUNCIL_COLUMNS),
    )
    load_services(apps.get_model("councils", "Service"), read_table(REFERENCE / "services.csv", SERVICE_COLUMNS))


def fill_former_names(apps, schema_editor):
    """Councils that changed their name since 2013 and stayed the same body."""
    Organisation = apps.get_model("councils", "Organisation")
    for slug, name in FORMER.items():
        Organisation.objects.filter(slug=slug).update(former_names=name)


class Migration(migrations.Migration):
    dependencies = [("councils", "0001_initial")]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunPython(fill_former_names, migrations.RunPython.noop),
    ]
