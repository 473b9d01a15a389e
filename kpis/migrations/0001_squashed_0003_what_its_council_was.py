"""What 0001 to 0003 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import core.links
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kpis.facts import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('kpis', '0001_initial'),
        ('kpis', '0002_facts_are_not_emptied'),
        ('kpis', '0003_what_its_council_was'),
    ]
    dependencies = [
        ('councils', '0009_founded_with_it'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FactQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('title', models.CharField(max_length=120, unique=True, verbose_name='question')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('comparison', models.TextField(blank=True, max_length=1000, verbose_name='how the answers stand to each other')),
                ('position', models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                'ordering': ['position', 'title'],
            },
        ),
        migrations.CreateModel(
            name='ReachMetric',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('monthly', 'In a month'), ('total', 'In total until a day')], max_length=8)),
                ('unit', models.CharField(help_text='As in “opens”', max_length=40)),
                ('definition', models.TextField(max_length=600)),
                ('is_approximate', models.BooleanField(default=False)),
                ('is_counted_here', models.BooleanField(default=False, help_text='Comes from the views that the portal counts')),
                ('position', models.PositiveSmallIntegerField(default=100)),
            ],
            options={
                'ordering': ['position', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('definition', ''), _negated=True), name='a_reach_metric_says_what_it_counts')],
            },
        ),
        migrations.CreateModel(
            name='ServiceArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('services', models.ManyToManyField(blank=True, related_name='areas', to='councils.service')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='FactCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('printed', models.CharField(max_length=40, verbose_name='the number as its source prints it')),
                ('number', models.DecimalField(decimal_places=2, max_digits=15)),
                ('number_to', models.DecimalField(blank=True, decimal_places=2, max_digits=15, null=True)),
                ('bound', models.CharField(choices=[('exact', 'Exactly this'), ('about', 'About this'), ('over', 'More than this'), ('under', 'Less than this'), ('range', 'From this to another')], default='exact', max_length=8, verbose_name='how it is meant')),
                ('unit', models.CharField(help_text='As in “transactions a year with councils”', max_length=120, verbose_name='what is counted')),
                ('source', models.CharField(max_length=200, verbose_name='who said it, and where')),
                ('source_url', models.URLField(blank=True, validators=[core.links.check_page], verbose_name='its address')),
                ('said_on', models.DateField(help_text='The first day of its month or year, if that is all', verbose_name='when it was said')),
                ('said_to', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], default='day', max_length=5, verbose_name='known to the')),
                ('basis', models.TextField(max_length=600, verbose_name='what was counted')),
                ('method', models.CharField(help_text='As in “rounded estimate; no method given”', max_length=120, verbose_name='kind of number')),
                ('note', models.TextField(blank=True, max_length=600)),
                ('is_for_scale', models.BooleanField(default=False, help_text='Stands beside the answers only to show their size')),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('succeeds', models.OneToOneField(blank=True, help_text='The older card', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successor', to='kpis.factcard')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='kpis.factquestion')),
            ],
            options={
                'ordering': ['question', 'is_for_scale', 'said_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('basis', ''), _negated=True)), name='a_fact_has_source_and_basis'), models.CheckConstraint(condition=models.Q(models.Q(('bound', 'range'), ('number_to__gt', models.F('number')), ('number_to__isnull', False)), models.Q(models.Q(('bound', 'range'), _negated=True), ('number_to', None)), _connector='OR'), name='a_fact_that_is_a_range_has_two_ends'), models.CheckConstraint(condition=models.Q(('number__gte', 0)), name='a_fact_is_0_or_more'), models.CheckConstraint(condition=models.Q(('succeeds', None), models.Q(('succeeds', models.F('pk')), _negated=True), _connector='OR'), name='a_fact_does_not_succeed_itself')],
            },
        ),
        migrations.CreateModel(
            name='PageViews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('views', models.PositiveIntegerField()),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name_plural': 'page views',
                'ordering': ['-day'],
                'constraints': [models.UniqueConstraint(fields=('page', 'day'), name='one_count_of_views_a_page_and_day')],
            },
        ),
        migrations.CreateModel(
            name='ReachValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('day', models.DateField()),
                ('number', models.PositiveBigIntegerField()),
                ('is_at_least', models.BooleanField(default=False, help_text='The source says “over”', verbose_name='more than this')),
                ('note', models.CharField(blank=True, max_length=300)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('metric', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='values', to='kpis.reachmetric')),
            ],
            options={
                'ordering': ['metric', 'day'],
                'constraints': [models.UniqueConstraint(fields=('metric', 'day'), name='one_value_of_a_reach_metric_for_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), ('is_illustrative', True), _connector='OR'), name='a_reach_value_has_a_source_or_is_made_up')],
            },
        ),
        migrations.CreateModel(
            name='ServiceReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('council_kind', models.CharField(choices=[('county', 'County'), ('district', 'District'), ('unitary', 'Unitary'), ('metropolitan', 'Metropolitan district'), ('london_borough', 'London borough'), ('city_corporation', 'City corporation'), ('scottish', 'Scottish council'), ('welsh', 'Welsh council'), ('northern_irish', 'Northern Irish council'), ('department', 'Government department'), ('association', 'Association'), ('professional_body', 'Professional body'), ('supplier', 'Supplier'), ('other', 'Other organisation')], max_length=20, verbose_name='what the council was when it returned this')),
                ('quarter', models.DateField(verbose_name='first day of the quarter')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('replaced_at', models.DateTimeField(blank=True, help_text='When a later version took its place', null=True)),
                ('returned_at', models.DateTimeField(default=core.clock.now)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='why it was corrected')),
                ('for_comparison_only', models.BooleanField(default=False, help_text="Shown to the council's own people; enters what others are compared with, unnamed")),
                ('cost', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='cost of the service in the quarter, in pounds')),
                ('completed', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000000)], verbose_name='finished in all channels')),
                ('completed_web', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000000)], verbose_name='finished on the web')),
                ('completed_phone', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000000)], verbose_name='finished by phone')),
                ('completed_face_to_face', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000000)], verbose_name='finished face to face')),
                ('completed_post', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000000)], verbose_name='finished by post')),
                ('started_web', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000000)], verbose_name='begun on the web')),
                ('ratings', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000000)], verbose_name='people who rated it')),
                ('satisfied', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000000)], verbose_name='of them satisfied or very satisfied')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='service_returns', to='councils.organisation')),
                ('returned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='councils.service')),
            ],
            options={
                'ordering': ['-quarter', 'council__name', 'service__name', '-version'],
                'constraints': [models.UniqueConstraint(fields=('council', 'service', 'quarter', 'version'), name='one_return_of_a_version_for_a_quarter'), models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('council', 'service', 'quarter'), name='one_return_stands_for_a_quarter'), models.CheckConstraint(condition=models.Q(('quarter__day', 1), ('quarter__month__in', (1, 4, 7, 10))), name='a_return_is_of_a_quarter'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='versions_of_a_return_count_from_1'), models.CheckConstraint(condition=models.Q(('council_kind', ''), _negated=True), name='a_return_says_what_its_council_was'), models.CheckConstraint(condition=models.Q(('cost__isnull', True), ('cost__gte', 0), _connector='OR'), name='a_service_costs_0_or_more'), models.CheckConstraint(condition=models.Q(('completed_web__isnull', True), ('completed__isnull', True), ('completed_web__lte', models.F('completed')), _connector='OR'), name='no_more_completed_web_than_in_all'), models.CheckConstraint(condition=models.Q(('completed_phone__isnull', True), ('completed__isnull', True), ('completed_phone__lte', models.F('completed')), _connector='OR'), name='no_more_completed_phone_than_in_all'), models.CheckConstraint(condition=models.Q(('completed_face_to_face__isnull', True), ('completed__isnull', True), ('completed_face_to_face__lte', models.F('completed')), _connector='OR'), name='no_more_completed_face_to_face_than_in_all'), models.CheckConstraint(condition=models.Q(('completed_post__isnull', True), ('completed__isnull', True), ('completed_post__lte', models.F('completed')), _connector='OR'), name='no_more_completed_post_than_in_all'), models.CheckConstraint(condition=models.Q(models.Q(('ratings__isnull', True), ('satisfied__isnull', True)), models.Q(('ratings__isnull', False), ('satisfied__isnull', False), ('satisfied__lte', models.F('ratings'))), _connector='OR'), name='no_more_are_satisfied_than_rated')],
            },
        ),
        migrations.CreateModel(
            name='TopService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('position', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)])),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='top_services', to='councils.organisation')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.service')),
            ],
            options={
                'ordering': ['council', 'position'],
                'constraints': [models.UniqueConstraint(fields=('council', 'service'), name='a_service_is_once_in_a_councils_top'), models.UniqueConstraint(fields=('council', 'position'), name='one_service_stands_at_a_place_of_the_top'), models.CheckConstraint(condition=models.Q(('position__range', (1, 20))), name='a_councils_top_has_20_at_most')],
            },
        ),
        migrations.CreateModel(
            name='VisitCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='Year and place, as in 2012-01', max_length=20, unique=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('type', models.CharField(choices=[('application', 'Make an application'), ('payment', 'Make a payment'), ('renew', 'Renew or reserve an item'), ('report', 'Report a problem'), ('booking', 'Make a booking'), ('request', 'Request a service'), ('view', 'View an application')], max_length=12)),
                ('visits', models.PositiveIntegerField()),
                ('printed_visits', models.CharField(help_text='As the source prints it, with its misprints', max_length=20)),
                ('printed_share', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='share of all visits in per cent, as printed')),
                ('source', models.CharField(max_length=200)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visit_counts', to='kpis.servicearea')),
            ],
            options={
                'ordering': ['year', 'position'],
                'constraints': [models.UniqueConstraint(fields=('year', 'position'), name='one_visit_count_at_a_place_of_a_year'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='a_visit_count_has_a_source'), models.CheckConstraint(condition=models.Q(('printed_share__gte', 0), ('printed_share__lte', 100)), name='a_share_of_visits_is_a_share')],
            },
        ),
        # A later migration that alters this table on SQLite makes it anew without the triggers: run `install` again.
        migrations.RunPython(install, remove),
    ]
