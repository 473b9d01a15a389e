import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """First of three: two figures, each with its unit, base and day, and whom a checker checks for."""

    dependencies = [
        ("councils", "0002_reference_lists"),
        ("publishing", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="casestudypage",
            name="after",
            field=models.DecimalField(
                blank=True, decimal_places=2, help_text="What it is now, as a number", max_digits=14, null=True
            ),
        ),
        migrations.AddField(
            model_name="casestudypage",
            name="after_n",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="measured on how many"),
        ),
        migrations.AddField(
            model_name="casestudypage",
            name="after_on",
            field=models.DateField(blank=True, null=True, verbose_name="measured on the day"),
        ),
        migrations.AddField(
            model_name="casestudypage",
            name="after_unit",
            field=models.CharField(blank=True, help_text="The same unit as before", max_length=40, verbose_name="unit"),
        ),
        migrations.AddField(
            model_name="casestudypage",
            name="before",
            field=models.DecimalField(
                blank=True, decimal_places=2, help_text="What it was before, as a number", max_digits=14, null=True
            ),
        ),
        migrations.AddField(
            model_name="casestudypage",
            name="before_n",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="measured on how many"),
        ),
        migrations.AddField(
            model_name="casestudypage",
            name="before_on",
            field=models.DateField(blank=True, null=True, verbose_name="measured on the day"),
        ),
        migrations.AddField(
            model_name="casestudypage",
            name="before_unit",
            field=models.CharField(blank=True, help_text="calls, £ a year, %", max_length=40, verbose_name="unit"),
        ),
        migrations.AddField(
            model_name="casestudypage",
            name="checker_organisation",
            field=models.ForeignKey(
                blank=True,
                help_text="Whom they check for: another organisation than the council",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="councils.organisation",
            ),
        ),
        migrations.AddField(
            model_name="casestudypage",
            name="figures_note",
            field=models.CharField(
                blank=True,
                help_text="What was counted: months, libraries, forms",
                max_length=300,
                verbose_name="about the figures",
            ),
        ),
        migrations.AlterField(
            model_name="casestudypage",
            name="checked_by",
            field=models.CharField(blank=True, help_text="Who checked the figures", max_length=120),
        ),
    ]
