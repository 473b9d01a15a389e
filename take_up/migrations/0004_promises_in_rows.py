"""Measurements of promises in rows, who promises, which way is better, by when and for which councils; take-up plans.

A result that stood on its promise becomes a row. Who had reported it was not kept: it is whoever wrote the promise down,
since whoever confirmed it was always somebody else.
"""

import calendar
import datetime

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def fill(apps, schema_editor):
    promises, measurements = apps.get_model("take_up", "Benefit"), apps.get_model("take_up", "Measurement")
    rows = promises.objects.select_related("project__service").prefetch_related("project__prototype__needs__service")
    for promise in rows.order_by("pk"):
        if promise.adoption_id:
            promise.origin = "adoption"
        if promise.baseline is not None and promise.claimed < promise.baseline:
            promise.better = "lower"
        # The saving of a business case is due at the last follow-up, anything else after a year.
        promise.due_on = _months_after(promise.claimed_on, 24 if promise.business_case_id else 12)
        if promise.scope is not None:
            promise.tier = _tier(promise.project)
        if None not in (promise.result, promise.result_on, promise.n, promise.confirmed_by_id):
            promise.latest = measurements.objects.create(
                promise=promise,
                value=promise.result,
                value_words=promise.result_words,
                n=max(promise.n, 1),
                n_words="councils" if promise.n_words.strip().lower() in ("council", "councils") else promise.n_words,
                measured_on=promise.result_on,
                reported_by_id=promise.recorded_by_id,
                reported_at=promise.updated_at,
                checked_by_id=promise.confirmed_by_id,
                checked_at=promise.updated_at,
                source=promise.result_source,
                is_illustrative=promise.result_is_illustrative,
                created_at=promise.updated_at,
                updated_at=promise.updated_at,
            )
        promise.save(update_fields=["origin", "better", "due_on", "tier", "latest"])
    if schema_editor.connection.vendor == "postgresql":
        # What the rows above promised is checked now: a table with checks that wait cannot be altered.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _tier(project):
    """Which councils provide the service of a project, or those of all the needs behind it; else all."""
    if project is None:
        return "all"
    if project.service is not None:
        return project.service.providing_tier
    needs = project.prototype.needs.all() if project.prototype else ()
    tiers = {need.service.providing_tier if need.service else "all" for need in needs}
    return tiers.pop() if len(tiers) == 1 else "all"


def _months_after(day, months):
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Migration(migrations.Migration):

    dependencies = [
        ('assets_registry', '0009_uploads'),
        ('councils', '0003_single_tier_councils'),
        ('projects', '0002_how_it_looks_and_moves'),
        ('take_up', '0003_days_earlier_use_and_sums_shown'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14)),
                ('value_words', models.CharField(blank=True, help_text='200 to 300, where it is a range', max_length=80)),
                ('n', models.PositiveIntegerField(help_text='How many councils, forms, cases', verbose_name='measured on')),
                ('n_words', models.CharField(blank=True, help_text='councils, forms', max_length=80)),
                ('measured_on', models.DateField()),
                ('reported_at', models.DateTimeField(default=core.clock.now)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('explanation', models.TextField(blank=True, help_text='Why the promise was missed, where this measurement says so', max_length=2000)),
                ('explained_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['measured_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TakeUpPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('councils', models.PositiveIntegerField(verbose_name='councils meant to use it')),
                ('by_day', models.DateField(verbose_name='by when')),
                ('tier', models.CharField(choices=[('all', 'All councils'), ('county/unitary', 'Counties and single-tier councils'), ('district/unitary', 'Districts and single-tier councils'), ('county', 'Counties only'), ('district', 'Districts only')], max_length=20, verbose_name='for which councils')),
                ('base', models.PositiveIntegerField(help_text='Councils of that tier on the day of the plan', verbose_name='of how many')),
                ('made_on', models.DateField()),
            ],
            options={
                'ordering': ['by_day', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='benefit',
            name='better',
            field=models.CharField(choices=[('higher', 'Higher is better'), ('lower', 'Lower is better')], default='higher', max_length=6),
        ),
        migrations.AddField(
            model_name='benefit',
            name='due_on',
            field=models.DateField(default=datetime.date(2000, 1, 1), help_text='The day by which the target is to be reached'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='benefit',
            name='origin',
            field=models.CharField(choices=[('project', 'A project'), ('adoption', 'A council’s use of an asset'), ('case_study', 'A case study')], default='project', max_length=10, verbose_name='who promises'),
        ),
        migrations.AddField(
            model_name='benefit',
            name='tier',
            field=models.CharField(blank=True, choices=[('all', 'All councils'), ('county/unitary', 'Counties and single-tier councils'), ('district/unitary', 'Districts and single-tier councils'), ('county', 'Counties only'), ('district', 'Districts only')], default='', help_text='Empty where it is promised for no number of councils', max_length=20, verbose_name='for which councils'),
        ),
        migrations.AlterField(
            model_name='benefit',
            name='claimed',
            field=models.DecimalField(decimal_places=2, max_digits=20, verbose_name='target'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='checked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='measurement',
            name='explained_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='measurement',
            name='promise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measurements', to='take_up.benefit'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='reported_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='benefit',
            name='latest',
            field=models.ForeignKey(blank=True, editable=False, help_text='The last measurement that somebody checked; kept by the operation that checks', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='take_up.measurement'),
        ),
        migrations.RemoveConstraint(
            model_name='benefit',
            name='a_benefit_belongs_to_a_project_or_an_adoption',
        ),
        migrations.RemoveConstraint(
            model_name='benefit',
            name='a_checked_benefit_has_result_day_and_base',
        ),
        migrations.RemoveConstraint(
            model_name='benefit',
            name='nobody_confirms_their_own_claim',
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(
            model_name='benefit',
            name='confirmed_by',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='n',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='n_words',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='result',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='result_is_illustrative',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='result_on',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='result_source',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='result_words',
        ),
        migrations.RemoveField(
            model_name='benefit',
            name='state',
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adoption__isnull', True), ('origin', 'project'), ('project__isnull', False)), models.Q(('adoption__isnull', False), ('origin', 'adoption'), ('project__isnull', True)), models.Q(('adoption__isnull', True), ('origin', 'case_study'), ('project__isnull', True)), _connector='OR'), name='a_promise_is_of_a_project_an_adoption_or_a_case_study'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('baseline__isnull', True), models.Q(('better', 'higher'), ('claimed__gte', models.F('baseline'))), models.Q(('better', 'lower'), ('claimed__lte', models.F('baseline'))), _connector='OR'), name='the_target_lies_on_the_better_side_of_what_was'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scope__isnull', True), ('tier', '')), models.Q(('scope__isnull', False), models.Q(('tier', ''), _negated=True)), _connector='OR'), name='a_base_is_a_number_of_councils_of_a_tier'),
        ),
        migrations.AddConstraint(
            model_name='benefit',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('claimed_on'))), name='a_promise_is_due_after_it_was_made'),
        ),
        migrations.AddField(
            model_name='takeupplan',
            name='asset',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='take_up_plans', to='assets_registry.asset'),
        ),
        migrations.AddField(
            model_name='takeupplan',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='takeupplan',
            name='project',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='take_up_plans', to='projects.project'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.UniqueConstraint(fields=('promise', 'measured_on'), name='one_measurement_of_a_promise_a_day'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('n__gt', 0)), name='a_measurement_is_made_on_something'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(('checked_by', models.F('reported_by')), _negated=True), _connector='OR'), name='nobody_checks_their_own_measurement'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='a_checked_measurement_says_by_whom_and_when'),
        ),
        migrations.AddConstraint(
            model_name='measurement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('explained_at__isnull', True), ('explained_by__isnull', True), ('explanation', '')), models.Q(models.Q(('explanation', ''), _negated=True), ('checked_by__isnull', False), ('explained_at__isnull', False), ('explained_by__isnull', False)), _connector='OR'), name='an_explanation_is_of_a_checked_measurement_and_says_whose'),
        ),
        migrations.AddConstraint(
            model_name='takeupplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asset__isnull', True), ('project__isnull', False)), models.Q(('asset__isnull', False), ('project__isnull', True)), _connector='OR'), name='a_take_up_plan_is_of_a_project_or_an_asset'),
        ),
        migrations.AddConstraint(
            model_name='takeupplan',
            constraint=models.CheckConstraint(condition=models.Q(('councils__gt', 0), ('councils__lte', models.F('base'))), name='a_take_up_plan_stays_within_its_base'),
        ),
        migrations.AddConstraint(
            model_name='takeupplan',
            constraint=models.CheckConstraint(condition=models.Q(('by_day__gt', models.F('made_on'))), name='a_take_up_plan_looks_ahead'),
        ),
        migrations.AddConstraint(
            model_name='takeupplan',
            constraint=models.UniqueConstraint(fields=('project', 'by_day'), name='one_take_up_plan_of_a_project_for_a_day'),
        ),
        migrations.AddConstraint(
            model_name='takeupplan',
            constraint=models.UniqueConstraint(fields=('asset', 'by_day'), name='one_take_up_plan_of_an_asset_for_a_day'),
        ),
    ]
