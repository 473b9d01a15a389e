"""News is made of blocks: the text that each page and each of its versions has becomes one of them."""

from django.db import migrations

import publishing.blocks.field
from publishing.blocks.carrying import carry_texts


def carry(apps, schema_editor):
    carry_texts(apps, "publishing", "NewsPage")


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0009_shared_drafts'),
    ]

    operations = [
        migrations.RunPython(carry, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='newspage',
            name='body',
            field=publishing.blocks.field.BodyField(help_text='What happened, then why it matters to a council, then what one can do next', verbose_name='text'),
        ),
    ]
