from django.db import migrations, models

from audit import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    """An index from which the latest lines of an action are read in order; it takes the place of the one on the action.

    SQLite makes the table anew for that, so the triggers are put there again, either way.
    """

    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, install),
        migrations.AlterField(
            model_name="auditevent",
            name="action",
            field=models.CharField(help_text="app.past_tense, as in events.signed_up", max_length=60),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["action", "-at", "-id"], name="audit_latest_of_an_action"),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
