from django.db import migrations

from steering.packs import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """A later migration that alters this table on SQLite makes it anew without the triggers: run `install` again."""

    dependencies = [("steering", "0010_assessments_at_gates")]

    operations = [migrations.RunPython(install, remove)]
