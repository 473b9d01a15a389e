
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0004_enquiries'),
        ('events', '0005_count_who_arrived'),
        ('projects', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.PositiveSmallIntegerField(default=1, help_text='Of the event: 1 is the first')),
                ('at', models.TimeField(help_text='In London')),
                ('title', models.CharField(max_length=120)),
                ('note', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['event', 'day', 'at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='event',
            name='access_note',
            field=models.CharField(blank=True, max_length=300, verbose_name='more about access'),
        ),
        migrations.AddField(
            model_name='event',
            name='accessible_toilet',
            field=models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3),
        ),
        migrations.AddField(
            model_name='event',
            name='address',
            field=models.CharField(blank=True, help_text='Street, town and postcode', max_length=200),
        ),
        migrations.AddField(
            model_name='event',
            name='audience',
            field=models.CharField(blank=True, max_length=200, verbose_name='who it is for'),
        ),
        migrations.AddField(
            model_name='event',
            name='captions',
            field=models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3, verbose_name='live captions'),
        ),
        migrations.AddField(
            model_name='event',
            name='contact',
            field=models.ForeignKey(blank=True, help_text='Who is asked about the day, by their own wish', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='event',
            name='directions',
            field=models.CharField(blank=True, max_length=200, verbose_name='how to get there'),
        ),
        migrations.AddField(
            model_name='event',
            name='hearing_loop',
            field=models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3),
        ),
        migrations.AddField(
            model_name='event',
            name='join_url',
            field=models.URLField(blank=True, help_text='For those with a place', max_length=500, verbose_name='link to join online'),
        ),
        migrations.AddField(
            model_name='event',
            name='parking',
            field=models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3),
        ),
        migrations.AddField(
            model_name='event',
            name='sign_language',
            field=models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3),
        ),
        migrations.AddField(
            model_name='event',
            name='step_free',
            field=models.CharField(blank=True, choices=[('yes', 'Yes'), ('ask', 'If asked for'), ('no', 'No')], max_length=3, verbose_name='step-free access'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('contact__isnull', True), ('host__isnull', False), _connector='OR'), name='who_is_asked_answers_for_the_host'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='events.event'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('day__gt', 0)), name='an_agenda_begins_on_the_first_day'),
        ),
    ]
