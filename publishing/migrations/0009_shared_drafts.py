import core.clock
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0008_evidence_of_case_studies'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SharedDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('made_at', models.DateTimeField(default=core.clock.now)),
                ('ends_at', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, help_text='When it was last opened', null=True)),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shared_drafts', to='publishing.casestudypage')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(help_text='The version that it shows', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.revision')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DraftComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='your name')),
                ('words', models.TextField(max_length=2000, verbose_name='what you would change')),
                ('said_at', models.DateTimeField(default=core.clock.now)),
                ('shared', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='publishing.shareddraft')),
            ],
            options={
                'ordering': ['said_at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='shareddraft',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('made_at'))), name='a_shared_draft_ends_after_it_was_made'),
        ),
        migrations.AddConstraint(
            model_name='draftcomment',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_comment_on_a_draft_says_something'),
        ),
    ]
