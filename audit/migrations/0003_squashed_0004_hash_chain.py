"""What 0003 to 0004 come to, in one step. Those stay for databases that began before."""

import core.clock
from django.db import migrations, models

from audit import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def install_on_chain(apps, schema_editor):
    triggers.install_on_chain(schema_editor.connection)


class Migration(migrations.Migration):

    replaces = [
        ('audit', '0003_latest_of_an_action'),
        ('audit', '0004_hash_chain'),
    ]
    dependencies = [('audit', '0002_append_only')]

    operations = [
        migrations.AlterField(
            model_name='auditevent',
            name='action',
            field=models.CharField(help_text='app.past_tense, as in events.signed_up', max_length=60),
        ),
        migrations.AddIndex(
            model_name='auditevent',
            index=models.Index(fields=['action', '-at', '-id'], name='audit_latest_of_an_action'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
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
        migrations.RunPython(install_on_chain, migrations.RunPython.noop),
    ]
