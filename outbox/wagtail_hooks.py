from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.base import ViewSetGroup

from accounts.look_only import LookOnly
from accounts.roles import Role
from outbox.kinds import title_of
from outbox.models import Message, PausedAddress

NOT_SHOWN = ["key", "subject", "body", "details", "claimed_by"]  # its words are its reader's


def _its_page(message: Message) -> str:
    return reverse("messages:inspect", args=[message.pk])


class MessageFields(InspectView):
    """The page of a message, with what it is and where it goes in words."""

    def get_kind_display_value(self) -> str:
        return title_of(self.object)

    def get_address_display_value(self) -> str:
        return self.object.to


class Mail(ViewSetGroup):
    menu_label = "Mail"
    menu_icon = "mail"
    items = (
        LookOnly(
            Message,
            Role.SECRETARIAT,
            name="messages",
            icon="mail",
            related=["person"],
            inspect_view_class=MessageFields,
            list_display=[
                TitleColumn("kind", label="Kind", accessor=title_of, sort_key="kind", get_url=_its_page),
                "person",
                Column("address", label="Address", accessor="to", sort_key="address"),
                *("state", "tries", "unsure", "refusal", "asked_at", "sent_at"),
            ],
            list_filter={"state": ["exact"], "kind": ["exact"], "unsure": ["gte"], "asked_at": ["gte"]},
            search_fields=["person__name", "person__email", "address", "refusal"],
            inspect_view_fields_exclude=NOT_SHOWN,
            inspect_template_name="wagtailadmin/outbox/message.html",
        ),
        LookOnly(
            PausedAddress,
            Role.SECRETARIAT,
            name="paused_addresses",
            icon="mail",
            related=["person"],
            list_display=["address", "person", "since", "words"],
            search_fields=["person__name", "address"],
        ),
    )


@hooks.register("register_admin_viewset")
def register_listings() -> Mail:
    return Mail()
