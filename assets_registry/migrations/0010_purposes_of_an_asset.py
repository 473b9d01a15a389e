from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("assets_registry", "0009_uploads"),
        ("projects", "0006_purposes_of_alliance_and_campaign"),
    ]

    operations = [
        migrations.AddField(
            model_name="asset",
            name="purposes",
            field=models.ManyToManyField(blank=True, related_name="assets", to="projects.purpose"),
        ),
    ]
