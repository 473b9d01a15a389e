"""Case studies keep their promise in the ledger, who checked their figures, and whether they were followed up."""

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


from core.months import months_after


def promises_of_what_is_published(apps, schema_editor):
    """Write the promise of each published case study whose figures can be compared, as publishing it again would."""
    Page = apps.get_model("publishing", "CaseStudyPage")
    Benefit = apps.get_model("take_up", "Benefit")
    Measurement = apps.get_model("take_up", "Measurement")
    CaseStudyPromise = apps.get_model("publishing", "CaseStudyPromise")
    from take_up.models import unit_in_words

    compared = Page.objects.filter(
        live=True,
        withdrawn_on=None,
        owner__isnull=False,
        before__isnull=False,
        after__isnull=False,
        before_unit=models.F("after_unit"),
        before_on__lt=models.F("after_on"),
        after_on__lte=core.clock.today(),
        before_n__gt=0,
        after_n__gt=0,
    ).exclude(measure="").exclude(after_unit="")
    for page in compared.select_related("council").order_by("pk"):
        unit = unit_in_words(page.after_unit)
        if page.benefits.filter(title=page.measure, unit=unit).exists():
            continue  # what it names is in the ledger already
        origin = {"source": page.source, "is_illustrative": page.is_illustrative}
        promise = Benefit.objects.create(
            origin="case_study",
            title=page.measure,
            unit=unit,
            better="lower" if page.after < page.before else "higher",
            baseline=page.before,
            baseline_on=page.before_on,
            claimed=page.after,
            claimed_on=page.after_on,
            claimed_in=f"Case study, {page.council.name}: {page.title}"[:200],
            due_on=months_after(page.after_on, 12),
            recorded_by_id=page.owner_id,
            **origin,
        )
        Measurement.objects.create(
            promise=promise,
            value=page.after,
            n=page.after_n,
            measured_on=page.after_on,
            reported_by_id=page.owner_id,
            **origin,
        )
        CaseStudyPromise.objects.create(case_study=page, promise=promise)


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0007_stars_of_websites'),
        ('publishing', '0007_benefits_are_of_take_up'),
        ('take_up', '0004_promises_in_rows'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseStudyPromise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_study', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='own_promise', to='publishing.casestudypage')),
                ('promise', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='of_case_study', to='take_up.benefit')),
            ],
        ),
        migrations.CreateModel(
            name='EvidenceCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figures', models.CharField(help_text='The figures shown: once others are published, it ends', max_length=500)),
                ('asked_at', models.DateTimeField(default=core.clock.now)),
                ('is_right', models.BooleanField(help_text='Empty until they answer', null=True)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='what is wrong')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, help_text='The day on which other figures were published', null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='publishing.casestudypage')),
                ('organisation', models.ForeignKey(help_text='Whom they answer for', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(help_text='The version shown', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('case_study', 'person'), name='one_check_of_the_same_figures_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('is_right__isnull', True)), models.Q(('answered_at__isnull', False), ('is_right__isnull', False)), _connector='OR'), name='an_answered_check_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('is_right', False), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('is_right__isnull', True), ('is_right', True), _connector='OR'), ('reason', '')), _connector='OR'), name='only_figures_that_are_wrong_have_a_reason'), models.CheckConstraint(condition=models.Q(('asked_by', models.F('person')), _negated=True), name='nobody_asks_themselves_to_check')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('months', models.PositiveSmallIntegerField(choices=[(6, '6 months'), (12, '12 months')])),
                ('asked_on', models.DateField()),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('is_running', models.BooleanField(null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='publishing.casestudypage')),
                ('measurement', models.ForeignKey(blank=True, help_text='The figure given', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='take_up.measurement')),
            ],
            options={
                'ordering': ['asked_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('case_study', 'months'), name='a_case_study_is_followed_up_once_each_time'), models.CheckConstraint(condition=models.Q(models.Q(('answered_by', None), ('answered_on', None), ('is_running', None), ('measurement', None)), models.Q(('answered_by__isnull', False), ('answered_on__isnull', False), ('is_running__isnull', False)), _connector='OR'), name='an_answered_follow_up_says_by_whom_and_when')],
            },
        ),
        migrations.RunPython(promises_of_what_is_published, migrations.RunPython.noop),
    ]
