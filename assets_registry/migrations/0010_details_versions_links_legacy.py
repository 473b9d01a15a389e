"""What entries of each kind say, versions with notes, links between assets, and legacy entries."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


def key_of(address):
    """The normalised address, as the registry made it when this was written."""
    key = address.strip().lower().partition("://")[2].removeprefix("git@").removeprefix("www.")
    return key.partition("#")[0].rstrip("/").removesuffix(".git").rstrip("/")[:400]


def fill_from_entries(apps, schema_editor):
    """Remember the version that each entry names, and the repositories that its file says it is based on."""
    Asset, Version, Base = (apps.get_model("assets_registry", each) for each in ("Asset", "AssetVersion", "NamedBase"))
    versions, bases = [], []
    for pk, version, day, said in Asset.objects.values_list("pk", "version", "released_on", "publiccode").iterator():
        if version:
            versions.append(Version(asset_id=pk, version=version, released_on=day))
        named = said.get("isBasedOn") if isinstance(said, dict) else None
        addresses = named if isinstance(named, list) else [named]
        keys = {key for each in addresses if isinstance(each, str) and (key := key_of(each))}
        bases += [Base(asset_id=pk, key=key) for key in sorted(keys)]
    Version.objects.bulk_create(versions, batch_size=500)
    Base.objects.bulk_create(bases, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('assets_registry', '0009_health_of_assets'),
        ('councils', '0001_squashed_0005_people_who_may_be_asked'),
        ('projects', '0001_squashed_0002_how_it_looks_and_moves'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.RunPython(fill_from_entries, migrations.RunPython.noop, elidable=True),
    ]
