"""People follow councils too."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0005_people_who_may_be_asked'),
        ('portal', '0012_blocks'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='follow',
            name='a_follow_is_of_one_record',
        ),
        migrations.AddField(
            model_name='follow',
            name='organisation',
            field=models.ForeignKey(blank=True, help_text='A council', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='councils.organisation'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asset__isnull', False), ('need__isnull', True), ('organisation__isnull', True), ('project__isnull', True), ('service__isnull', True)), models.Q(('asset__isnull', True), ('need__isnull', True), ('organisation__isnull', True), ('project__isnull', False), ('service__isnull', True)), models.Q(('asset__isnull', True), ('need__isnull', False), ('organisation__isnull', True), ('project__isnull', True), ('service__isnull', True)), models.Q(('asset__isnull', True), ('need__isnull', True), ('organisation__isnull', True), ('project__isnull', True), ('service__isnull', False)), models.Q(('asset__isnull', True), ('need__isnull', True), ('organisation__isnull', False), ('project__isnull', True), ('service__isnull', True)), _connector='OR'), name='a_follow_is_of_one_record'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(condition=models.Q(('organisation__isnull', False)), fields=('person', 'organisation'), name='one_follow_of_a_organisation'),
        ),
    ]
