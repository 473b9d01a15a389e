from django.db import migrations

FORMER = {"folkestone-and-hythe": "Shepway", "ards-and-north-down": "North Down and Ards"}


def fill(apps, schema_editor):
    """Councils that changed their name since 2013 and stayed the same body."""
    Organisation = apps.get_model("councils", "Organisation")
    for slug, name in FORMER.items():
        Organisation.objects.filter(slug=slug, former_names="").update(former_names=name)


class Migration(migrations.Migration):
    dependencies = [("councils", "0003_renamed_councils_and_what_a_membership_rests_on")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
