"""What 0001 to 0006 come to, in one step, for a new database. Those stay for databases that began before."""

import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

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
    ]
    dependencies = [
        ('accounts', '0001_squashed_0003_sent_forms'),
        ('projects', '0001_initial'),
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
                ('body', wagtail.fields.RichTextField()),
            ],
            options={
                'abstract': False,
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
                ('story_heading', models.CharField(default='From one need to what it saved', max_length=80)),
                ('story_introduction', models.CharField(blank=True, max_length=300)),
                ('featured_need', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.need')),
                ('story', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.project')),
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
        rows_of('portal', '0002_site_tree', '0003_who_may_publish', '0004_news_is_approved', '0005_secretariat_in_admin'),
    ]
