import core.clock
from django.db import migrations, models

from audit import triggers


def install(apps, schema_editor):
    triggers.install_on_chain(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove_from_chain(schema_editor.connection)


class Migration(migrations.Migration):
    """A hash chain over the lines of the audit trail; the lines that are there are chained by its schedule."""

    dependencies = [
        ('audit', '0003_latest_of_an_action'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChainLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('previous', models.CharField(blank=True, help_text='Digest of the link before', max_length=64, unique=True)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('after', models.BigIntegerField(help_text='It covers the lines with keys above this')),
                ('up_to', models.BigIntegerField(help_text='The highest key it covers')),
                ('lines', models.PositiveIntegerField(help_text='How many lines it covers, late ones included')),
                ('gaps', models.JSONField(default=list, help_text='Ranges of keys that no line had: undone, or not yet committed')),
                ('late', models.JSONField(default=list, help_text='Keys in gaps of earlier links whose lines came later')),
                ('made_at', models.DateTimeField(default=core.clock.now)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('lines__gt', 0), ('up_to__gte', models.F('after'))), name='a_link_covers_a_line')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
