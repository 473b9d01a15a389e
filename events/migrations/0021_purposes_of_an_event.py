from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0020_who_was_passed_over"),
        ("projects", "0006_purposes_of_alliance_and_campaign"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="purposes",
            field=models.ManyToManyField(blank=True, related_name="events", to="projects.purpose"),
        ),
    ]
