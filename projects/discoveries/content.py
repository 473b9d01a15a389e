"""What whoever ends a step of a discovery is shown, as a hash for the trail."""

from core.content import digest_of
from projects.discoveries.models import Discovery, Prototype
from projects.sums.models import SUMS


def step_one_hash(discovery: Discovery) -> str:
    """The SHA-256 of what a Discovery Day has brought: issues, projects scoped, the verdict and what it rests on."""
    return digest_of(
        {
            "title": discovery.title,
            "summary": discovery.summary,
            "issues": [issue.wording for issue in discovery.priority_issues.all()],
            "scoped": [[project.title, project.scope] for project in discovery.potential_projects.all()],
            "verdict": [discovery.feasibility, discovery.feasibility_reason],
        }
    )


def step_two_hash(discovery: Discovery) -> str:
    """The SHA-256 of what a Co-Design Day has made: the prototypes with their figures, under the verdict of step 1."""
    prototypes = discovery.prototypes.select_related("outline").order_by("pk")
    return digest_of(
        {
            "title": discovery.title,
            "verdict": [discovery.feasibility, discovery.feasibility_reason],
            "prototypes": [_prototype(each) for each in prototypes],
        }
    )


def _prototype(prototype: Prototype) -> dict[str, object]:
    outline = getattr(prototype, "outline", None)
    figures = {name: getattr(outline, name) for name in SUMS} if outline else None
    return {"title": prototype.title, "summary": prototype.summary, "made_by": prototype.made_by, "figures": figures}
