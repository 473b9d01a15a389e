from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from accounts.look_only import LookOnly
from accounts.roles import Role
from outbox.models import Message, PausedAddress

NOT_SHOWN = ["key", "subject", "body", "details", "claimed_by"]  # its words are its reader's


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
            list_display=["kind", "person", "address", "state", "tries", "unsure", "refusal", "asked_at", "sent_at"],
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
