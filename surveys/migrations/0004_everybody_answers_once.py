from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0003_counts_of_a_wave_that_ended'),
    ]

    operations = [
        migrations.AddField(
            model_name='fieldwork',
            name='invited',
            field=models.PositiveIntegerField(blank=True, help_text='How many people had been, as it ended', null=True),
        ),
        migrations.AddField(
            model_name='fieldwork',
            name='not_invited_again',
            field=models.JSONField(blank=True, default=list, help_text='Digests of all addresses of who handed in and then closed their account or took one out; none once it ended'),
        ),
    ]
