"""What 0001 to 0005 come to, in one step, for a new database. Those stay for databases that began before."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('surveys', '0001_initial'), ('surveys', '0002_a_wave_run_here'), ('surveys', '0003_counts_of_a_wave_that_ended'), ('surveys', '0004_everybody_answers_once'), ('surveys', '0005_addresses_kept_together_and_bases_of_means')]

    dependencies = [
        ('councils', '0009_founded_with_it'),
        ('events', '0021_purposes_of_an_event'),
        ('questions', '0001_initial'),
        ('sealing', '0002_receipts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ResultsTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('row_noun', models.CharField(help_text='As in “barrier”', max_length=40, verbose_name='what a row is')),
                ('is_ranked', models.BooleanField(default=False, help_text='Whether the order of its rows says something')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='ResultsRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60)),
                ('words', models.CharField(max_length=300)),
                ('position', models.PositiveSmallIntegerField(help_text='As in the questionnaire')),
                ('is_rest', models.BooleanField(default=False, help_text='“Other”: what is left, which has no rank')),
                ('skill', models.OneToOneField(blank=True, help_text='Of the table of skills: its figures are the skill’s own', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey_row', to='events.skill')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='surveys.resultstable')),
            ],
            options={
                'ordering': ['table', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40)),
                ('words', models.CharField(max_length=120)),
                ('unit', models.CharField(choices=[('%', '%'), ('£', '£')], default='%', max_length=1)),
                ('basis', models.CharField(choices=[('respondents', 'Share of those who answered'), ('mentions', 'Share of all mentions'), ('agree', 'Share who agree or strongly agree'), ('sum', 'Two rounded shares added up'), ('mean', 'Mean of the numbers given')], default='respondents', max_length=12)),
                ('breakdown', models.SlugField(blank=True, help_text='By what it divides those who answered: level', max_length=40)),
                ('is_headline', models.BooleanField(default=False, help_text='The one by which rows are ranked and compared')),
                ('position', models.PositiveSmallIntegerField()),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='surveys.resultstable')),
            ],
            options={
                'ordering': ['table', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Wave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True)),
                ('title', models.CharField(max_length=120)),
                ('closed_on', models.DateField(blank=True, help_text='The day as at which it counts; empty if not known', null=True)),
                ('respondents', models.PositiveIntegerField(blank=True, help_text='Empty where no source prints it', null=True)),
                ('published_on', models.DateField(blank=True, help_text='The first day of its month, if that is all', null=True)),
                ('source', models.CharField(max_length=300)),
                ('source_url', models.URLField(blank=True)),
                ('licence', models.CharField(max_length=120)),
                ('questions', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wave', to='questions.questionset')),
            ],
            options={
                'ordering': ['year'],
            },
        ),
        migrations.CreateModel(
            name='TypeResponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('council_type', models.CharField(choices=[('counties', 'English counties'), ('districts', 'English districts'), ('unitaries', 'English unitaries'), ('london', 'London boroughs'), ('metropolitan', 'Metropolitan districts'), ('scottish', 'Scottish councils'), ('welsh', 'Welsh councils'), ('northern-irish', 'Northern Irish councils')], max_length=16)),
                ('councils', models.PositiveSmallIntegerField(help_text='Of the type, as printed')),
                ('answered', models.PositiveSmallIntegerField()),
                ('printed_share', models.PositiveSmallIntegerField(help_text='Whole per cent, as printed')),
                ('position', models.PositiveSmallIntegerField()),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='surveys.wave')),
            ],
            options={
                'ordering': ['wave', 'position'],
            },
        ),
        migrations.CreateModel(
            name='PrintedCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('printed', 'Printed'), ('not_printed', 'Not printed'), ('withheld', 'Withheld'), ('nobody', 'Nobody answered'), ('not_asked', 'Not asked')], max_length=11)),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=15, null=True)),
                ('places', models.PositiveSmallIntegerField(default=1, verbose_name='decimals as printed')),
                ('numerator', models.PositiveIntegerField(blank=True, null=True)),
                ('denominator', models.PositiveIntegerField(blank=True, null=True)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='surveys.measure')),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='surveys.resultsrow')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='surveys.wave')),
            ],
            options={
                'ordering': ['wave', 'row__position', 'measure__position'],
            },
        ),
        migrations.CreateModel(
            name='NamedOrganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveSmallIntegerField()),
                ('words', models.CharField(help_text='As printed, without “(multiple)”', max_length=120)),
                ('is_multiple', models.BooleanField(default=False, help_text='Marked “(multiple)”: several of its people answered')),
                ('organisation', models.ForeignKey(blank=True, help_text='Empty where the directory does not have it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='named_in_surveys', to='councils.organisation')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named', to='surveys.wave')),
            ],
            options={
                'ordering': ['wave', 'line'],
            },
        ),
        migrations.CreateModel(
            name='AskedTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, max_length=12, verbose_name='number of the question')),
                ('words', models.CharField(blank=True, max_length=1000, verbose_name='exact words of the question')),
                ('scale', models.JSONField(blank=True, default=list, verbose_name='answers to choose from')),
                ('shown', models.CharField(blank=True, max_length=300, verbose_name='which answers the shares are of')),
                ('continuity', models.CharField(choices=[('asked', 'Asked; no wave before it is held here'), ('same', 'Asked as before'), ('changed', 'Asked in other words or with another scale'), ('new', 'Not asked before'), ('dropped', 'Asked before, not in this wave'), ('not_asked', 'Not asked'), ('unsaid', 'The source does not say whether it was asked')], max_length=10)),
                ('continuity_words', models.CharField(blank=True, max_length=1000, verbose_name='what changed, or why')),
                ('section', models.CharField(blank=True, max_length=12, verbose_name='where the report prints it')),
                ('base', models.CharField(choices=[('only', 'Recovered: the only number that fits every share'), ('likely', 'Recovered: it fits every share, and so do other numbers'), ('by_row', 'Recovered: each row has its own'), ('none', 'As printed; no base can be recovered'), ('printed', 'Printed')], default='none', max_length=8)),
                ('base_words', models.CharField(blank=True, max_length=1000, verbose_name='what is known of the base')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waves', to='surveys.resultstable')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tables', to='surveys.wave')),
            ],
            options={
                'ordering': ['wave', 'table__position'],
            },
        ),
        migrations.CreateModel(
            name='AskedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('continuity', models.CharField(choices=[('asked', 'Asked; no wave before it is held here'), ('same', 'Asked as before'), ('changed', 'Asked in other words or with another scale'), ('new', 'Not asked before'), ('dropped', 'Asked before, not in this wave'), ('not_asked', 'Not asked'), ('unsaid', 'The source does not say whether it was asked')], max_length=10)),
                ('words', models.CharField(blank=True, max_length=1000, verbose_name='exact words in the questionnaire')),
                ('is_published', models.BooleanField(default=True)),
                ('reason', models.CharField(blank=True, max_length=1000, verbose_name='why it is not published, or what changed')),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waves', to='surveys.resultsrow')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='surveys.wave')),
            ],
            options={
                'ordering': ['wave', 'row__position'],
            },
        ),
        migrations.CreateModel(
            name='WaveNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40)),
                ('words', models.CharField(max_length=1000)),
                ('position', models.PositiveSmallIntegerField()),
                ('table', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='surveys.resultstable')),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='surveys.wave')),
            ],
            options={
                'ordering': ['wave', 'position'],
            },
        ),
        migrations.AddConstraint(
            model_name='resultsrow',
            constraint=models.UniqueConstraint(fields=('table', 'key'), name='one_row_of_a_key_in_a_table'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('table', 'key'), name='one_measure_of_a_key_in_a_table'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(condition=models.Q(('is_headline', True)), fields=('table',), name='one_headline_measure_of_a_table'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2013), ('year__lte', 2099)), name='a_wave_is_of_a_year_from_2013'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('licence', ''), _negated=True)), name='a_wave_names_source_and_licence'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.CheckConstraint(condition=models.Q(('respondents__isnull', True), ('respondents__gt', 0), _connector='OR'), name='somebody_answered_a_wave'),
        ),
        migrations.AddConstraint(
            model_name='typeresponse',
            constraint=models.UniqueConstraint(fields=('wave', 'council_type'), name='one_response_of_a_type_in_a_wave'),
        ),
        migrations.AddConstraint(
            model_name='typeresponse',
            constraint=models.CheckConstraint(condition=models.Q(('answered__lte', models.F('councils'))), name='no_more_councils_answer_than_are'),
        ),
        migrations.AddConstraint(
            model_name='typeresponse',
            constraint=models.CheckConstraint(condition=models.Q(('printed_share__lte', 100)), name='no_response_is_over_a_hundred_per_cent'),
        ),
        migrations.AddConstraint(
            model_name='printedcell',
            constraint=models.UniqueConstraint(fields=('wave', 'row', 'measure'), name='one_cell_for_a_wave_a_row_and_a_measure'),
        ),
        migrations.AddConstraint(
            model_name='printedcell',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'printed'), ('value__isnull', False)), models.Q(models.Q(('state', 'printed'), _negated=True), ('value__isnull', True)), _connector='OR'), name='a_printed_cell_alone_has_a_value'),
        ),
        migrations.AddConstraint(
            model_name='printedcell',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('denominator__isnull', True), ('numerator__isnull', True)), models.Q(('denominator__gt', 0), ('numerator__isnull', True), ('state', 'printed')), models.Q(('denominator__gt', 0), ('denominator__isnull', False), ('numerator__isnull', False), ('numerator__lte', models.F('denominator')), ('state', 'printed')), _connector='OR'), name='a_count_of_a_cell_has_its_base'),
        ),
        migrations.AddConstraint(
            model_name='printedcell',
            constraint=models.CheckConstraint(condition=models.Q(('places__lte', 4)), name='a_cell_has_four_decimals_at_most'),
        ),
        migrations.AddConstraint(
            model_name='namedorganisation',
            constraint=models.UniqueConstraint(fields=('wave', 'line'), name='one_organisation_on_a_line_of_a_wave'),
        ),
        migrations.AddConstraint(
            model_name='askedtable',
            constraint=models.UniqueConstraint(fields=('wave', 'table'), name='a_wave_asks_for_a_table_once'),
        ),
        migrations.AddConstraint(
            model_name='askedtable',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('continuity', 'changed'), _negated=True), models.Q(('continuity_words', ''), _negated=True), _connector='OR'), name='a_changed_question_says_how'),
        ),
        migrations.AddConstraint(
            model_name='askedrow',
            constraint=models.UniqueConstraint(fields=('wave', 'row'), name='a_row_stands_once_in_a_wave'),
        ),
        migrations.AddConstraint(
            model_name='askedrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_published', True), models.Q(('continuity', 'changed'), _negated=True)), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_row_left_out_or_changed_says_why'),
        ),
        migrations.AddConstraint(
            model_name='wavenote',
            constraint=models.UniqueConstraint(fields=('wave', 'key'), name='one_note_of_a_key_in_a_wave'),
        ),
        migrations.AddConstraint(
            model_name='wavenote',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_note_says_something'),
        ),
        migrations.AlterField(
            model_name='askedtable',
            name='base',
            field=models.CharField(choices=[('only', 'Recovered: the only number that fits every share'), ('likely', 'Recovered: it fits every share, and so do other numbers'), ('by_row', 'Recovered: each row has its own'), ('none', 'As printed; no base can be recovered'), ('printed', 'Printed'), ('rounded', 'Rounded to the nearest 5')], default='none', max_length=8),
        ),
        migrations.CreateModel(
            name='Fieldwork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('prepared', 'Being prepared'), ('open', 'Open for answers'), ('closed', 'Closed, its answers opened'), ('void', 'Void, its answers never opened')], default='prepared', max_length=8)),
                ('closes_at', models.DateTimeField(help_text='No answer is taken from then on')),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('target_percent', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='councils of each type that should answer, per cent')),
                ('plan', models.JSONField(blank=True, default=dict, help_text='By the slug of each table that will be printed: its breakdowns')),
                ('void_reason', models.CharField(blank=True, max_length=300)),
                ('nameless', models.JSONField(blank=True, default=dict, help_text='By the key of an organisation: how many of its people handed in and closed their account since')),
                ('not_invited_again', models.JSONField(blank=True, default=list, help_text='For each person who is invited and took an address out of their account, or handed in and closed it: the digest of the invited address, or nothing where the account is closed, then those of all their addresses. None once it ended')),
                ('invited', models.PositiveIntegerField(blank=True, help_text='How many people had been, as it ended', null=True)),
                ('handed_in', models.PositiveIntegerField(blank=True, help_text='How many people had, as it ended', null=True)),
                ('other_bodies', models.PositiveIntegerField(blank=True, help_text='How many organisations that are no council had answered as it ended', null=True)),
                ('is_illustrative', models.BooleanField(default=False, help_text='Made up, to show how it works')),
                ('round', models.ForeignKey(blank=True, help_text='Of the answers with a key', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sealing.round')),
                ('wave', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='fieldwork', to='surveys.wave')),
            ],
            options={
                'verbose_name': 'running of a survey',
                'verbose_name_plural': 'runnings of surveys',
                'ordering': ['-wave__year'],
            },
        ),
        migrations.CreateModel(
            name='SurveyInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='job title')),
                ('role', models.SlugField(blank=True, help_text='Of the questionnaire; suggests the level', max_length=60)),
                ('level', models.PositiveSmallIntegerField(help_text='1 to 3, as at the hand-in')),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Of the person’s own link', unique=True)),
                ('state', models.CharField(choices=[('invited', 'Invited'), ('begun', 'Begun'), ('handed_in', 'Handed in'), ('declined', 'Asked not to be reminded')], default='invited', max_length=9)),
                ('invited_at', models.DateTimeField(blank=True, help_text='When the invitation was queued', null=True)),
                ('handed_in_on', models.DateField(blank=True, help_text='The day alone, not the moment', null=True)),
                ('reminded_on', models.DateField(blank=True, null=True)),
                ('has_declined', models.BooleanField(default=False, help_text='Asked not to be reminded, which holds also once an answer is taken back')),
                ('fieldwork', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='surveys.fieldwork')),
                ('level_set_by', models.ForeignKey(blank=True, help_text='The analyst who set the level; empty where it is as suggested', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='survey_invitations', to='councils.organisation')),
                ('sheet', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='questions.answersheet')),
            ],
            options={
                'verbose_name': 'invitation to a survey',
                'verbose_name_plural': 'invitations to surveys',
                'ordering': ['fieldwork', 'organisation__name', 'email'],
            },
        ),
        migrations.CreateModel(
            name='SurveyRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('computed_at', models.DateTimeField()),
                ('frozen', models.JSONField(help_text='Columns, parts and reasons, as surveys.disclosure gives them')),
                ('proposed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fieldwork', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='release', to='surveys.fieldwork')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'release of a survey',
                'verbose_name_plural': 'releases of surveys',
                'ordering': ['-computed_at'],
            },
        ),
        migrations.CreateModel(
            name='WrittenAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('question_key', models.SlugField(max_length=60)),
                ('fieldwork', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='written_answers', to='surveys.fieldwork')),
            ],
            options={
                'verbose_name': 'written answer to a survey',
                'verbose_name_plural': 'written answers to surveys',
                'ordering': ['fieldwork', 'question_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(help_text='First, second or third of a top three')),
                ('text', models.CharField(max_length=2000)),
                ('coded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('row', models.ForeignKey(blank=True, help_text='What it was coded to; empty as long as nobody has', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='surveys.resultsrow')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mentions', to='surveys.writtenanswer')),
            ],
            options={
                'ordering': ['answer', 'position'],
            },
        ),
        migrations.CreateModel(
            name='WrittenRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question_key', models.SlugField(max_length=60)),
                ('fieldwork', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='written_rounds', to='surveys.fieldwork')),
                ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sealing.round')),
            ],
            options={
                'verbose_name': 'round of written answers',
                'verbose_name_plural': 'rounds of written answers',
                'ordering': ['fieldwork', 'question_key'],
            },
        ),
        migrations.CreateModel(
            name='CodingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=1000, verbose_name='rule')),
                ('asked', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='coding_rule', to='surveys.askedtable')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_coding_rule_says_something')],
            },
        ),
        migrations.AddConstraint(
            model_name='fieldwork',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('opened_at__isnull', True), ('round__isnull', True), ('state', 'prepared')), models.Q(('closed_at__isnull', True), ('opened_at__isnull', False), ('round__isnull', False), ('state', 'open')), models.Q(('closed_at__isnull', False), ('opened_at__isnull', False), ('state__in', ['closed', 'void'])), _connector='OR'), name='a_survey_opens_then_closes'),
        ),
        migrations.AddConstraint(
            model_name='fieldwork',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'prepared'), models.Q(('plan', {}), _negated=True), _connector='OR'), name='a_survey_opens_with_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='fieldwork',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'void'), ('void_reason', ''), _connector='XOR'), name='a_void_survey_alone_says_why'),
        ),
        migrations.AddConstraint(
            model_name='fieldwork',
            constraint=models.CheckConstraint(condition=models.Q(('target_percent__gte', 1), ('target_percent__lte', 100)), name='a_survey_aims_at_a_share'),
        ),
        migrations.AddConstraint(
            model_name='surveyinvitation',
            constraint=models.UniqueConstraint(condition=models.Q(('email', '[removed]'), _negated=True), fields=('fieldwork', 'email'), name='an_address_is_invited_to_a_survey_once'),
        ),
        migrations.AddConstraint(
            model_name='surveyinvitation',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='an_invited_address_is_small'),
        ),
        migrations.AddConstraint(
            model_name='surveyinvitation',
            constraint=models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 3)), name='a_level_is_one_to_three'),
        ),
        migrations.AddConstraint(
            model_name='surveyinvitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('handed_in_on__isnull', False), ('state', 'handed_in')), models.Q(models.Q(('state', 'handed_in'), _negated=True), ('handed_in_on__isnull', True)), _connector='OR'), name='who_has_handed_in_did_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='surveyrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposed_at__isnull', True), ('proposed_by__isnull', True)), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='who_proposed_a_release_and_when'),
        ),
        migrations.AddConstraint(
            model_name='surveyrelease',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='who_confirmed_a_release_and_when'),
        ),
        migrations.AddConstraint(
            model_name='surveyrelease',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='two_people_publish_a_survey'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('answer', 'position'), name='one_mention_of_a_rank_in_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 3)), name='a_mention_is_one_of_three'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.CheckConstraint(condition=models.Q(('row__isnull', True), ('coded_by__isnull', False), _connector='OR'), name='somebody_coded_it'),
        ),
        migrations.AddConstraint(
            model_name='writtenround',
            constraint=models.UniqueConstraint(fields=('fieldwork', 'question_key'), name='one_round_of_a_written_question'),
        ),
    ]
