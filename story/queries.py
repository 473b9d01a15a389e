"""The story of a record: the chain it belongs to, from need to case study."""

from dataclasses import dataclass, replace

from django.db.models import Model

from projects.models import Discovery, Project
from publishing.models import CaseStudyPage
from story import rows
from story.nodes import KINDS, Node, nodes_of, present_step
from story.rows import StepRow
from story.statements import rows_of


@dataclass(frozen=True)
class Story:
    """The nodes of one chain in the order in which things happen."""

    nodes: tuple[Node, ...] = ()

    @property
    def happened(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if not node.is_future)


def chain_of(record: Model) -> Story:
    """The chain of `record` as far as strangers may see it, for every reader: asking for roles would cost more."""
    here = present_step(record)
    if not here or record.pk is None:
        return Story()
    found = rows_of(record)
    happened = {node.step: node for node in nodes_of(found)}
    if here == rows.NEED and happened:  # of a need one asks how far it has come
        here = max(happened)
    if here in happened and happened[here].state == "past":
        happened[here] = replace(happened[here], state="present")
    if not happened:
        return Story()
    if isinstance(record, CaseStudyPage) and here not in happened:  # only who may read the draft is on its page
        fact = "" if record.live else "Not published yet"
        happened[here] = Node(here, KINDS[here], record.title, fact, state="present")
    return Story((*happened.values(), *_to_come(happened, found)))


def _to_come(happened: dict[int, Node], found: dict[int, StepRow]) -> list[Node]:
    """The future nodes, after the last step that happened; none once the chain was stopped or withdrawn."""
    discovery, project = found.get(rows.DISCOVERY), found.get(rows.PROJECT)
    if discovery and discovery.state == Discovery.Step.STOPPED and not project:
        return []
    if project and project.state == Project.Stage.STOPPED:
        return []
    if [node.state for node in happened.values()] == ["withdrawn"]:
        return []
    last = max(happened)
    return [Node(step, kind, "To come", state="future") for step, kind in KINDS.items() if step > last]
