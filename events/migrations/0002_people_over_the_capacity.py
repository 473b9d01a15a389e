from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever is let in when every place was taken is there without counting in one."""

    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="signup",
            name="is_over_capacity",
            field=models.BooleanField(
                default=False, editable=False, help_text="Let in when every place was taken; counts in no place"
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_over_capacity", False), ("checked_in_at__isnull", False), _connector="OR"),
                name="only_who_is_there_is_over_the_capacity",
            ),
        ),
    ]
