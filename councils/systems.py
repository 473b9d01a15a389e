"""A contributor says what a council runs; its lead confirms it; then it stands on the council's page."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.operations import log_action
from core import clock
from core.errors import Refused
from core.permissions import require
from councils.models import Organisation, Service, System
from councils.names import product_key
from councils.permissions import can_change_system, can_confirm_system, can_declare_system, can_lead


@transaction.atomic
def declare_system(
    council: Organisation,
    *,
    by: User,
    product: str,
    service: Service | None = None,
    used_for: str = "",
    supplier: str = "",
    until: dt.date | None = None,
    is_illustrative: bool = False,
) -> System:
    """Say that a council runs a product; confirmed at once where `by` is its lead."""
    require(can_declare_system(by, council), "Only confirmed contributors of a council can say what it runs.")
    # Locked, so that a product cannot be entered twice.
    council = Organisation.objects.select_for_update().get(pk=council.pk)
    _check(council, product, service, used_for)
    confirms = can_lead(by, council)
    system = System.objects.create(
        council=council,
        product=product,
        service=service,
        used_for=used_for,
        supplier=supplier,
        until=until,
        declared_by=by,
        declared_at=clock.now(),
        confirmed_by=by if confirms else None,
        confirmed_at=clock.now() if confirms else None,
        is_illustrative=is_illustrative,
    )
    log_action("councils.system_declared", by=by, about=system, council=council.pk)
    if confirms:
        log_action("councils.system_confirmed", by=by, about=system, council=council.pk)
    return system


@transaction.atomic
def change_system(
    system: System,
    *,
    by: User,
    product: str,
    service: Service | None = None,
    used_for: str = "",
    supplier: str = "",
    until: dt.date | None = None,
) -> System:
    """Change what stands of a product. What a lead changes stays confirmed."""
    Organisation.objects.select_for_update().get(pk=system.council_id)
    system = _locked(system)
    require(can_change_system(by, system), "What a lead has confirmed, only a lead of the council changes.")
    _check(system.council, product, service, used_for, but=system)
    system.product, system.service, system.used_for = product, service, used_for
    system.supplier, system.until = supplier, until
    system.save()
    log_action("councils.system_changed", by=by, about=system, council=system.council_id)
    return system


@transaction.atomic
def confirm_system(system: System, *, by: User) -> System:
    """Confirm what a contributor declared. What is confirmed already stays as it is."""
    system = _locked(system)
    require(can_confirm_system(by, system), "Only a lead of the council, with a second factor, can confirm this.")
    if system.is_confirmed:
        return system
    system.confirmed_by, system.confirmed_at = by, clock.now()
    system.save()
    log_action("councils.system_confirmed", by=by, about=system, council=system.council_id)
    return system


@transaction.atomic
def remove_system(system: System, *, by: User) -> Organisation:
    """Take a product off a council's list. Returns the council."""
    system = _locked(system)
    require(can_change_system(by, system), "What a lead has confirmed, only a lead of the council removes.")
    log_action("councils.system_removed", by=by, about=system, council=system.council_id)
    system.delete()
    return system.council


def _locked(system: System) -> System:
    found = System.objects.select_for_update(of=("self",)).select_related("council", "service")
    if (row := found.filter(pk=system.pk).first()) is None:
        raise Refused("It is no longer on the list: somebody has removed it.")
    return row


def _check(
    council: Organisation, product: str, service: Service | None, used_for: str, *, but: System | None = None
) -> None:
    if not (key := product_key(product)):
        raise Refused("Give the name of the product, in letters.", field="product")
    if service is None and not used_for:
        raise Refused("Choose a council service, or say in your own words what it is for.", field="used_for")
    others = council.systems.exclude(pk=but.pk) if but else council.systems.all()
    if known := others.filter(product_key=key, service=service).first():
        waits = "" if known.is_confirmed else ", and waits for your lead"
        raise Refused(f"“{known.product}” is on the list already{waits}. Change that line instead.", field="product")
