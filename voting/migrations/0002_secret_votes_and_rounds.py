
import core.clock
import django.db.models.deletion
import uuid
from fractions import Fraction
import voting.models
from django.conf import settings
from django.db import migrations, models


def fill(apps, schema_editor):
    """Make what stands open ballots whose tally was public, with titles, codes, and results in the new form.

    A result keeps its numbers and what it chose: by the rule of its time, under which only councils had a weight.
    """
    codes = set()
    for ballot in apps.get_model("voting", "Ballot").objects.order_by("pk"):
        while (code := voting.models.new_code()) in codes:
            pass
        codes.add(code)
        titles = _name_options(ballot)
        _bind_votes(apps, ballot)
        ballot.code, ballot.secrecy, ballot.shows_tally = code, "open", True
        if ballot.state == "closed":
            ballot.state, ballot.revealed_at = "published" if ballot.outcome else "revealed", ballot.closed_at
            ballot.outcome_at = (ballot.outcome_at or ballot.closed_at) if ballot.outcome else None
            ballot.result = _in_new_form(ballot, titles)
        else:
            ballot.outcome, ballot.outcome_at = "", None
        if ballot.state == "draft":
            ballot.opened_at = ballot.opened_by = None
        ballot.save()
    if schema_editor.connection.vendor == "postgresql":  # else tables with rows still to be checked cannot be altered
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _name_options(ballot):
    """Give each option the title and summary of its prototype, and return their keys in order."""
    taken, keys = set(), []
    for option in ballot.options.select_related("prototype").order_by("order", "pk"):
        option.title, option.summary = option.prototype.title, option.prototype.summary[:1000]
        if option.title in taken:
            option.title = f"{option.title[:190]} ({option.pk})"
        taken.add(option.title)
        keys.append(option.pk)
        option.save(update_fields=["title", "summary"])
    return keys


def _bind_votes(apps, ballot):
    """Tie each vote to its entry on the roll; of a closed ballot note there who has voted."""
    entries = {entry.person_id: entry for entry in ballot.roll.all()}
    for vote in ballot.votes.all():
        vote.entry = entries.get(vote.person_id) or ballot.roll.create(
            person_id=vote.person_id, organisation_id=vote.organisation_id, late_reason="Was not on the roll"
        )
        entries[vote.person_id] = vote.entry
        vote.save(update_fields=["entry"])
    if ballot.state == "closed":
        voted = set(ballot.votes.values_list("person_id", flat=True))
        for entry in entries.values():
            entry.voted = entry.person_id in voted
            entry.save(update_fields=["voted"])


COUNCILS = (
    "county", "district", "unitary", "metropolitan", "london_borough", "city_corporation", "scottish", "welsh",
    "northern_irish",
)  # fmt: skip


def _in_new_form(ballot, keys):
    """The result as it is stored now, from the numbers that were stored then."""
    kept = ballot.result
    roll = list(ballot.roll.values_list("organisation_id", "organisation__kind", "voted"))
    on_roll = {key for key, kind, _ in roll if kind in COUNCILS}
    voted = {key for key, kind, has_voted in roll if kind in COUNCILS and has_voted}
    people = {key: str(kept["options"].get(str(key), {}).get("people", 0)) for key in keys}
    councils = {key: str(kept["options"].get(str(key), {}).get("councils", "0")) for key in keys}
    return {
        "on_roll": kept["on_roll"],
        "voted": kept["voted"],
        "councils_on_roll": len(on_roll),
        "councils_voted": len(voted),
        "voted_outside": sum(1 for _, kind, has_voted in roll if has_voted and kind not in COUNCILS),
        "person": _count(people, people, kept["voted"], ballot.to_pursue),
        "council": _count(councils, people, len(voted), ballot.to_pursue),
        "groups": {},
        "hides_councils": False,
        "weighs": "councils",
    }


def _count(scores, people, voted, places):
    """The count that gave these scores: an option without a tick was never chosen."""
    able = sorted((key for key in scores if people[key] != "0" and scores[key] != "0"), key=lambda k: -Fraction(scores[k]))
    chosen, tied = able[:places], []
    if len(able) > places and scores[able[places]] == scores[able[places - 1]]:
        last = scores[able[places]]
        chosen, tied = [k for k in chosen if scores[k] != last], sorted(k for k in able if scores[k] == last)
    return {
        "lines": [[key, score, score] for key, score in scores.items()],
        "voted": str(voted),
        "chosen": chosen,
        "tied": tied,
        "places_tied_for": places - len(chosen) if tied else 0,
        "steps": [],
    }


class Migration(migrations.Migration):

    dependencies = [
        ('councils', '0005_people_who_may_be_asked'),
        ('events', '0020_who_was_passed_over'),
        ('projects', '0002_how_it_looks_and_moves'),
        ('sealing', '0001_initial'),
        ('voting', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=10)),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='ballot',
            name='an_open_ballot_knows_since_when',
        ),
        migrations.RemoveConstraint(
            model_name='ballot',
            name='a_closed_ballot_knows_since_when',
        ),
        migrations.RemoveConstraint(
            model_name='ballot',
            name='a_closed_ballot_keeps_its_result',
        ),
        migrations.RemoveConstraint(
            model_name='choice',
            name='an_option_is_ticked_once',
        ),
        migrations.RemoveConstraint(
            model_name='vote',
            name='one_vote_per_person',
        ),
        migrations.AddField(
            model_name='ballot',
            name='code',
            field=models.CharField(default='', editable=False, max_length=6),
        ),
        migrations.AddField(
            model_name='ballot',
            name='copy_of',
            field=models.OneToOneField(blank=True, help_text='The void round before', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copy', to='voting.ballot'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='held_by',
            field=models.CharField(blank=True, help_text='Who votes, where it belongs to no event', max_length=100),
        ),
        migrations.AddField(
            model_name='ballot',
            name='method',
            field=models.CharField(choices=[('approval', 'Approval'), ('single', 'One choice'), ('dots', 'Dots'), ('score', 'Scores'), ('ranked', 'Ranking'), ('matrix', 'Impact and feasibility'), ('budget', 'Budget')], default='approval', max_length=10),
        ),
        migrations.AddField(
            model_name='ballot',
            name='most_per_option',
            field=models.PositiveSmallIntegerField(blank=True, help_text='How many dots one option may get from one person; empty: all', null=True),
        ),
        migrations.AddField(
            model_name='ballot',
            name='paused_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='ballot',
            name='pot',
            field=models.PositiveIntegerField(blank=True, help_text='Pounds to spend, in a vote on a budget', null=True),
        ),
        migrations.AddField(
            model_name='ballot',
            name='quorum',
            field=models.PositiveSmallIntegerField(blank=True, help_text='How many have to vote; empty: none', null=True),
        ),
        migrations.AddField(
            model_name='ballot',
            name='revealed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='ballot',
            name='roll_from',
            field=models.CharField(choices=[('check_in', 'Everybody checked in when it opens'), ('list', 'A list of people'), ('bodies', 'Bodies, one vote each')], default='check_in', max_length=10),
        ),
        migrations.AddField(
            model_name='ballot',
            name='round',
            field=models.PositiveSmallIntegerField(default=1, help_text='Which try it is at the same question'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='sealed',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sealing.round'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='secrecy',
            field=models.CharField(choices=[('open', 'Open'), ('secret', 'Secret')], default='secret', max_length=10),
        ),
        migrations.AddField(
            model_name='ballot',
            name='shows_tally',
            field=models.BooleanField(default=False, help_text='Whether the tally is seen while it runs'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='threshold',
            field=models.CharField(blank=True, choices=[('', 'None'), ('half', 'Half of the votes'), ('two_thirds', 'Two thirds of the votes')], default='', max_length=10),
        ),
        migrations.AddField(
            model_name='ballot',
            name='void_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='ballot',
            name='voided_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='choice',
            name='question',
            field=models.CharField(blank=True, choices=[('', 'The one question'), ('impact', 'Impact'), ('feasibility', 'Feasibility')], default='', max_length=12),
        ),
        migrations.AddField(
            model_name='choice',
            name='value',
            field=models.PositiveSmallIntegerField(default=1, help_text='1 for a tick; else points or the rank'),
        ),
        migrations.AddField(
            model_name='option',
            name='price',
            field=models.PositiveIntegerField(blank=True, help_text='In pounds, in a vote on a budget', null=True),
        ),
        migrations.AddField(
            model_name='option',
            name='summary',
            field=models.TextField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name='option',
            name='title',
            field=models.CharField(default=1, max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='rollentry',
            name='kind',
            field=models.CharField(choices=[('person', 'A person'), ('body', 'A body, for which somebody votes')], default='person', max_length=6),
        ),
        migrations.AddField(
            model_name='rollentry',
            name='receipt',
            field=models.CharField(blank=True, editable=False, help_text='By which the form that cast it is known again', max_length=64),
        ),
        migrations.AddField(
            model_name='rollentry',
            name='struck_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='rollentry',
            name='struck_reason',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='rollentry',
            name='voted',
            field=models.BooleanField(help_text='Whether it was used: set at the close', null=True),
        ),
        migrations.AddField(
            model_name='rollentry',
            name='weight',
            field=models.CharField(default='0', help_text='Its share of its organisation’s one vote, as an exact fraction', max_length=40),
        ),
        migrations.AddField(
            model_name='vote',
            name='entry',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vote', to='voting.rollentry'),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='basis',
            field=models.CharField(choices=[('person', 'Per person'), ('council', 'Per council or body')], default='person', max_length=10),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='event',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='events.event'),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='most_choices',
            field=models.PositiveSmallIntegerField(blank=True, help_text='How many one may tick or rank, or the dots that each has; empty: no limit', null=True),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='state',
            field=models.CharField(choices=[('draft', 'Being prepared'), ('open', 'Open'), ('paused', 'Paused'), ('closed', 'Closed'), ('revealed', 'Result shown'), ('published', 'Published'), ('void', 'Void')], default='draft', max_length=10),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='tie_rule',
            field=models.CharField(choices=[('run_off', 'A run-off between those tied'), ('facilitator', 'The facilitator chooses among those tied, and says why'), ('order', 'The one that stands first on the list'), ('none', 'None: they stay tied')], default='run_off', max_length=12),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='to_pursue',
            field=models.PositiveSmallIntegerField(default=1, help_text='How many of the options are chosen'),
        ),
        migrations.AlterField(
            model_name='option',
            name='prototype',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='options', to='projects.prototype'),
        ),
        migrations.AlterField(
            model_name='vote',
            name='cast_at',
            field=models.DateTimeField(default=core.clock.now, null=True),
        ),
        migrations.AlterField(
            model_name='vote',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='ballot',
            name='code',
            field=models.CharField(default=voting.models.new_code, editable=False, help_text='Its short address', max_length=6, unique=True),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('opened_at__isnull', False)), _connector='OR'), name='an_open_ballot_knows_since_when'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paused_at__isnull', False), ('state', 'paused')), models.Q(models.Q(('state', 'paused'), _negated=True), ('paused_at__isnull', True)), _connector='OR'), name='a_paused_ballot_knows_since_when'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('result__isnull', False), ('state__in', ['closed', 'revealed', 'published'])), models.Q(models.Q(('state__in', ['closed', 'revealed', 'published']), _negated=True), ('closed_at__isnull', True), ('result__isnull', True)), _connector='OR'), name='a_closed_ballot_alone_has_a_result'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revealed_at__isnull', False), ('state__in', ['revealed', 'published'])), models.Q(models.Q(('state__in', ['revealed', 'published']), _negated=True), ('revealed_at__isnull', True)), _connector='OR'), name='a_result_is_shown_since_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), models.Q(('outcome', ''), _negated=True), ('outcome_at__isnull', False)), models.Q(models.Q(('state', 'published'), _negated=True), ('outcome', ''), ('outcome_at__isnull', True)), _connector='OR'), name='a_published_ballot_says_what_came_of_it'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'void'), ('voided_at__isnull', False), models.Q(('void_reason', ''), _negated=True)), models.Q(models.Q(('state', 'void'), _negated=True), ('void_reason', ''), ('voided_at__isnull', True)), _connector='OR'), name='a_void_ballot_alone_says_why'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('secrecy', 'secret'), ('shows_tally', False), models.Q(models.Q(('sealed__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('sealed__isnull', False)), _connector='OR')), models.Q(('sealed__isnull', True), ('secrecy', 'open')), _connector='OR'), name='a_secret_ballot_is_sealed_and_shows_no_tally'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('most_per_option__isnull', True), models.Q(('method', 'dots'), ('most_per_option__gt', 0)), _connector='OR'), name='dots_alone_have_a_limit_per_option'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', 'budget'), ('pot__gt', 0), ('pot__isnull', False)), models.Q(models.Q(('method', 'budget'), _negated=True), ('pot__isnull', True)), _connector='OR'), name='a_budget_alone_has_a_pot'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', 'dots'), _negated=True), ('most_choices__isnull', False), _connector='OR'), name='dots_are_a_number'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('quorum__isnull', True), ('quorum__gt', 0), _connector='OR'), name='a_quorum_is_a_number'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(('event__isnull', True), ('held_by', ''), _connector='XOR'), name='a_ballot_is_of_an_event_or_held_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('copy_of__isnull', True), ('round', 1)), models.Q(('copy_of__isnull', False), ('round__gt', 1)), _connector='OR'), name='a_second_round_copies_the_one_before'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.UniqueConstraint(fields=('vote', 'option', 'question'), name='an_option_is_ticked_once'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('ballot', 'title'), name='a_title_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.CheckConstraint(condition=models.Q(('price__isnull', True), ('price__gt', 0), _connector='OR'), name='a_price_is_more_than_nothing'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'body')), fields=('ballot', 'organisation'), name='a_body_is_on_the_roll_once'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'body'), _negated=True), ('organisation__isnull', False), _connector='OR'), name='a_body_on_the_roll_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='rollentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('struck_at__isnull', True), ('struck_reason', '')), models.Q(('struck_at__isnull', False), models.Q(('struck_reason', ''), _negated=True)), _connector='OR'), name='who_is_struck_off_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cast_at__isnull', False), ('entry__isnull', False), ('person__isnull', False)), models.Q(('cast_at', None), ('changed_at', None), ('entry', None), ('organisation', None), ('person', None)), _connector='OR'), name='a_vote_without_a_name_says_nothing_of_its_voter'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='ballot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='voting.ballot'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('ballot', 'code'), name='a_receipt_is_of_one_vote'),
        ),
    ]
