"""Pages and actions of the asset registry."""

from assets_registry.details.views import details
from assets_registry.legacy.views import verify
from assets_registry.links.views import links, remove_link
from assets_registry.versions.views import add_version, change_version, versions
from assets_registry.views.actions import approve, checked, publish, send_back, submit, withdraw
from assets_registry.views.asking import ask_owner
from assets_registry.views.entry import edit, register
from assets_registry.views.metadata import catalogue, codemeta_file, dcat
from assets_registry.views.reading import asset, assets, picture, publiccode_file

__all__ = [
    "add_version",
    "approve",
    "ask_owner",
    "asset",
    "assets",
    "catalogue",
    "change_version",
    "checked",
    "codemeta_file",
    "dcat",
    "details",
    "edit",
    "links",
    "picture",
    "publiccode_file",
    "publish",
    "register",
    "remove_link",
    "send_back",
    "submit",
    "verify",
    "versions",
    "withdraw",
]
