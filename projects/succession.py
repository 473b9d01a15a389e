"""What goes on at a council in projects and needs, for its successor to carry on."""

from django.db.models import QuerySet

from core import clock
from councils.models import Organisation
from councils.succession import RunningWork, Succession
from projects.blocks.models import Block
from projects.interest.models import Interest
from projects.needs.models import Need, NeedSupport
from projects.portfolio.models import Project


def _led(council: Organisation) -> QuerySet[Project]:
    return Project.objects.living().filter(lead_council=council)


def _hand_on_lead(project: Project, succession: Succession) -> None:
    project.lead_council = succession.to
    project.save(update_fields=["lead_council"])
    project.partners.remove(succession.to)


def _joined(council: Organisation) -> QuerySet[Project]:
    return Project.objects.living().filter(partners=council)


def _hand_on_part(project: Project, succession: Succession) -> None:
    project.partners.remove(succession.council)
    if project.lead_council_id != succession.to.pk:
        project.partners.add(succession.to)


def _needs(council: Organisation) -> QuerySet[NeedSupport]:
    return NeedSupport.objects.filter(council=council, need__state=Need.State.OPEN)


def _hand_on_need(support: NeedSupport, succession: Succession) -> None:
    """The successor has the need too; who raised or joined it first stays on its page."""
    said = {"joined_by_id": support.joined_by_id, "joined_at": clock.now()}
    NeedSupport.objects.get_or_create(need_id=support.need_id, council=succession.to, defaults=said)


def _offers(council: Organisation) -> QuerySet[Interest]:
    return Interest.objects.open().filter(council=council)


def _hand_on_offer(offer: Interest, succession: Succession) -> None:
    """An offer that waits for its answer is the successor's, unless it has made the same or leads the project."""
    same = Interest.objects.open().filter(project=offer.project_id, kind=offer.kind, council=succession.to)
    if not same.exists() and offer.project.lead_council_id != succession.to.pk:
        offer.council = succession.to
        offer.save(update_fields=["council"])


def _waiting(council: Organisation) -> QuerySet[Block]:
    return Block.objects.open().filter(councils=council)


def _hand_on_wait(block: Block, succession: Succession) -> None:
    block.councils.remove(succession.council)
    block.councils.add(succession.to)


RUNNING = (
    RunningWork(("project it leads", "projects it leads"), _led, _hand_on_lead, str),
    RunningWork(("project of others that it is in", "projects of others that it is in"), _joined, _hand_on_part, str),
    RunningWork(
        ("open need that it has", "open needs that it has"), _needs, _hand_on_need, lambda each: str(each.need)
    ),
    RunningWork(
        ("offer to a project that waits for an answer", "offers to projects that wait for an answer"),
        _offers,
        _hand_on_offer,
        lambda offer: str(offer.project),
    ),
    RunningWork(("block that it waits for", "blocks that it waits for"), _waiting, _hand_on_wait, str),
)
