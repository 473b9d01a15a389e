"""Assessments of projects at gates, by 14 points."""

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0003_blocks'),
        ('steering', '0009_saved_views'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GateAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('assessed_on', models.DateField()),
                ('rating', models.CharField(choices=[('red', 'Red'), ('amber', 'Amber'), ('green', 'Green')], editable=False, help_text='The worst of its points, written with them', max_length=5)),
                ('again_on', models.DateField(blank=True, help_text='By when it is assessed again; of a red one', null=True)),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='steering.meeting')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='projects.project')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-assessed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='GatePoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='Of the Service Standard, 1 to 14')),
                ('rating', models.CharField(choices=[('green', 'Green'), ('amber', 'Amber'), ('red', 'Red'), ('not_yet', 'Not met yet')], max_length=8)),
                ('words', models.CharField(blank=True, help_text='What is missing, or what shows it', max_length=300)),
                ('action', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessment_point', to='steering.boardaction')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='steering.gateassessment')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddConstraint(
            model_name='gateassessment',
            constraint=models.UniqueConstraint(fields=('project', 'assessed_on'), name='a_project_is_assessed_once_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='gateassessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rating', 'red'), _negated=True), models.Q(('again_on__gt', models.F('assessed_on')), ('again_on__isnull', False)), _connector='OR'), name='a_red_assessment_says_when_again'),
        ),
        migrations.AddConstraint(
            model_name='gatepoint',
            constraint=models.UniqueConstraint(fields=('assessment', 'number'), name='an_assessment_has_each_point_once'),
        ),
        migrations.AddConstraint(
            model_name='gatepoint',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 14)), name='a_point_is_one_of_fourteen'),
        ),
        migrations.AddConstraint(
            model_name='gatepoint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rating__in', ['red', 'amber']), _negated=True), models.Q(models.Q(('words', ''), _negated=True), ('action__isnull', False)), _connector='OR'), name='a_red_or_amber_point_says_what_is_missing_and_makes_an_action'),
        ),
        migrations.AddConstraint(
            model_name='gatepoint',
            constraint=models.CheckConstraint(condition=models.Q(('rating__in', ['red', 'amber']), ('action', None), _connector='OR'), name='only_red_or_amber_makes_an_action'),
        ),
    ]
