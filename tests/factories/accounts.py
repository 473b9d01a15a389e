import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import Role

# Seventeen and nineteen, so that 323 people in a row have each another name; to draw them by chance takes longer.
FIRST_NAMES = (
    "Aisha Owen Priya Callum Zofia Leon Maureen Tariq Siân Derek Chloe Femi Joan Kwame Ruth Stefan Wendy"
).split()
LAST_NAMES = (
    "Adams Begum Clarke Dhillon Evans Fraser Goode Hussain Ingram Jones Kaur Lowe Mensah Nowak O’Shea Price Quinn Roper"
    " Singh"
).split()


class UserFactory(factory.django.DjangoModelFactory):
    """Someone with a verified address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"{FIRST_NAMES[n % len(FIRST_NAMES)]} {LAST_NAMES[n % len(LAST_NAMES)]}")

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


def with_second_factor(person: User) -> User:
    """The same person with an authenticator app set up."""
    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
    return person


def give_role(person: User, *roles: Role) -> User:
    """The same person with platform roles and the second factor they need."""
    person.groups.add(*(Group.objects.get_or_create(name=role.value)[0] for role in roles))
    return with_second_factor(person)
