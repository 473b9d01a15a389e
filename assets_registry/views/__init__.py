"""Pages and actions of the asset registry."""

from assets_registry.views.actions import approve, checked, publish, send_back, submit, withdraw
from assets_registry.views.asking import ask_owner
from assets_registry.views.entry import edit, register
from assets_registry.views.metadata import catalogue, codemeta_file, dcat
from assets_registry.views.reading import asset, assets, picture, publiccode_file

__all__ = [
    "approve",
    "ask_owner",
    "asset",
    "assets",
    "catalogue",
    "checked",
    "codemeta_file",
    "dcat",
    "edit",
    "picture",
    "publiccode_file",
    "publish",
    "register",
    "send_back",
    "submit",
    "withdraw",
]
