from django.db import migrations, models


class Migration(migrations.Migration):
    """Third of three: the words go, since 0003 has carried them over."""

    dependencies = [
        ("publishing", "0003_carry_figures"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="casestudypage",
            name="baseline",
        ),
        migrations.RemoveField(
            model_name="casestudypage",
            name="is_independently_checked",
        ),
        migrations.RemoveField(
            model_name="casestudypage",
            name="measured_n",
        ),
        migrations.RemoveField(
            model_name="casestudypage",
            name="measured_on",
        ),
        migrations.RemoveField(
            model_name="casestudypage",
            name="result",
        ),
        migrations.AddConstraint(
            model_name="casestudypage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checker_organisation__isnull", True),
                    models.Q(("checker_organisation", models.F("council")), _negated=True),
                    _connector="OR",
                ),
                name="a_checker_is_of_another_organisation",
            ),
        ),
    ]
