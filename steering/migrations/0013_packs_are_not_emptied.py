from django.db import migrations

from steering.packs import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    """A later migration that alters this table on SQLite makes it anew without the triggers: run `install` again."""

    dependencies = [("steering", "0012_decision_of_an_item")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
