"""News is made of blocks: the text that each page and each of its versions has becomes one of them.

It says who wrote it, whose it is and what it is about, and has tags.
"""

import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
from django.db import migrations, models

import publishing.blocks.field
from publishing.blocks.carrying import carry_texts


def carry(apps, schema_editor):
    carry_texts(apps, "publishing", "NewsPage")


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0001_initial'),
        ('publishing', '0011_bundles'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
    ]

    operations = [
        migrations.RunPython(carry, migrations.RunPython.noop),
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
