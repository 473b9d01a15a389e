import factory

from outbox.emails import NOTICE
from outbox.models import Message
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
