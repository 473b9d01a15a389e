"""What was turned down is kept with the reason; what was turned down before is gone, and nothing of it known."""

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('take_up', '0004_promises_in_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TurnedDown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14)),
                ('value_words', models.CharField(blank=True, max_length=80)),
                ('n', models.PositiveIntegerField(help_text='How many councils, forms, cases', verbose_name='measured on')),
                ('n_words', models.CharField(blank=True, max_length=80)),
                ('measured_on', models.DateField()),
                ('because', models.CharField(help_text='Why it does not hold', max_length=500)),
                ('at', models.DateTimeField(default=core.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turned_down', to='take_up.benefit')),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='what_is_turned_down_says_why'), models.CheckConstraint(condition=models.Q(('by', models.F('reported_by')), _negated=True), name='nobody_turns_down_their_own_measurement')],
            },
        ),
    ]
