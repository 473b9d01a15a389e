from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0002_a_wave_run_here'),
    ]

    operations = [
        migrations.AddField(
            model_name='fieldwork',
            name='nameless',
            field=models.JSONField(blank=True, default=dict, help_text='By the key of an organisation: how many of its people handed in and closed their account since'),
        ),
        migrations.AddField(
            model_name='fieldwork',
            name='handed_in',
            field=models.PositiveIntegerField(blank=True, help_text='How many people had, as it ended', null=True),
        ),
        migrations.AddField(
            model_name='fieldwork',
            name='other_bodies',
            field=models.PositiveIntegerField(blank=True, help_text='How many organisations that are no council had answered as it ended', null=True),
        ),
    ]
