from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0008_reorganisations_and_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='reorganisation',
            name='is_founding',
            field=models.BooleanField(default=False, help_text='The council that carries on was put into the directory with it'),
        ),
    ]
