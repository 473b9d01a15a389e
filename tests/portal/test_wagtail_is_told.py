"""What this site changes in Wagtail fails loudly where a new Wagtail has other names."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import resolve
from wagtail.admin import signal_handlers
from wagtail.admin.mail import Notifier
from wagtail.models import WorkflowState
from wagtail.signals import workflow_rejected

from core.permissions import anyone
from portal.foreign_routes import foreign_rule
from publishing import receivers


def test_wagtails_own_mails_are_connected_nowhere():
    for signal, sender, name in receivers.MAILS_OF_WAGTAIL:
        assert not signal.disconnect(sender=sender, dispatch_uid=name)
    assert not workflow_rejected.has_listeners(WorkflowState)  # the step that sent it back has told the author


def test_a_mail_of_wagtail_under_another_name_is_not_silenced_in_silence():
    with pytest.raises(ImproperlyConfigured, match="email_notification"):  # they are gone already
        receivers.silence_wagtail()


def test_wagtail_has_no_mail_of_its_own_beyond_those():
    its_own = [each for each in vars(signal_handlers).values() if isinstance(each, Notifier)]

    assert len(its_own) == len(receivers.MAILS_OF_WAGTAIL)


def test_the_pages_route_is_open_and_one_that_merely_looks_like_it_is_shut():
    route = resolve("/some/page/").route

    assert foreign_rule(route).rule is anyone
    assert foreign_rule(r"^((?:[\w\-]+/)*)secret$") is None
