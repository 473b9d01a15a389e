"""What 0008 to 0010 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from core.squashed import rows_of


class Migration(migrations.Migration):

    replaces = [
        ('assets_registry', '0008_care_kinds_versions_and_moves'),
        ('assets_registry', '0009_uploads'),
        ('assets_registry', '0010_purposes_of_an_asset'),
    ]
    dependencies = [
        ('projects', '0006_purposes_of_alliance_and_campaign'),
        ('assets_registry', '0007_adoptions_and_benefits_moved'),
        ('councils', '0006_systems_and_figures'),
        ('projects', '0002_how_it_looks_and_moves'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MovedRepository",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=400, unique=True)),
                ("now_key", models.CharField(db_index=True, max_length=400)),
                ("seen_at", models.DateTimeField(default=core.clock.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(key=models.F("now_key")), name="a_repository_moves_somewhere_else"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="asset",
            name="import_hash",
            field=models.CharField(
                blank=True,
                db_index=True,
                default="",
                editable=False,
                help_text="Of the file that it was imported from",
                max_length=64,
            ),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='CriterionAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.SlugField(max_length=60)),
                ('met', models.JSONField(default=list, help_text='The requirements that are met, by their keys')),
                ('note', models.CharField(blank=True, max_length=300)),
                ('version', models.CharField(help_text='Of the standard', max_length=10)),
                ('said_on', models.DateField()),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='assets_registry.asset')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('asset', 'criterion'), name='one_answer_per_criterion')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('handed_at', models.DateTimeField(default=core.clock.now)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hand_overs', to='assets_registry.asset')),
                ('from_owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('from_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='councils.organisation')),
                ('to_person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['handed_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('from_owner', models.F('to_owner')), _negated=True), models.Q(('from_person', models.F('to_person')), _negated=True), _connector='OR'), name='what_is_handed_over_changes_hands'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_hand_over_says_why')],
            },
        ),
        migrations.CreateModel(
            name='LinkCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.URLField(max_length=400)),
                ('host', models.CharField(max_length=253)),
                ('asked_at', models.DateTimeField(help_text='When it was last asked for')),
                ('checked_at', models.DateTimeField(blank=True, help_text='When an answer, or none, was last written down', null=True)),
                ('needs_get', models.BooleanField(default=False, help_text='Its site refuses to be asked for the head of a page')),
                ('failures', models.PositiveIntegerField(default=0, help_text='One after the other, until today')),
                ('failing_since', models.DateField(blank=True, null=True)),
                ('moved_to', models.URLField(blank=True, help_text='Where its site leads now, on another host', max_length=2000)),
                ('asset', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='link_check', to='assets_registry.asset')),
            ],
            options={
                'indexes': [models.Index(fields=['host', 'asked_at'], name='when_a_host_was_asked')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('failing_since', None), ('failures', 0)), models.Q(('failing_since__isnull', False), ('failures__gt', 0)), _connector='OR'), name='a_link_that_fails_knows_since_when')],
            },
        ),
        migrations.CreateModel(
            name='ProblemReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('reason', models.CharField(choices=[('link', 'A link does not work'), ('moved', 'It has moved, or has a new name'), ('wrong', 'The entry says something that is wrong'), ('licence', 'The licence is wrong, or is missing'), ('dependency', 'It needs something that cannot be had'), ('other', 'Something else')], max_length=12)),
                ('note', models.TextField(max_length=1000)),
                ('reported_at', models.DateTimeField(default=core.clock.now)),
                ('state', models.CharField(choices=[('open', 'Open'), ('mended', 'Mended'), ('no_problem', 'Not a problem')], default='open', max_length=12)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='assets_registry.asset')),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='problems_found', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['reported_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='a_problem_is_open_or_answered_in_words'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('asset', 'reported_by', 'reason'), name='one_open_problem_of_a_reason_per_person')],
            },
        ),
        migrations.CreateModel(
            name='AssetLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('based_on', 'Based on'), ('depends_on', 'Depends on'), ('part_of', 'Part of the suite')], max_length=10)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AssetVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=40)),
                ('released_on', models.DateField(blank=True, null=True, verbose_name='when it came out')),
                ('notes', models.TextField(blank=True, help_text='Plain text', max_length=4000, verbose_name='what changed')),
            ],
            options={
                'ordering': [models.OrderBy(models.F('released_on'), descending=True, nulls_last=True), '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NamedBase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_index=True, max_length=400)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='asset',
            name='demonstration_url',
            field=models.URLField(blank=True, max_length=400, verbose_name='a demonstration'),
        ),
        migrations.AddField(
            model_name='asset',
            name='details',
            field=models.JSONField(blank=True, default=dict, help_text='What entries of its kind say, by key'),
        ),
        migrations.AddField(
            model_name='asset',
            name='legacy_year',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Of a legacy entry: the year that its list gives', null=True),
        ),
        migrations.AlterField(
            model_name='asset',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('with_publisher', "With the council's publisher"), ('with_editor', 'With the Alliance editor'), ('published', 'Published'), ('withdrawn', 'Withdrawn'), ('legacy', 'Legacy, unverified')], default='draft', max_length=15),
        ),
        migrations.AddConstraint(
            model_name='asset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'legacy'), _negated=True), models.Q(models.Q(('source', ''), _negated=True), ('published_at__isnull', True)), _connector='OR'), name='a_legacy_entry_has_a_source_and_is_not_published'),
        ),
        migrations.AddConstraint(
            model_name='asset',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'legacy')), fields=('owner', 'name'), name='one_legacy_entry_per_owner_and_name'),
        ),
        migrations.AddField(
            model_name='assetlink',
            name='asset',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='assets_registry.asset'),
        ),
        migrations.AddField(
            model_name='assetlink',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_here', to='assets_registry.asset'),
        ),
        migrations.AddField(
            model_name='assetversion',
            name='asset',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='assets_registry.asset'),
        ),
        migrations.AddField(
            model_name='namedbase',
            name='asset',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_bases', to='assets_registry.asset'),
        ),
        migrations.AddConstraint(
            model_name='assetlink',
            constraint=models.CheckConstraint(condition=models.Q(('asset', models.F('other')), _negated=True), name='no_asset_is_linked_to_itself'),
        ),
        migrations.AddConstraint(
            model_name='assetlink',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['based_on', 'depends_on', 'part_of'])), name='a_link_of_assets_says_which'),
        ),
        migrations.AddConstraint(
            model_name='assetlink',
            constraint=models.UniqueConstraint(models.F('relation'), django.db.models.functions.comparison.Least('asset', 'other'), django.db.models.functions.comparison.Greatest('asset', 'other'), name='two_assets_are_linked_one_way'),
        ),
        migrations.AddConstraint(
            model_name='assetversion',
            constraint=models.UniqueConstraint(fields=('asset', 'version'), name='a_version_of_an_asset_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='assetversion',
            constraint=models.CheckConstraint(condition=models.Q(('version', ''), _negated=True), name='a_version_of_an_asset_has_a_number'),
        ),
        migrations.AddConstraint(
            model_name='namedbase',
            constraint=models.UniqueConstraint(fields=('asset', 'key'), name='a_file_names_a_base_once'),
        ),
        migrations.CreateModel(
            name='AssetUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_at', models.DateTimeField(default=core.clock.now)),
                ('file_name', models.CharField(max_length=100)),
                ('digest', models.CharField(help_text='Of what the file says', max_length=64)),
                ('total', models.PositiveIntegerField()),
                ('registered', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('stopped_because', models.CharField(blank=True, max_length=200)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='councils.organisation')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-uploaded_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='UploadFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('line', models.PositiveIntegerField(default=0)),
                ('reason', models.CharField(max_length=400)),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='faults', to='assets_registry.assetupload')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WaitingEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=40)),
                ('line', models.PositiveIntegerField(default=0, help_text='Of the file, where it is a table')),
                ('content', models.TextField(blank=True)),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='assets_registry.assetupload')),
            ],
            options={
                'verbose_name_plural': 'waiting entries',
                'ordering': ['number'],
            },
        ),
        migrations.AddConstraint(
            model_name='assetupload',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('owner', 'digest'), name='the_same_upload_runs_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='assetupload',
            constraint=models.CheckConstraint(condition=models.Q(('total__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('registered'), '+', models.F('changed')), '+', models.F('unchanged')), '+', models.F('refused')))), name='an_upload_counts_each_entry_once'),
        ),
        migrations.AddConstraint(
            model_name='assetupload',
            constraint=models.CheckConstraint(condition=models.Q(('stopped_because', ''), ('ended_at__isnull', False), _connector='OR'), name='an_upload_that_stopped_has_ended'),
        ),
        migrations.AddConstraint(
            model_name='waitingentry',
            constraint=models.UniqueConstraint(fields=('upload', 'number'), name='an_entry_of_an_upload_waits_once'),
        ),
        rows_of('assets_registry', '0008_care_kinds_versions_and_moves'),
        migrations.AddField(
            model_name="asset",
            name="purposes",
            field=models.ManyToManyField(blank=True, related_name="assets", to="projects.purpose"),
        ),
    ]
