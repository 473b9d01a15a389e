from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("steering", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="quorum",
            field=models.PositiveSmallIntegerField(
                default=5, editable=False, help_text="How many bodies had to take part, by the terms of that day"
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="review_on",
            field=models.DateField(blank=True, help_text="When it is looked at again; empty once it was", null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="reviewed_on",
            field=models.DateField(blank=True, help_text="When it was last looked at again", null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="review_wording",
            field=models.TextField(blank=True, max_length=2000),
        ),
    ]
