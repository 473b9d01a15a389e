import uuid

import factory

from search.models import PinnedSearch, SynonymGroup, SynonymPhrase, WordList
from search.vocabulary import key_of


class SynonymGroupFactory(factory.django.DjangoModelFactory):
    """A group of two phrases that stand in no other."""

    class Meta:
        model = SynonymGroup
        skip_postgeneration_save = True

    @factory.post_generation
    def phrases(self, create, extracted, **kwargs):
        for text in extracted or (f"quibble {self.pk}", f"quarrel {self.pk}"):
            SynonymPhrase.objects.create(group=self, text=text, stems=key_of(text))
        WordList.objects.update(stamp=uuid.uuid4())


class PinnedSearchFactory(factory.django.DjangoModelFactory):
    """Words with the records pinned for them, given by the keys of their documents."""

    class Meta:
        model = PinnedSearch
        skip_postgeneration_save = True

    words = factory.Sequence(lambda n: f"quibble {n}")
    stems = factory.LazyAttribute(lambda pin: key_of(pin.words))

    @factory.post_generation
    def keys(self, create, extracted, **kwargs):
        for position, key in enumerate(extracted or (), start=1):
            self.results.create(position=position, key=key)
        WordList.objects.update(stamp=uuid.uuid4())
