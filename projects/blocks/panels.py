"""The blocks of a project on its page, which cannot read them."""

from django.urls import reverse

from accounts.models import AnyUser
from core.panels import Panel
from projects.blocks.lists import whose_turn
from projects.blocks.models import Block
from projects.blocks.queries import blocks_of_project
from projects.portfolio.models import Project
from projects.portfolio.permissions import can_edit_project

SHOWN = 5  # removed ones


def blocks_panel(project: Project, user: AnyUser) -> Panel | None:
    """What blocks a project and what did, with the way to raise more; nothing where there is neither."""
    blocks = blocks_of_project(project)
    can_raise = can_edit_project(user, project) and not project.has_ended
    if not blocks and not can_raise:
        return None
    context = {
        "open": [(block, _note(block)) for block in blocks if not block.removed_on],
        "removed": [block for block in blocks if block.removed_on][:SHOWN],
        "raise_url": reverse("projects:block_new", args=[project.slug]) if can_raise else "",
    }
    return Panel("projects/panel_blocks.html", context, order=5)


def _note(block: Block) -> str:
    return f"With {whose_turn(block.head)}"
