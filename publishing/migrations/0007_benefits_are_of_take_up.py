"""The benefits of a case study are of another app; the keys to them stay."""

import modelcluster.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0006_whose_pictures_and_plain_words'),
        ('take_up', '0001_out_of_the_registry'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='casestudypage',
                    name='benefits',
                    field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='What was promised: it stands beside what was measured', related_name='case_studies', to='take_up.benefit'),
                ),
            ],
        ),
    ]
