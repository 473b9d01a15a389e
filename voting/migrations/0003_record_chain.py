
import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('voting', '0002_secret_votes_and_rounds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=19)),
                ('salt', models.CharField(max_length=32)),
                ('made_at', models.DateTimeField(default=core.clock.now)),
                ('ballot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='record_code', to='voting.ballot')),
                ('closed_by', models.ForeignKey(help_text='Empty: the portal, at the time announced', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('salt', ''), _negated=True)), name='a_record_has_a_code_and_a_salt')],
            },
        ),
    ]
