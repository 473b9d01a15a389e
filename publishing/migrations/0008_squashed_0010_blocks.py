"""What 0008 to 0010 come to, in one step. Those stay for databases that began before."""

import uuid

import core.clock
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

import publishing.blocks.field
from core.squashed import rows_of


class Migration(migrations.Migration):

    replaces = [
        ('publishing', '0008_evidence_of_case_studies'),
        ('publishing', '0009_shared_drafts'),
        ('publishing', '0010_blocks'),
    ]
    dependencies = [
        ('councils', '0007_stars_of_websites'),
        ('publishing', '0007_benefits_are_of_take_up'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('take_up', '0004_promises_in_rows'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseStudyPromise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_study', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='own_promise', to='publishing.casestudypage')),
                ('promise', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='of_case_study', to='take_up.benefit')),
            ],
        ),
        migrations.CreateModel(
            name='EvidenceCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figures', models.CharField(help_text='The figures shown: once others are published, it ends', max_length=500)),
                ('asked_at', models.DateTimeField(default=core.clock.now)),
                ('is_right', models.BooleanField(help_text='Empty until they answer', null=True)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='what is wrong')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, help_text='The day on which other figures were published', null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='publishing.casestudypage')),
                ('organisation', models.ForeignKey(help_text='Whom they answer for', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(help_text='The version shown', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('case_study', 'person'), name='one_check_of_the_same_figures_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('is_right__isnull', True)), models.Q(('answered_at__isnull', False), ('is_right__isnull', False)), _connector='OR'), name='an_answered_check_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('is_right', False), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('is_right__isnull', True), ('is_right', True), _connector='OR'), ('reason', '')), _connector='OR'), name='only_figures_that_are_wrong_have_a_reason'), models.CheckConstraint(condition=models.Q(('asked_by', models.F('person')), _negated=True), name='nobody_asks_themselves_to_check')],
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('months', models.PositiveSmallIntegerField(choices=[(6, '6 months'), (12, '12 months')])),
                ('asked_on', models.DateField()),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('is_running', models.BooleanField(null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case_study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='publishing.casestudypage')),
                ('measurement', models.ForeignKey(blank=True, help_text='The figure given', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='take_up.measurement')),
            ],
            options={
                'ordering': ['asked_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('case_study', 'months'), name='a_case_study_is_followed_up_once_each_time'), models.CheckConstraint(condition=models.Q(models.Q(('answered_by', None), ('answered_on', None), ('is_running', None), ('measurement', None)), models.Q(('answered_by__isnull', False), ('answered_on__isnull', False), ('is_running__isnull', False)), _connector='OR'), name='an_answered_follow_up_says_by_whom_and_when')],
            },
        ),
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
        rows_of('publishing', '0008_evidence_of_case_studies', '0010_blocks'),
        migrations.AlterField(
            model_name='newspage',
            name='body',
            field=publishing.blocks.field.BodyField(help_text='What happened, then why it matters to a council, then what one can do next', verbose_name='text'),
        ),
        migrations.AddField(
            model_name='newspage',
            name='about',
            field=models.CharField(blank=True, help_text='The address of its page on this site: “/projects/waste-standards/”. Its readers are led there', max_length=300, verbose_name='record it is about'),
        ),
        migrations.AddField(
            model_name='newspage',
            name='author',
            field=models.CharField(blank=True, help_text='Who wrote it, as they want to be named: a person or a team', max_length=120),
        ),
        migrations.AddField(
            model_name='newspage',
            name='council',
            field=models.ForeignKey(blank=True, help_text='Whose news it is: it then stands in this council’s feed too. Empty: the Alliance’s', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='news', to='councils.organisation'),
        ),
        migrations.CreateModel(
            name='NewsTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='publishing.newspage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
        ),
        migrations.AddField(
            model_name='newspage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='One to five words, with commas between: the list of news is narrowed by them', through='publishing.NewsTag', to='taggit.Tag', verbose_name='Tags'),
        ),
        migrations.AddConstraint(
            model_name='newstag',
            constraint=models.UniqueConstraint(fields=('content_object', 'tag'), name='news_has_a_tag_once'),
        ),
    ]
