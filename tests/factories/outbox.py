import factory

from outbox.emails import NOTICE
from outbox.models import Message, PausedAddress
from tests.factories.accounts import UserFactory


class MessageFactory(factory.django.DjangoModelFactory):
    """A message whose words are made already."""

    class Meta:
        model = Message

    key = factory.Sequence(lambda n: f"message {n}")
    kind = NOTICE.name
    person = factory.SubFactory(UserFactory)
    subject = "Your password was changed"
    body = "You have changed your password."

    class Params:
        failed = factory.Trait(state=Message.State.FAILED, tries=3, refusal="550 5.1.1 No such user here")


class PausedAddressFactory(factory.django.DjangoModelFactory):
    """The address of an account, whose mail server said that it does not exist."""

    class Meta:
        model = PausedAddress

    person = factory.SubFactory(UserFactory)
    address = factory.SelfAttribute("person.email")
    words = "550 5.1.1 No such user here"
