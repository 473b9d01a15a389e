"""Slips of paper that are no votes, because they are blank or nobody can read them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('voting', '0005_cards_paper_and_reasons'),
    ]

    operations = [
        migrations.CreateModel(
            name='SpoiltSlip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='As printed on it')),
                ('reason', models.CharField(choices=[('blank', 'Blank'), ('unreadable', 'Unreadable')], max_length=10)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spoilt_slips', to='voting.ballot')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spoilt', to='voting.paperbatch')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [
                    models.UniqueConstraint(fields=('ballot', 'number'), name='a_slip_is_spoilt_once'),
                    models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='a_spoilt_slip_has_its_number'),
                    models.CheckConstraint(condition=models.Q(('reason__in', ['blank', 'unreadable'])), name='a_spoilt_slip_says_why'),
                ],
            },
        ),
    ]
