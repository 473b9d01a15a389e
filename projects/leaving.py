"""What somebody is asked about and hears of in projects and needs, for a colleague."""

from councils.leaving import PersonalWork, gives
from projects.blocks.models import Block
from projects.interest.models import Interest
from projects.needs.models import Need, NeedSupport
from projects.portfolio.models import BusinessCase, Project

OF_ONE_PERSON = (
    PersonalWork(
        ("project that they are the key contact of", "projects that they are the key contact of"),
        Project.objects.living,
        "lead_council",
        "contact",
        gives("contact"),
    ),
    PersonalWork(
        ("business case that they are writing", "business cases that they are writing"),
        lambda: BusinessCase.objects.filter(state=BusinessCase.State.DRAFT, project__in=Project.objects.living()),
        "project__lead_council",
        "written_by",
        gives("written_by"),
    ),
    PersonalWork(
        ("open need that they hear of for the council", "open needs that they hear of for the council"),
        lambda: NeedSupport.objects.filter(need__state=Need.State.OPEN),
        "council",
        "joined_by",
        gives("joined_by"),
    ),
    PersonalWork(
        ("offer to a project that waits for an answer", "offers to projects that wait for an answer"),
        Interest.objects.open,
        "council",
        "by",
        gives("by"),
    ),
    PersonalWork(
        ("block that stands open", "blocks that stand open"),
        Block.objects.open,
        "project__lead_council",
        "raised_by",
        gives("raised_by"),
    ),
)
