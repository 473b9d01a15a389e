"""What 0005 to 0006 come to, in one step. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('publishing', '0005_answers_to_needs'),
        ('publishing', '0006_whose_pictures_and_plain_words'),
    ]
    dependencies = [
        ('assets_registry', '0005_keep_what_a_file_leaves_out'),
        ('councils', '0004_enquiries'),
        ('projects', '0002_how_it_looks_and_moves'),
        ('publishing', '0004_only_the_two_figures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NeedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('linked_at', models.DateTimeField(default=core.clock.now)),
                ('asset', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='assets_registry.asset')),
                ('case_study', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='publishing.casestudypage')),
                ('linked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='projects.need')),
            ],
            options={
                'ordering': ['-linked_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('asset', None), ('case_study__isnull', False)), models.Q(('asset__isnull', False), ('case_study', None)), _connector='OR'), name='an_answer_is_an_asset_or_a_case_study'), models.UniqueConstraint(fields=('need', 'asset'), name='an_asset_answers_a_need_once'), models.UniqueConstraint(fields=('need', 'case_study'), name='a_case_study_answers_a_need_once')],
            },
        ),
        migrations.AlterModelOptions(
            name='casestudyindexpage',
            options={'verbose_name': 'list of case studies', 'verbose_name_plural': 'lists of case studies'},
        ),
        migrations.AlterModelOptions(
            name='casestudypage',
            options={'permissions': [('check_evidence', 'Can record that a case study was checked independently')], 'verbose_name': 'case study', 'verbose_name_plural': 'case studies'},
        ),
        migrations.AlterModelOptions(
            name='newsindexpage',
            options={'verbose_name': 'list of news', 'verbose_name_plural': 'lists of news'},
        ),
        migrations.AlterModelOptions(
            name='newspage',
            options={'verbose_name': 'news', 'verbose_name_plural': 'news'},
        ),
        migrations.AddField(
            model_name='picture',
            name='council',
            field=models.ForeignKey(blank=True, help_text='Whose picture it is: its people see it before a page shows it. Empty: the Alliance’s own', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation'),
        ),
        migrations.AlterField(
            model_name='casestudyindexpage',
            name='introduction',
            field=models.CharField(blank=True, help_text='A sentence under the title', max_length=300),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='after_n',
            field=models.PositiveIntegerField(blank=True, help_text='Counted in the same way as before', null=True, verbose_name='measured on how many'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='after_on',
            field=models.DateField(blank=True, help_text='The last day that the figure counts', null=True, verbose_name='measured on the day'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='asset',
            field=models.ForeignKey(blank=True, help_text='What you used or made, if it is in the asset registry', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='assets_registry.asset'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='before_n',
            field=models.PositiveIntegerField(blank=True, help_text='Months, forms or councils: the note below says which', null=True, verbose_name='measured on how many'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='before_on',
            field=models.DateField(blank=True, help_text='The last day that the figure counts', null=True, verbose_name='measured on the day'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='benefits',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='What was promised: it stands beside what was measured', related_name='case_studies', to='assets_registry.benefit'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='checked_on',
            field=models.DateField(blank=True, help_text='The day on which somebody looked at the figures again', null=True, verbose_name='followed up on'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='cost',
            field=models.CharField(blank=True, help_text='Money and days of work: £18,000 and 40 officer days', max_length=300, verbose_name='what it cost'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='council',
            field=models.ForeignKey(help_text='Whose story it is', on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='councils.organisation'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='happened_on',
            field=models.DateField(blank=True, help_text='The day on which the change went live, or nearly', null=True, verbose_name='when it happened'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='is_illustrative',
            field=models.BooleanField(default=False, help_text='Tick it if this did not happen: the page then says so', verbose_name='made up as an example'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='picture',
            field=models.ForeignKey(blank=True, help_text='One that shows what was done. Choose one, or upload your own: JPEG, PNG or WebP, up to 5 MB', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='publishing.picture'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='problem',
            field=wagtail.fields.RichTextField(help_text='What did not work, for whom, and how you knew. Two or three sentences are enough'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='project',
            field=models.ForeignKey(blank=True, help_text='The project of the Alliance that it came out of, if any', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='projects.project'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='reuse',
            field=wagtail.fields.RichTextField(blank=True, help_text='Code, forms, words or contracts that others may take, and where they are', verbose_name='what others can reuse'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='service',
            field=models.ForeignKey(blank=True, help_text='Councils that look for this service find the case study', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='councils.service'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='source',
            field=models.CharField(blank=True, help_text='Where the words or figures come from, if from elsewhere: report and page', max_length=200),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='summary',
            field=models.CharField(help_text='One or two sentences: what changed, with the figure. They stand in lists too', max_length=300),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='what_we_did',
            field=wagtail.fields.RichTextField(help_text='What you made or changed, in the order in which you did it'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='what_we_would_do_differently',
            field=wagtail.fields.RichTextField(blank=True, help_text='What you would tell a council that begins tomorrow'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='what_went_wrong',
            field=wagtail.fields.RichTextField(blank=True, help_text='What others learn most from: what you would not like to go through again'),
        ),
        migrations.AlterField(
            model_name='casestudypage',
            name='who',
            field=models.CharField(blank=True, help_text='Teams, partners and suppliers, rather than people', max_length=300, verbose_name='who took part'),
        ),
        migrations.AlterField(
            model_name='newsindexpage',
            name='introduction',
            field=models.CharField(blank=True, help_text='A sentence under the title', max_length=300),
        ),
        migrations.AlterField(
            model_name='newspage',
            name='body',
            field=wagtail.fields.RichTextField(help_text='What happened, then why it matters to a council, then what one can do next', verbose_name='text'),
        ),
        migrations.AlterField(
            model_name='newspage',
            name='is_illustrative',
            field=models.BooleanField(default=False, help_text='Tick it if this did not happen: the page then says so', verbose_name='made up as an example'),
        ),
        migrations.AlterField(
            model_name='newspage',
            name='picture',
            field=models.ForeignKey(blank=True, help_text='Choose one, or upload one: JPEG, PNG or WebP, up to 5 MB', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='news', to='publishing.picture'),
        ),
        migrations.AlterField(
            model_name='newspage',
            name='published_on',
            field=models.DateField(help_text='The day that stands above it. It is on the site once an editor who did not write it approves it', verbose_name='day'),
        ),
        migrations.AlterField(
            model_name='newspage',
            name='source',
            field=models.CharField(blank=True, help_text='Where the figures come from: the report and its page, or the minutes', max_length=200),
        ),
        migrations.AlterField(
            model_name='newspage',
            name='summary',
            field=models.CharField(help_text='One or two sentences: what happened, and for whom. They stand in lists too', max_length=300),
        ),
        migrations.AlterField(
            model_name='picture',
            name='description',
            field=models.CharField(help_text='In a sentence, for people who cannot see it: “A crew empties a bin and ticks it off in the cab”', max_length=255, verbose_name='what it shows'),
        ),
        migrations.AlterField(
            model_name='picture',
            name='title',
            field=models.CharField(help_text='Readers do not see it; left empty, it is what it shows', max_length=255, verbose_name='name in the list of pictures'),
        ),
    ]
