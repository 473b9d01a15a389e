"""What 0001 to 0004 come to, in one step, for a new database. Those stay for databases that began before."""

import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import publishing.models.editorial
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('publishing', '0001_initial'),
        ('publishing', '0002_two_figures'),
        ('publishing', '0003_carry_figures'),
        ('publishing', '0004_only_the_two_figures'),
    ]
    dependencies = [
        ('assets_registry', '0001_squashed_0005_keep_what_a_file_leaves_out'),
        ('councils', '0001_squashed_0005_people_who_may_be_asked'),
        ('projects', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseStudyIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'abstract': False,
            },
            bases=(publishing.models.editorial.Tested, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='CouncilPublisherTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': "council publisher's approval",
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='EditorTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': "Alliance editor's approval",
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'abstract': False,
            },
            bases=(publishing.models.editorial.Tested, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='Download',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', models.FileField(upload_to='documents', verbose_name='file')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'abstract': False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('description', models.CharField(help_text='Read out to people who cannot see it, and shown when it does not load', max_length=255, verbose_name='what it shows')),
                ('credit', models.CharField(blank=True, help_text='Who made it, and under which licence', max_length=160)),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'abstract': False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('published_on', models.DateField()),
                ('summary', models.CharField(max_length=300)),
                ('body', wagtail.fields.RichTextField()),
                ('source', models.CharField(blank=True, max_length=200)),
                ('is_illustrative', models.BooleanField(default=False)),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='news', to='publishing.picture')),
            ],
            options={
                'abstract': False,
            },
            bases=(publishing.models.editorial.Editorial, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='CaseStudyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(max_length=300)),
                ('problem', wagtail.fields.RichTextField()),
                ('what_we_did', wagtail.fields.RichTextField()),
                ('who', models.CharField(blank=True, max_length=300, verbose_name='who took part')),
                ('cost', models.CharField(blank=True, max_length=300, verbose_name='what it cost')),
                ('what_went_wrong', wagtail.fields.RichTextField(blank=True)),
                ('what_we_would_do_differently', wagtail.fields.RichTextField(blank=True)),
                ('reuse', wagtail.fields.RichTextField(blank=True, verbose_name='what others can reuse')),
                ('measure', models.CharField(blank=True, help_text='What was measured: calls about missed bins a month', max_length=160)),
                ('before', models.DecimalField(blank=True, decimal_places=2, help_text='What it was before, as a number', max_digits=14, null=True)),
                ('before_unit', models.CharField(blank=True, help_text='calls, £ a year, %', max_length=40, verbose_name='unit')),
                ('before_n', models.PositiveIntegerField(blank=True, null=True, verbose_name='measured on how many')),
                ('before_on', models.DateField(blank=True, null=True, verbose_name='measured on the day')),
                ('after', models.DecimalField(blank=True, decimal_places=2, help_text='What it is now, as a number', max_digits=14, null=True)),
                ('after_unit', models.CharField(blank=True, help_text='The same unit as before', max_length=40, verbose_name='unit')),
                ('after_n', models.PositiveIntegerField(blank=True, null=True, verbose_name='measured on how many')),
                ('after_on', models.DateField(blank=True, null=True, verbose_name='measured on the day')),
                ('figures_note', models.CharField(blank=True, help_text='What was counted: months, libraries, forms', max_length=300, verbose_name='about the figures')),
                ('checked_by', models.CharField(blank=True, help_text='Who checked the figures', max_length=120)),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='followed up on')),
                ('contact', models.CharField(blank=True, help_text="A team's name or shared mailbox", max_length=120)),
                ('happened_on', models.DateField(blank=True, null=True, verbose_name='when it happened')),
                ('source', models.CharField(blank=True, max_length=200)),
                ('is_illustrative', models.BooleanField(default=False)),
                ('withdrawn_on', models.DateField(blank=True, editable=False, null=True)),
                ('withdrawn_reason', models.CharField(blank=True, editable=False, max_length=300)),
                ('asset', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='assets_registry.asset')),
                ('benefits', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='case_studies', to='assets_registry.benefit')),
                ('checker_organisation', models.ForeignKey(blank=True, help_text='Whom they check for: another organisation than the council', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='councils.organisation')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='projects.project')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='councils.service')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case_studies', to='publishing.picture')),
            ],
            options={
                'permissions': [('check_evidence', 'Can record that a case study was checked independently')],
                'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='a_withdrawn_case_study_says_why'), models.CheckConstraint(condition=models.Q(('checker_organisation__isnull', True), models.Q(('checker_organisation', models.F('council')), _negated=True), _connector='OR'), name='a_checker_is_of_another_organisation')],
            },
            bases=(publishing.models.editorial.Editorial, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='PictureRendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='publishing.picture')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='one_rendition_of_a_kind')],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
    ]
