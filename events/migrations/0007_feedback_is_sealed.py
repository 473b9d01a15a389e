import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0006_what_happens_where_and_who_is_asked'),
        ('sealing', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='feedback_round',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sealing.round'),
        ),
    ]
