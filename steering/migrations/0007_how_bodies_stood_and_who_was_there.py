"""The rows that were there: seats since the first meeting, attendance and votes as a row for each body."""

from django.db import migrations
from django.db.models import Min

STOOD = {"For": "for", "Against": "against", "Abstain": "abstained"}


def seats_since_the_first_meeting(apps, schema_editor) -> None:
    first = apps.get_model("steering", "Meeting").objects.aggregate(first=Min("day"))["first"]
    if first:
        apps.get_model("steering", "BoardSeat").objects.update(since=first)


def attendance_by_body(apps, schema_editor) -> None:
    Meeting = apps.get_model("steering", "Meeting")
    BodyAttendance = apps.get_model("steering", "BodyAttendance")
    there = Meeting.present.through.objects.values_list("meeting_id", "boardseat_id").order_by("pk")
    BodyAttendance.objects.bulk_create(
        BodyAttendance(meeting_id=meeting, seat_id=seat, came="present") for meeting, seat in there
    )


def stands_of_decisions(apps, schema_editor) -> None:
    """A row for each body: named where they voted by e-mail, else without a seat, since only numbers were kept."""
    Decision = apps.get_model("steering", "Decision")
    SeatStand = apps.get_model("steering", "SeatStand")
    seats = dict(apps.get_model("steering", "BoardSeat").objects.values_list("body_id", "pk"))
    rows = []
    for decision in Decision.objects.order_by("pk"):
        counts = {"for": decision.votes_for, "against": decision.votes_against, "abstained": decision.abstentions}
        named = _named(apps, decision, seats)
        if {stood: sum(how == stood for how in named.values()) for stood in counts} == counts:
            rows += [SeatStand(decision=decision, seat_id=seat, stood=stood) for seat, stood in named.items()]
        else:
            rows += [
                SeatStand(decision=decision, stood=stood) for stood, number in counts.items() for _ in range(number)
            ]
    SeatStand.objects.bulk_create(rows)


def _named(apps, decision, seats: dict) -> dict:
    """How each seat stood, where the decision was made by e-mail in a vote whose votes have names."""
    motion = apps.get_model("steering", "Motion").objects.filter(decision=decision).first()
    if motion is None:
        return {}
    cast = apps.get_model("voting", "Choice").objects.filter(vote__ballot_id=motion.ballot_id)
    cast = cast.values_list("vote__entry__organisation_id", "option__title")
    return {seats[body]: STOOD[title] for body, title in cast if body in seats and title in STOOD}


class Migration(migrations.Migration):
    dependencies = [
        ("steering", "0006_who_stood_how_and_what_is_planned"),
        ("voting", "0006_spoilt_slips"),
    ]

    operations = [
        migrations.RunPython(seats_since_the_first_meeting, migrations.RunPython.noop),
        migrations.RunPython(attendance_by_body, migrations.RunPython.noop),
        migrations.RunPython(stands_of_decisions, migrations.RunPython.noop),
        migrations.RemoveField("meeting", "present"),
    ]
