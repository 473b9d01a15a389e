"""What 0006 to 0009 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from councils.register import CODE_COLUMNS, COUNCIL_COLUMNS, REFERENCE, load_codes, read_table


def fill_codes(apps, schema_editor):
    """The three-letter codes of councils, and the counties of districts, as of the end of each."""
    rows = read_table(REFERENCE / "councils.csv", COUNCIL_COLUMNS, CODE_COLUMNS)
    load_codes(apps.get_model("councils", "Organisation"), rows)


class Migration(migrations.Migration):

    replaces = [
        ('councils', '0006_systems_and_figures'),
        ('councils', '0007_stars_of_websites'),
        ('councils', '0008_reorganisations_and_codes'),
        ('councils', '0009_founded_with_it'),
    ]
    dependencies = [
        ('councils', '0005_people_who_may_be_asked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CouncilFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('population', models.PositiveIntegerField(blank=True, null=True)),
                ('rurality', models.CharField(blank=True, help_text='The class that the source gives, in its words', max_length=60)),
                ('source', models.CharField(max_length=200)),
                ('as_at', models.DateField()),
                ('council', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='councils.organisation')),
            ],
            options={
                'verbose_name_plural': 'council figures',
                'ordering': ['council__name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='council_figures_have_a_source'), models.CheckConstraint(condition=models.Q(models.Q(('population__gt', 0), ('population__isnull', False)), models.Q(('population__isnull', True), models.Q(('rurality', ''), _negated=True)), _connector='OR'), name='council_figures_say_something')],
            },
        ),
        migrations.CreateModel(
            name='System',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('product', models.CharField(max_length=100)),
                ('product_key', models.CharField(db_index=True, editable=False, help_text="The name's normal form", max_length=100)),
                ('used_for', models.CharField(blank=True, help_text='What for, where that is no council service', max_length=100)),
                ('supplier', models.CharField(blank=True, max_length=100)),
                ('until', models.DateField(blank=True, help_text='Last day of the contract, where one is known', null=True)),
                ('declared_at', models.DateTimeField(default=core.clock.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='systems', to='councils.organisation')),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='systems', to='councils.service')),
            ],
            options={
                'ordering': ['product', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('council'), models.F('product_key'), django.db.models.functions.comparison.Coalesce('service', models.Value(0)), name='a_council_runs_a_product_for_a_service_once'), models.CheckConstraint(condition=models.Q(('product_key', ''), _negated=True), name='a_system_has_a_name'), models.CheckConstraint(condition=models.Q(('service__isnull', False), models.Q(('used_for', ''), _negated=True), _connector='OR'), name='a_system_says_what_it_is_for'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='a_confirmed_system_says_by_whom')],
            },
        ),
        migrations.CreateModel(
            name="StarsComparator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ("source", models.CharField(max_length=200)),
                ("comparator", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="councils.organisation")),
                ("council", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="compared_with", to="councils.organisation")),
            ],
            options={
                "ordering": ["council__name", "comparator__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "comparator"), name="a_comparator_of_a_council_stands_once"),
                    models.CheckConstraint(condition=models.Q(("council", models.F("comparator")), _negated=True), name="a_council_is_not_its_own_comparator"),
                    models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="a_comparator_has_a_source"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WebsiteStars",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("updated_at", models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ("year", models.PositiveSmallIntegerField()),
                ("stars", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=200)),
                ("council", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="website_stars", to="councils.organisation")),
            ],
            options={
                "verbose_name_plural": "website stars",
                "ordering": ["council__name", "year"],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "year"), name="a_website_has_its_stars_of_a_year_once"),
                    models.CheckConstraint(condition=models.Q(("stars__gte", 1), ("stars__lte", 4)), name="a_website_has_one_to_four_stars"),
                    models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="website_stars_have_a_source"),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reorganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_founding', models.BooleanField(default=False, help_text='The council that carries on was put into the directory with it')),
                ('order', models.CharField(help_text='The order or decision that it rests on', max_length=200)),
                ('said_at', models.DateTimeField(default=core.clock.now)),
                ('carried_out_at', models.DateTimeField(blank=True, help_text='When what goes on went over; empty until the last day is over', null=True)),
                ('went_over', models.JSONField(blank=True, default=list, help_text='What went over, in words: 3 projects it leads')),
            ],
            options={
                'ordering': ['-said_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='code',
            field=models.CharField(blank=True, help_text='As in local registers: ALL for Allerdale', max_length=3, verbose_name='three-letter code'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='county',
            field=models.ForeignKey(blank=True, help_text='Of a district: the county council that provides the rest of its services', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='councils.organisation'),
        ),
        migrations.RunPython(fill_codes, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('county', None), models.Q(('kind', 'district'), models.Q(('county', models.F('id')), _negated=True)), _connector='OR'), name='only_a_district_lies_in_a_county'),
        ),
        migrations.AddField(
            model_name='reorganisation',
            name='carried_on_by',
            field=models.ForeignKey(help_text='The successor that gets what goes on', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation'),
        ),
        migrations.AddField(
            model_name='reorganisation',
            name='council',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reorganisation', to='councils.organisation'),
        ),
        migrations.AddField(
            model_name='reorganisation',
            name='said_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='reorganisation',
            constraint=models.CheckConstraint(condition=models.Q(('council', models.F('carried_on_by')), _negated=True), name='no_council_carries_on_itself'),
        ),
        migrations.AddConstraint(
            model_name='reorganisation',
            constraint=models.CheckConstraint(condition=models.Q(('order', ''), _negated=True), name='a_reorganisation_rests_on_an_order'),
        ),
    ]
