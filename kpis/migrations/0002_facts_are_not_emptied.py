from django.db import migrations

from kpis.facts import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    """A later migration that alters this table on SQLite makes it anew without the triggers: run `install` again."""

    dependencies = [
        ('kpis', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
