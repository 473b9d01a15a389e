"""What 0001 to 0005 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('assets_registry', '0001_initial'),
        ('assets_registry', '0002_promises_of_business_cases'),
        ('assets_registry', '0003_accepted_cases_and_their_promises'),
        ('assets_registry', '0004_single_tier_councils'),
        ('assets_registry', '0005_keep_what_a_file_leaves_out'),
    ]
    dependencies = [
        ('councils', '0001_squashed_0005_people_who_may_be_asked'),
        ('projects', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('kind', models.CharField(choices=[('code', 'Code'), ('standard', 'Standard'), ('api', 'API'), ('design_pattern', 'Design pattern'), ('research', 'User research'), ('business_case', 'Business case'), ('procurement', 'Procurement template'), ('training', 'Training'), ('policy', 'Policy')], max_length=20)),
                ('summary', models.CharField(max_length=150)),
                ('description', models.TextField(blank=True, help_text='Markdown', max_length=10000)),
                ('tier', models.CharField(choices=[('all', 'All councils'), ('county/unitary', 'Counties and single-tier councils'), ('district/unitary', 'Districts and single-tier councils'), ('county', 'Counties only'), ('district', 'Districts only')], default='all', max_length=20, verbose_name='councils it is for')),
                ('phase', models.CharField(choices=[('discovery', 'Discovery'), ('alpha', 'Alpha'), ('beta', 'Beta'), ('live', 'Live'), ('retired', 'Retired')], default='live', max_length=10)),
                ('repository_url', models.URLField(blank=True, max_length=400, verbose_name='where it is kept')),
                ('repository_key', models.CharField(blank=True, editable=False, max_length=400)),
                ('licence', models.CharField(blank=True, help_text='SPDX expression, as in MIT or OGL-UK-3.0', max_length=200)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('released_on', models.DateField(blank=True, null=True)),
                ('publiccode', models.JSONField(blank=True, default=dict, help_text='publiccode.yml as it was read')),
                ('left_out', models.JSONField(blank=True, default=list, help_text='What of its publiccode.yml is not kept, by key')),
                ('checked_on', models.DateField(blank=True, help_text='When its owner last said that the entry still holds', null=True)),
                ('contact', models.CharField(blank=True, help_text="A team's name or shared mailbox, not a person's", max_length=120)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('with_publisher', "With the council's publisher"), ('with_editor', 'With the Alliance editor'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', max_length=15)),
                ('state_reason', models.CharField(blank=True, max_length=300)),
                ('registered_at', models.DateTimeField(default=core.clock.now)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='councils.organisation')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='projects.project')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('services', models.ManyToManyField(blank=True, related_name='assets', to='councils.service')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('repository_key', ''), _negated=True), models.Q(('state', 'withdrawn'), _negated=True)), fields=('repository_key',), name='one_entry_per_repository'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='a_published_asset_knows_since_when')],
            },
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('status', models.CharField(choices=[('evaluating', 'Evaluating'), ('piloting', 'Piloting'), ('live', 'Live'), ('retired', 'Retired')], max_length=10)),
                ('since', models.DateField()),
                ('version', models.CharField(blank=True, max_length=40)),
                ('what_we_changed', models.TextField(blank=True, max_length=2000)),
                ('may_be_listed', models.BooleanField(default=True, verbose_name='our council may be named')),
                ('live_since', models.DateField(blank=True, help_text='First day in live use; kept after retiring', null=True)),
                ('asked_status', models.CharField(blank=True, choices=[('evaluating', 'Evaluating'), ('piloting', 'Piloting'), ('live', 'Live'), ('retired', 'Retired')], default='', max_length=10, verbose_name='status waiting for the lead')),
                ('asked_since', models.DateField(blank=True, null=True)),
                ('declared_at', models.DateTimeField(default=core.clock.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='councils.organisation')),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='assets_registry.asset')),
            ],
            options={
                'ordering': ['council__name'],
                'constraints': [models.UniqueConstraint(fields=('asset', 'council'), name='a_council_adopts_an_asset_once'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='a_confirmed_adoption_says_by_whom'), models.CheckConstraint(condition=models.Q(('asked_status', ''), models.Q(('asked_by__isnull', False), ('asked_since__isnull', False), ('confirmed_at__isnull', False)), _connector='OR'), name='a_change_asked_for_is_of_a_confirmed_adoption')],
            },
        ),
        migrations.CreateModel(
            name='Benefit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('source', models.CharField(blank=True, help_text='Where this comes from, for records taken from a published document', max_length=200)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up to show how the portal works')),
                ('title', models.CharField(help_text='What gets better: agreements per council a month', max_length=160)),
                ('unit', models.CharField(default='£ a year', help_text='£ a year, visits, days', max_length=40)),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('baseline_on', models.DateField(blank=True, null=True)),
                ('claimed', models.DecimalField(decimal_places=2, max_digits=20)),
                ('scope', models.PositiveIntegerField(blank=True, help_text='For how many councils it is promised, on that day', null=True, verbose_name='councils in scope')),
                ('claimed_in', models.CharField(help_text='Business case, case study', max_length=200)),
                ('claimed_on', models.DateField()),
                ('result', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('result_words', models.CharField(blank=True, help_text='200 to 300, where it is a range', max_length=80)),
                ('result_on', models.DateField(blank=True, null=True)),
                ('n', models.PositiveIntegerField(blank=True, help_text='How many councils, forms, cases', null=True, verbose_name='measured on')),
                ('n_words', models.CharField(blank=True, help_text='councils, forms', max_length=80)),
                ('result_source', models.CharField(blank=True, help_text='Where the result can be read', max_length=200)),
                ('result_is_illustrative', models.BooleanField(default=False, help_text='The result is made up')),
                ('state', models.CharField(choices=[('claimed', 'Claimed'), ('confirmed', 'Confirmed'), ('partly', 'Partly reached'), ('not_reached', 'Not reached')], default='claimed', max_length=12)),
                ('adoption', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='assets_registry.adoption')),
                ('business_case', models.OneToOneField(blank=True, help_text='The accepted case whose yearly saving this is', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promise', to='projects.businesscase')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='projects.project')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['claimed_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('adoption__isnull', True), ('project__isnull', False)), models.Q(('adoption__isnull', False), ('project__isnull', True)), _connector='OR'), name='a_benefit_belongs_to_a_project_or_an_adoption'), models.CheckConstraint(condition=models.Q(('state', 'claimed'), models.Q(('confirmed_by__isnull', False), ('n__isnull', False), ('result__isnull', False), ('result_on__isnull', False)), _connector='OR'), name='a_checked_benefit_has_result_day_and_base'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='nobody_confirms_their_own_claim'), models.CheckConstraint(condition=models.Q(('business_case__isnull', True), models.Q(('project__isnull', False), ('unit', '£ a year')), _connector='OR'), name='what_a_case_promises_is_its_projects_yearly_saving')],
            },
        ),
    ]
