import core.clock
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("councils", "0006_systems_and_figures"),
    ]

    operations = [
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
    ]
