"""Nothing, or rubbish instead of keys, sent to any address of the admin is refused, never an error of the server."""

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.models import Revision

from publishing import standing
from publishing.models import CaseStudyIndexPage
from tests.publishing.admin_addresses import addresses_of
from tests.publishing.test_whole_admin import sealed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("short_directory")]
__all__ = ["sealed"]

KEYS = ("id", "new_parent_page", "chooser", "task", "page", "type", "childOf", "object_id", "next", "user", "p", "url")


def sent_to(client, address):
    """What the server answers to a post of nothing, and to rubbish in the address and in the form."""
    rubbish = dict.fromkeys(KEYS, "x")
    yield "nothing", client.post(address)
    yield "?x", client.get(address, rubbish)
    yield "x", client.post(address, rubbish)


def test_no_address_of_the_admin_breaks_over_nothing_or_rubbish(sealed, edith, signed_in):
    """As an editor, who comes to all that a contributor comes to."""
    client = signed_in(edith)
    client.raise_request_exception = False
    addresses = {address.partition("?")[0] for address in addresses_of(sealed, search="sealed")}
    broken = {}

    for address in sorted(addresses):
        with transaction.atomic():  # undone, so that what one address deletes the next still meets
            for what, answer in sent_to(client, address):
                if answer.status_code >= 500:
                    broken[f"{address} {what}"] = repr(answer.exc_info[1])[:120] if answer.exc_info else ""
            transaction.set_rollback(True)

    assert len(addresses) > 50
    assert "\n".join(f"{where}: {why}" for where, why in broken.items()) == ""


@pytest.mark.parametrize("who", ["amina", "edith"])
@pytest.mark.parametrize("key", [2**31, 10**23])
def test_a_page_of_a_key_that_no_database_keeps_is_not_there(request, who, key, signed_in):
    client = signed_in(request.getfixturevalue(who))

    for where in ("edit", "delete", "copy", "history"):
        assert client.get(f"/cms/pages/{key}/{where}/").status_code == 404
    assert client.get(f"/cms/choose-page/{key}/").status_code == 404


def test_what_breaks_in_our_own_code_is_still_an_error(sealed, edith, signed_in, monkeypatch):
    def broken(state):
        raise ValueError("ours")

    client = signed_in(edith)
    client.raise_request_exception = False
    monkeypatch.setattr(standing, "people_to_decide", broken)

    assert client.get(reverse("wagtailadmin_pages:edit", args=[sealed.pk])).status_code == 500


@pytest.mark.parametrize("action", ["publish", "unpublish", "copy", "delete", "move", "create_alias"])
def test_no_action_for_programs_leaves_a_version_in_somebodys_name(action, sealed, amina, edith, signed_in):
    index = CaseStudyIndexPage.objects.get()
    before = Revision.objects.count()

    for person in (amina, edith):
        address = reverse("wagtailadmin_api:pages:action", args=[index.pk, action])
        assert signed_in(person).post(address, {}, content_type="application/json").status_code == 403

    assert Revision.objects.count() == before
