"""What 0001 to 0005 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.squashed import rows_of


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('councils', '0001_initial'),
        ('councils', '0002_reference_lists'),
        ('councils', '0003_single_tier_councils'),
        ('councils', '0004_enquiries'),
        ('councils', '0005_people_who_may_be_asked'),
    ]
    dependencies = [
        # The libraries' tables come first: beside ours, each of their many changes would render all our models again,
        # and a first start would take half as long again.
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('sessions', '0001_initial'),
        ('socialaccount', '0006_alter_socialaccount_extra_data'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailredirects', '0008_add_verbose_name_plural'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lgsl', models.PositiveIntegerField(unique=True, verbose_name='LGSL number')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('providing_tier', models.CharField(choices=[('all', 'All councils'), ('county/unitary', 'Counties and single-tier councils'), ('district/unitary', 'Districts and single-tier councils'), ('county', 'Counties only'), ('district', 'Districts only')], default='all', max_length=20)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('name', models.CharField(help_text='Short name, as people say it: Harlow', max_length=120)),
                ('official_name', models.CharField(max_length=160)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('kind', models.CharField(choices=[('county', 'County'), ('district', 'District'), ('unitary', 'Unitary'), ('metropolitan', 'Metropolitan district'), ('london_borough', 'London borough'), ('city_corporation', 'City corporation'), ('scottish', 'Scottish council'), ('welsh', 'Welsh council'), ('northern_irish', 'Northern Irish council'), ('department', 'Government department'), ('association', 'Association'), ('professional_body', 'Professional body'), ('supplier', 'Supplier'), ('other', 'Other organisation')], max_length=20)),
                ('nation', models.CharField(blank=True, max_length=20)),
                ('region', models.CharField(blank=True, help_text='English region; the nation elsewhere', max_length=40)),
                ('gss_code', models.CharField(blank=True, max_length=9, verbose_name='GSS code')),
                ('starts_on', models.DateField(blank=True, help_text='First day; empty where before 2013', null=True)),
                ('ends_on', models.DateField(blank=True, help_text='Last day in force', null=True)),
                ('former_names', models.CharField(blank=True, help_text='Earlier short names, separated by ;', max_length=200)),
                ('about', models.TextField(blank=True, max_length=2000)),
                ('website', models.URLField(blank=True)),
                ('successors', models.ManyToManyField(blank=True, related_name='predecessors', to='councils.organisation')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('starts_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='organisation_ends_after_it_starts'), models.UniqueConstraint(fields=('official_name', 'kind'), name='one_organisation_per_official_name')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False)),
                ('updated_at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False)),
                ('role', models.CharField(choices=[('reader', 'Reader'), ('contributor', 'Contributor: raises needs, registers assets, writes case studies'), ('publisher', 'Publisher: publishes for the council'), ('lead', 'Lead: confirms members and adoptions, and publishes')], default='contributor', max_length=12)),
                ('state', models.CharField(choices=[('candidate', 'Waiting to be confirmed'), ('confirmed', 'Confirmed'), ('ended', 'Ended')], default='candidate', max_length=10)),
                ('via_domain', models.CharField(blank=True, help_text='The domain of the verified address it rests on; empty: asked for by hand', max_length=120)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('affirmed_at', models.DateTimeField(blank=True, editable=False, help_text='When its person last said that they still act here', null=True)),
                ('asked_to_affirm_at', models.DateTimeField(blank=True, editable=False, help_text='When they were asked; empty: it is not yet a year', null=True)),
                ('may_be_asked', models.BooleanField(default=False, help_text="They agreed to stand on the organisation's page as somebody to ask")),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='councils.organisation')),
            ],
            options={
                'ordering': ['organisation__name', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('person', 'organisation'), name='one_living_membership_per_person_and_organisation')],
            },
        ),
        migrations.CreateModel(
            name='EmailDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(help_text='harlow.gov.uk', max_length=120)),
                ('includes_subdomains', models.BooleanField(default=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='councils.organisation')),
            ],
            options={
                'ordering': ['domain'],
                'constraints': [models.UniqueConstraint(fields=('domain', 'organisation'), name='one_row_per_domain_and_organisation')],
            },
        ),
        migrations.CreateModel(
            name='Council',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('councils.organisation',),
        ),
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(help_text='Title of the record it is about; empty: the organisation', max_length=200)),
                ('address', models.CharField(help_text='Its page, from the first slash', max_length=300)),
                ('words', models.TextField(max_length=2000)),
                ('asked_at', models.DateTimeField(default=core.clock.now)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enquiries', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='councils.organisation')),
                ('person', models.ForeignKey(blank=True, help_text='Empty: whoever answers for the organisation', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'enquiries',
                'ordering': ['-asked_at', '-pk'],
                'indexes': [models.Index(fields=['asker', 'asked_at'], name='councils_en_asker_i_4e1b96_idx')],
            },
        ),
        rows_of('councils', '0002_reference_lists'),
    ]
