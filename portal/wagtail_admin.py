"""The app config of Wagtail's admin, in place of `wagtail.admin` among the installed apps."""

from wagtail.admin.apps import WagtailAdminAppConfig


class AdminConfig(WagtailAdminAppConfig):
    default = False

    def ready(self) -> None:
        """Use the site's form fields in the admin, and disconnect Wagtail's own mails about workflows."""
        from django.db.models import ManyToManyField
        from wagtail.admin.forms.models import register_form_field_override
        from wagtail.fields import RichTextField

        from core.forms import RowsField
        from publishing.receivers import silence_wagtail
        from publishing.unread import RichTextFormField

        super().ready()
        register_form_field_override(ManyToManyField, override={"form_class": RowsField})
        register_form_field_override(RichTextField, override={"form_class": RichTextFormField})
        silence_wagtail()
