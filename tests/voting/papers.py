"""Open ballots of every method, with the fields that a voter fills in and what goes wrong with them."""

from tests.factories.accounts import UserFactory
from tests.factories.councils import OrganisationFactory
from tests.factories.projects import PrototypeFactory
from tests.factories.voting import checked_in
from voting.ballots import operations as ballots
from voting.models import Ballot

TITLES = ("Waste standards", "Verify once", "Caresupermarket", "Bin days")
RULES = {
    "single": {},
    "approval": {"most_choices": 2},
    "dots": {"most_choices": 5, "most_per_option": 3},
    "score": {},
    "ranked": {"most_choices": 3},
    "matrix": {},
    "budget": {"pot": 60_000},
}


def open_ballot(day, by, method, *voters, secrecy=Ballot.Secrecy.OPEN, **rules):
    """An open ballot on four prototypes, with these people on its roll and enough others."""
    for person in (*voters, *(UserFactory() for _ in range(5))):
        checked_in(day, person, OrganisationFactory())
    prototypes = [PrototypeFactory(title=title, made_by=f"Team of {title}") for title in TITLES]
    draft = ballots.prepare_ballot(
        day, by=by, question="Which prototypes should we pursue?", prototypes=prototypes, secrecy=secrecy
    )
    for name, value in {"method": method, **RULES[method], **rules}.items():
        setattr(draft, name, value)
    draft.save()
    if method == "budget":
        for n, option in enumerate(draft.options.all(), start=1):
            draft.options.filter(pk=option.pk).update(price=n * 20_000)
    return ballots.open_ballot(draft, by=by)


def filled_in(ballot):
    """What a voter sends of each method: something for the first two options."""
    first, second = list(ballot.options.all())[:2]
    return {
        "single": {"options": [first.pk]},
        "approval": {"options": [first.pk, second.pk]},
        "budget": {"options": [first.pk, second.pk]},
        "dots": {f"option-{first.pk}": "3", f"option-{second.pk}": "1"},
        "score": {f"option-{first.pk}": "5", f"option-{second.pk}": "0"},
        "ranked": {f"option-{first.pk}": "2", f"option-{second.pk}": "1"},
        "matrix": {f"option-{first.pk}-impact": "4", f"option-{first.pk}-feasibility": "2"},
    }[ballot.method]
