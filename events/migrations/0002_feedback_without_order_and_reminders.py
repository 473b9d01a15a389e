import uuid

import django.db.models.deletion
from django.db import migrations, models

YES_OR_NO = (
    ("would_recommend", "would recommend it to others"),
    ("rated_good_or_better", "rated it good or better"),
    ("identified_improvements", "identified improvements to services"),
    ("identified_new_ways_of_working", "identified new ways of working"),
    ("identified_collaboration", "identified opportunities to collaborate"),
    ("identified_efficiencies", "identified efficiencies"),
    ("identified_savings", "identified savings"),
)


class Migration(migrations.Migration):
    """Feedback gets random keys, so that its order says nothing; the table is still empty, so it is made anew."""

    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.AddField(
            "signup",
            "last_reminder",
            models.CharField(
                blank=True,
                choices=[("week", "A week before"), ("day", "A day before")],
                editable=False,
                max_length=4,
                default="",
            ),
            preserve_default=False,
        ),
        migrations.AddField("signup", "has_given_feedback", models.BooleanField(default=False, editable=False)),
        migrations.DeleteModel("Feedback"),
        migrations.CreateModel(
            "Feedback",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                *((name, models.BooleanField(null=True, verbose_name=words)) for name, words in YES_OR_NO),
                ("is_illustrative", models.BooleanField(default=False)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feedback", to="events.event"
                    ),
                ),
            ],
            options={"verbose_name_plural": "feedback", "ordering": ["event", "pk"]},
        ),
    ]
