import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STEPS = [
    (0, "Not begun"),
    (1, "First steps taken"),
    (2, "Under way in some services"),
    (3, "In place in most services"),
    (4, "In place everywhere, and looked at again"),
]
KEYS = [
    "share", "redesign", "empower", "leadership", "governance", "organisational_change", "commissioning",
    "shared_services", "professionalism", "information_governance", "information_management", "access",
    "infrastructure", "business_change", "central_policies",
]  # fmt: skip


def recorded():
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
        ("updated_at", models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
        (
            "source",
            models.CharField(
                blank=True,
                help_text="Where this comes from, for records taken from a published document",
                max_length=200,
            ),
        ),
        (
            "is_illustrative",
            models.BooleanField(default=False, help_text="Made up to show how the portal works"),
        ),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ("steering", "0007_how_bodies_stood_and_who_was_there"),
        ("councils", "0006_systems_and_figures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FlagAssessment",
            fields=[
                *recorded(),
                ("assessed_on", models.DateField()),
                *((key, models.PositiveSmallIntegerField(choices=STEPS)) for key in KEYS),
                (
                    "assessed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flag_assessments",
                        to="councils.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["council__name", "-assessed_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "assessed_on"), name="one_assessment_of_a_council_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(*((f"{key}__lte", 4) for key in sorted(KEYS))), name="each_item_is_at_a_step"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalImpact",
            fields=[
                *recorded(),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("provider", "Councils as providers of services"),
                            ("partner", "Councils as partners in key transactions"),
                            ("innovator", "Councils as a source of innovation"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("none", "None found"), ("some", "Some"), ("strong", "Strong")], max_length=10
                    ),
                ),
                ("wording", models.TextField(max_length=600)),
                (
                    "replaced_at",
                    models.DateTimeField(editable=False, help_text="When another took its place; kept", null=True),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_impacts",
                        to="councils.organisation",
                    ),
                ),
                (
                    "filled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["department__name", "part", "-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("department", "part"),
                        name="one_impact_stands_in_a_cell",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wording", ""), _negated=True), name="an_impact_says_what_it_is"
                    ),
                ],
            },
        ),
    ]
