from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0004_everybody_answers_once'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='printedcell',
            name='counts_of_a_cell_come_in_pairs',
        ),
        migrations.AlterField(
            model_name='fieldwork',
            name='not_invited_again',
            field=models.JSONField(blank=True, default=list, help_text='For each person who is invited and took an address out of their account, or handed in and closed it: the digest of the invited address, or nothing where the account is closed, then those of all their addresses. None once it ended'),
        ),
        migrations.AddConstraint(
            model_name='printedcell',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('denominator__isnull', True), ('numerator__isnull', True)), models.Q(('denominator__gt', 0), ('numerator__isnull', True), ('state', 'printed')), models.Q(('denominator__gt', 0), ('denominator__isnull', False), ('numerator__isnull', False), ('numerator__lte', models.F('denominator')), ('state', 'printed')), _connector='OR'), name='a_count_of_a_cell_has_its_base'),
        ),
    ]
