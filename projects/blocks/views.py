"""The page on which a project says what blocks it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.http import SignedInRequest
from core.answering import answered, posted
from core.permissions import allow, require, signed_in
from projects.blocks import operations
from projects.blocks.forms import BlockForm
from projects.portfolio.permissions import can_edit_project, visible_projects


@allow(signed_in)
def block_new(request: SignedInRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(visible_projects(request.user), slug=slug)
    require(can_edit_project(request.user, project), "Only those who may edit a project say what blocks it.")
    form = BlockForm(posted(request))
    said = "Raised. Its clock runs from today: after 14 days it goes to the secretariat, after 30 to the board."
    done = answered(request, form, operations.raise_block, project, said=said)
    return done or render(request, "projects/block_form.html", {"form": form, "project": project})
