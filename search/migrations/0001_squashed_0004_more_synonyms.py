"""What 0001 to 0004 come to, in one step, for a new database. Those stay for databases that began before."""

import uuid

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.squashed import rows_of


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('search', '0001_initial'),
        ('search', '0002_editors_words'),
        ('search', '0003_saved_searches'),
        ('search', '0004_more_synonyms'),
    ]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.CharField(max_length=40, unique=True)),
                ('transaction', models.PositiveBigIntegerField(default=0)),
                ('position', models.BigIntegerField(default=0)),
                ('moved_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('key', models.CharField(max_length=40)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('transaction', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['transaction', 'id'], name='changes_in_order')],
            },
        ),
        migrations.CreateModel(
            name='SynonymGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PinnedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=80)),
                ('stems', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['words'],
                'constraints': [models.UniqueConstraint(fields=('stems',), name='one_choice_per_search')],
            },
        ),
        migrations.CreateModel(
            name='SearchedWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('digest', models.CharField(max_length=64)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('times', models.PositiveIntegerField(default=0)),
                ('times_without_results', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['digest', 'day'], name='days_of_some_words')],
                'constraints': [models.UniqueConstraint(fields=('day', 'digest'), name='one_count_per_day_and_words')],
            },
        ),
        migrations.CreateModel(
            name='WordList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.UUIDField(default=uuid.uuid4)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_word_list')],
            },
        ),
        migrations.CreateModel(
            name='PinnedResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.CharField(max_length=60)),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='search.pinnedsearch')),
            ],
            options={
                'ordering': ['search', 'position'],
                'constraints': [models.UniqueConstraint(fields=('search', 'position'), name='one_result_per_position'), models.UniqueConstraint(fields=('search', 'key'), name='a_result_is_pinned_once'), models.CheckConstraint(condition=models.Q(('position__range', (1, 3))), name='at_most_three_pinned_results')],
            },
        ),
        migrations.CreateModel(
            name='SynonymPhrase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=80)),
                ('stems', models.CharField(max_length=80)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phrases', to='search.synonymgroup')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('stems',), name='one_group_per_phrase')],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('query', models.CharField(help_text='What stands behind the question mark of its address', max_length=1000)),
                ('saved_at', models.DateTimeField(default=core.clock.now)),
                ('found', models.JSONField(blank=True, help_text='The keys of what it found when it was last looked at; empty: never', null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'saved searches',
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('person', 'query'), name='one_saved_search_for_each_query')],
            },
        ),
        rows_of('search', '0002_editors_words', '0004_more_synonyms'),
    ]
