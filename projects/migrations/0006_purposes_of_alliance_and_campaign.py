"""Purposes have a kind; the seven of the Alliance, the three of its campaign and three principles are reference rows."""

from django.db import migrations, models

# Alliance terms of reference, July 2013; Local Digital Today 2014, part 4; Planting the Flag, as quoted in 2013.
PURPOSES = [
    (
        "alliance",
        "Sector-wide leadership",
        "Creating sector wide leadership and strategic appreciation of the benefits for providing digitally enabled "
        "services",
    ),
    (
        "alliance",
        "Input into exemplar services",
        "Joining up and support strong local authority input into relevant Government Digital Strategy exemplar service "
        "transformation programmes",
    ),
    (
        "alliance",
        "Digital by default",
        "Promoting Digital by Default so that those customers who are happy to do so interact with their council via "
        "well designed and marketed digital channels",
    ),
    (
        "alliance",
        "Transition and assisted digital",
        "Supporting those citizens and businesses who are not currently using digital services to transition to them as "
        "soon as possible; but providing assisted digital access through traditional channels where they remain unable "
        "to do so independently",
    ),
    (
        "alliance",
        "Growth, broadband and skills",
        "Maximise the potential of digital, including roll out of super-fast broadband and ensuring high quality "
        "education and training, to support local economic growth",
    ),
    (
        "alliance",
        "Collaboration with partners",
        "Enabling collaboration with a range of partners including the private, voluntary and community sectors, to "
        "support the development and implementation of digital solutions",
    ),
    (
        "alliance",
        "Sharing good practice",
        "Developing a sector wide approach which fosters the sharing of good practice and learning",
    ),
    (
        "campaign",
        "Amplify the best",
        "Amplifying the best of digital innovation and culture change to accelerate use of digital to deliver better "
        "services and save money",
    ),
    (
        "campaign",
        "Lasting two-way sharing",
        "Creating lasting two-way sharing between central and local public services",
    ),
    (
        "campaign",
        "Standards and APIs",
        "Discovering and nurturing development of standards and APIs to transform central-local service delivery",
    ),
    (
        "principle",
        "Collaborate, share and re-use",
        "Collaborate, share and re-use assets across public service organisations",
    ),
    (
        "principle",
        "Redesign services",
        "Redesign services to simplify, standardise and automate holistically taking people, processes, information and "
        "technology into account when designing services",
    ),
    (
        "principle",
        "Innovate to empower",
        "Innovate to empower citizens and communities shifting ownership and use of information and technology towards "
        "the service user",
    ),
]


def add_purposes(apps, schema_editor):
    """Those that are not there by name come behind those that are, which keep their words and their order."""
    purposes = apps.get_model("projects", "Purpose").objects.using(schema_editor.connection.alias)
    known = set(purposes.values_list("name", flat=True))
    last = max(purposes.values_list("order", flat=True), default=0)
    for kind, name, wording in PURPOSES:
        if name not in known:
            last += 1
            purposes.create(kind=kind, name=name, wording=wording, order=last)


class Migration(migrations.Migration):

    dependencies = [
        ("projects", "0005_described_projects_and_offers"),
    ]

    operations = [
        migrations.AddField(
            model_name="purpose",
            name="kind",
            field=models.CharField(
                choices=[
                    ("alliance", "Purpose of the Alliance"),
                    ("campaign", "Purpose of the campaign"),
                    ("principle", "Principle of Planting the Flag"),
                ],
                default="alliance",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="purpose",
            name="wording",
            field=models.TextField(help_text="As its document puts it"),
        ),
        migrations.RunPython(add_purposes, migrations.RunPython.noop),
    ]
