"""What 0001 to 0002 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.squashed import rows_of


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('audit', '0001_initial'),
        ('audit', '0002_append_only'),
    ]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=core.clock.now)),
                ('action', models.CharField(db_index=True, help_text='app.past_tense, as in events.signed_up', max_length=60)),
                ('about_kind', models.CharField(blank=True, max_length=60)),
                ('about_key', models.CharField(blank=True, max_length=60)),
                ('about', models.CharField(blank=True, help_text="The record's title when it happened", max_length=200)),
                ('details', models.JSONField(blank=True, default=dict)),
                ('request_id', models.CharField(blank=True, max_length=64)),
                ('by', models.ForeignKey(help_text='Empty: the portal', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['about_kind', 'about_key'], name='audit_audit_about_k_783aad_idx')],
            },
        ),
        rows_of('audit', '0002_append_only'),
    ]
