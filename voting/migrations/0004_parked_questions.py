
import core.clock
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('voting', '0003_record_chain'),
    ]

    operations = [
        migrations.AddField(
            model_name="rollentry",
            name="last_form",
            field=models.CharField(blank=True, editable=False, help_text="The digest of its last form", max_length=64),
        ),
        migrations.CreateModel(
            name='ParkedQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=200, verbose_name='question')),
                ('parked_at', models.DateTimeField(default=core.clock.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parked_questions', to='voting.ballot')),
            ],
            options={
                'ordering': ['parked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_parked_question_has_words')],
            },
        ),
    ]
