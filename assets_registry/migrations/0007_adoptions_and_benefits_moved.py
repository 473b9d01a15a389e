"""Adoptions and benefits are of `take_up` now, which took their tables."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('assets_registry', '0006_a_picture_and_how_to_leave_it'),
        ('publishing', '0007_benefits_are_of_take_up'),
        ('take_up', '0001_out_of_the_registry'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name='Benefit'),
                migrations.DeleteModel(name='Adoption'),
            ],
        ),
    ]
