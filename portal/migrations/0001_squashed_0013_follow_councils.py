"""What 0001 to 0013 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

import publishing.blocks.field
from core.squashed import rows_of


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('portal', '0001_initial'),
        ('portal', '0002_site_tree'),
        ('portal', '0003_who_may_publish'),
        ('portal', '0004_news_is_approved'),
        ('portal', '0005_secretariat_in_admin'),
        ('portal', '0006_content_changes'),
        ('portal', '0007_facilitators_in_admin'),
        ('portal', '0008_secretariat_writes_news'),
        ('portal', '0009_worker'),
        ('portal', '0010_follows'),
        ('portal', '0011_queue_claims'),
        ('portal', '0012_blocks'),
        ('portal', '0013_follow_councils'),
    ]
    dependencies = [
        ('accounts', '0001_squashed_0003_sent_forms'),
        ('assets_registry', '0001_squashed_0005_keep_what_a_file_leaves_out'),
        ('councils', '0001_squashed_0005_people_who_may_be_asked'),
        ('projects', '0002_how_it_looks_and_moves'),
        ('publishing', '0001_squashed_0004_only_the_two_figures'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='ContentPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('body', publishing.blocks.field.BodyField()),
            ],
            options={
                'abstract': False,
                'verbose_name': 'page of guidance',
                'verbose_name_plural': 'pages of guidance',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('headline', models.CharField(default='Solve it once, for every council', max_length=80)),
                ('introduction', models.CharField(blank=True, max_length=300)),
                ('search_example', models.CharField(blank=True, default='Try “bin collections” or “blue badge”', max_length=80)),
                ('body', publishing.blocks.field.BodyField(blank=True, default=list)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ScheduledRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('slot', models.DateTimeField()),
                ('ran_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'slot'), name='a_schedule_runs_once_a_slot')],
            },
        ),
        migrations.CreateModel(
            name='SuggestedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('words', models.CharField(max_length=60)),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggested_searches', to='portal.homepage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=64, unique=True)),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rhythm', models.CharField(choices=[('at_once', 'At once'), ('daily', 'Daily'), ('weekly', 'Weekly')], default='weekly', max_length=8)),
                ('followed_at', models.DateTimeField(default=core.clock.now)),
                ('looked_at', models.DateTimeField(default=core.clock.now, help_text='Until when its changes were told at once')),
                ('asset', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='assets_registry.asset')),
                ('organisation', models.ForeignKey(blank=True, help_text='A council', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='councils.organisation')),
                ('need', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='projects.need')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='projects.project')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='councils.service')),
            ],
            options={
                'ordering': ['-followed_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('asset__isnull', False), ('need__isnull', True), ('organisation__isnull', True), ('project__isnull', True), ('service__isnull', True)), models.Q(('asset__isnull', True), ('need__isnull', True), ('organisation__isnull', True), ('project__isnull', False), ('service__isnull', True)), models.Q(('asset__isnull', True), ('need__isnull', False), ('organisation__isnull', True), ('project__isnull', True), ('service__isnull', True)), models.Q(('asset__isnull', True), ('need__isnull', True), ('organisation__isnull', True), ('project__isnull', True), ('service__isnull', False)), models.Q(('asset__isnull', True), ('need__isnull', True), ('organisation__isnull', False), ('project__isnull', True), ('service__isnull', True)), _connector='OR'), name='a_follow_is_of_one_record'), models.UniqueConstraint(condition=models.Q(('asset__isnull', False)), fields=('person', 'asset'), name='one_follow_of_a_asset'), models.UniqueConstraint(condition=models.Q(('project__isnull', False)), fields=('person', 'project'), name='one_follow_of_a_project'), models.UniqueConstraint(condition=models.Q(('need__isnull', False)), fields=('person', 'need'), name='one_follow_of_a_need'), models.UniqueConstraint(condition=models.Q(('service__isnull', False)), fields=('person', 'service'), name='one_follow_of_a_service'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', False)), fields=('person', 'organisation'), name='one_follow_of_a_organisation')],
            },
        ),
        migrations.CreateModel(
            name='QueueClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('key', models.BigIntegerField()),
                ('at', models.DateTimeField(default=core.clock.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='one_person_deals_with_what_waits')],
            },
        ),
        rows_of(
            'portal', '0002_site_tree', '0003_who_may_publish', '0004_news_is_approved', '0005_secretariat_in_admin',
            '0007_facilitators_in_admin', '0008_secretariat_writes_news', '0012_blocks',
        ),
    ]
