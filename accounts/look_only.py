"""Read-only lists in the Wagtail admin; rows are changed on the record's own page."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Value
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.models import AnyUser, User
from accounts.permissions import acts_as
from accounts.roles import Role


class LookOnlyPolicy(BasePermissionPolicy):
    """The holders of some roles may view; nobody else may, and nobody may add, change or delete."""

    def __init__(self, model: type[Model], roles: Collection[Role]) -> None:
        super().__init__(model)
        self.roles = roles

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        return action == "view" and acts_as(user, *self.roles)

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[User]:
        if "view" not in actions:
            return User.objects.none()
        holders = User.objects.filter(Q(groups__name__in=self.roles) | Q(is_superuser=True), is_active=True)
        return holders.distinct()


class LookOnlyIndex(IndexView):
    """The list's index; each row links to the record's page where its reader may open it, else to its fields."""

    pages: Callable[[AnyUser], QuerySet] | None = None
    related: Sequence[str] = ()

    def get_base_queryset(self) -> QuerySet:
        rows, has_page = super().get_base_queryset(), Value(False)
        if self.pages:
            has_page = Exists(self.pages(self.request.user).filter(pk=OuterRef("pk")))
        return rows.annotate(has_page=has_page).select_related(*self.related or [None])  # without names: of all keys

    @cached_property
    def filterset_class(self) -> Any:
        """Wagtail's filters under plain names."""
        made = super().filterset_class
        for name, each in made.base_filters.items() if made else ():
            if name.startswith("is_"):
                each.label = _label(name, "")
        return made

    def get_inspect_url(self, instance: Any) -> str | None:
        return instance.get_absolute_url() if instance.has_page else super().get_inspect_url(instance)

    def get_list_more_buttons(self, instance: Any) -> list[MenuItem]:
        fields = super().get_inspect_url(instance) if instance.has_page else None
        return [MenuItem("All fields", url=fields, icon_name="info-circle")] if fields else []


def _label(name: str, label: str) -> str:
    """What a column is called; a yes or no by what it says."""
    return name.removeprefix("is_").replace("_", " ").capitalize() if name.startswith("is_") else label


class LookOnlyInspect(InspectView):
    """All fields of a row in plain words."""

    def get_field_label(self, field_name: str, field: Any) -> str:
        return _label(field_name, super().get_field_label(field_name, field))

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        return "–" if value is None else value


class LookOnly(ModelViewSet):
    """A read-only list of `model` for the holders of `roles`, with search, filters and a page of all fields of a row.

    `pages` returns the records a user may open on the site, as the `visible_…` of permissions do; `related` names the
    keys that its columns follow. All other attributes (`list_display`, `icon`) are Wagtail's.
    """

    index_view_class = LookOnlyIndex
    inspect_view_class = LookOnlyInspect
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50
    pages: Callable[[AnyUser], QuerySet] | None = None
    related: Sequence[str] = ()

    def __init__(self, model: type[Model], *roles: Role, name: str | None = None, **said: Any) -> None:
        register_permission_policy(model, LookOnlyPolicy(model, roles), exact_class=True)
        super().__init__(name, model=model, **said)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(pages=self.pages, related=self.related, **kwargs)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """None: the roles decide, not permissions of groups."""
        return Permission.objects.none()

    def get_urlpatterns(self) -> list[URLPattern]:
        """The addresses of the list and of a row; none for forms, since nobody may open them."""
        addresses = [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]
        if self.inspect_view_enabled:
            addresses.append(path(f"inspect/<{self.pk_path_converter}:pk>/", self.inspect_view, name="inspect"))
        return addresses
