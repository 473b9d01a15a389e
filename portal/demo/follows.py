"""What the demo people follow, and a search that one of them has saved."""

from assets_registry.models import Asset
from portal.demo.people import person
from portal.follows.operations import follow
from projects.models import Need, Project
from search.asking import SearchQuery
from search.saved.operations import save_search

OF_THE_OFFICER = (("weekly", Asset, "deferred-payment-calculator"), ("daily", Asset, "waste-standards-and-api"))


def build() -> None:
    """The officer follows two assets, a project, a need of today and its service; and keeps a search on bins."""
    officer = person("officer")
    for rhythm, model, slug in OF_THE_OFFICER:
        follow(model.objects.get(slug=slug), rhythm=rhythm, by=officer)
    if project := Project.objects.filter(is_illustrative=True).order_by("pk").first():
        follow(project, rhythm="at_once", by=officer)
    if need := Need.objects.open().filter(service__isnull=False).order_by("-raised_at", "pk").first():  # type: ignore[attr-defined]  # the queryset of needs has it
        follow(need, rhythm="weekly", by=officer)
        follow(need.service, rhythm="weekly", by=officer)
    save_search(SearchQuery(q="bins"), name="Anything about bins", by=officer)
