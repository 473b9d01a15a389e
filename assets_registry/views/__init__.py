"""Pages and deeds of the asset registry."""

from assets_registry.views.adoptions import adopt, ask_owner, change_adoption, confirm_adoption, turn_down_adoption
from assets_registry.views.benefits import benefits, check_benefit, claim
from assets_registry.views.deeds import approve, checked, publish, send_back, submit, withdraw
from assets_registry.views.entry import edit, register
from assets_registry.views.reading import asset, assets, picture, publiccode_file, waiting

__all__ = [
    "adopt",
    "approve",
    "ask_owner",
    "asset",
    "assets",
    "benefits",
    "change_adoption",
    "check_benefit",
    "checked",
    "claim",
    "confirm_adoption",
    "edit",
    "picture",
    "publiccode_file",
    "publish",
    "register",
    "send_back",
    "submit",
    "turn_down_adoption",
    "waiting",
    "withdraw",
]
