"""Pages and actions of the asset registry."""

from assets_registry.views.actions import approve, checked, publish, send_back, submit, withdraw
from assets_registry.views.asking import ask_owner
from assets_registry.views.entry import edit, register
from assets_registry.views.reading import asset, assets, picture, publiccode_file

__all__ = [
    "approve",
    "ask_owner",
    "asset",
    "assets",
    "checked",
    "edit",
    "picture",
    "publiccode_file",
    "publish",
    "register",
    "send_back",
    "submit",
    "withdraw",
]
