import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0007_stars_of_websites'),
        ('publishing', '0009_shared_drafts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='casestudypage',
            name='summary',
            field=models.CharField(help_text='At most 60 words: what changed, with the figure. They stand in lists too', max_length=500),
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(default=core.clock.now)),
                ('saved_at', models.DateTimeField(default=core.clock.now)),
                ('seconds', models.PositiveIntegerField(default=0, help_text='Time spent on it so far, pauses left out')),
                ('answers', models.JSONField(blank=True, default=dict, help_text='What was typed, by field, right or wrong')),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('page', models.OneToOneField(blank=True, help_text='The draft that was made of it', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='interview', to='publishing.casestudypage')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='publishing.picture')),
            ],
            options={
                'ordering': ['-saved_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('page__isnull', True), ('sent_at__isnull', True)), models.Q(('page__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='an_interview_has_a_page_once_it_is_sent'), models.CheckConstraint(condition=models.Q(('saved_at__gte', models.F('started_at'))), name='an_interview_is_saved_after_it_began')],
            },
        ),
    ]
