"""Licences by their SPDX names."""

import re
from functools import lru_cache

from django.core.exceptions import ValidationError
from license_expression import ExpressionError, Licensing, get_spdx_licensing

MOST = 200
# A licence of somebody's own, as SPDX lets one name it.
_OWN = re.compile(r"(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")
NOT_SPDX = "licence is not an SPDX expression, such as MIT, EUPL-1.2 or OGL-UK-3.0"


@lru_cache(maxsize=1)
def _spdx() -> Licensing:
    return get_spdx_licensing()


@lru_cache(maxsize=256)
def normal(expression: str) -> str:
    """The expression as SPDX writes it. Raises ValidationError, in words, for anything else."""
    expression = expression.strip()
    if not expression:
        return ""
    if len(expression) > MOST or expression.count("(") > 10:
        raise ValidationError(f"This {NOT_SPDX}.")
    try:
        read = _spdx().parse(expression, strict=True)
    except (ExpressionError, RecursionError) as problem:
        raise ValidationError(f"This {NOT_SPDX}.") from problem
    if not all(_is_known(key) for key in _spdx().unknown_license_keys(read)):
        raise ValidationError(f"This {NOT_SPDX}.")
    return str(read.render())


def _is_known(key: str) -> bool:
    """A licence of one's own, or one of the list “or later” (EUPL-1.2+)."""
    return bool(_OWN.fullmatch(key)) or (key.endswith("+") and key[:-1] in _spdx().known_symbols)


def is_open(expression: str) -> bool:
    """Whether the expression names published licences only, not one of somebody's own (LicenseRef-…)."""
    return bool(expression) and "LicenseRef" not in expression


def keeps_all_rights(expression: str) -> bool:
    """Whether the owner's own licence allows others nothing: LicenseRef-all-rights-reserved."""
    return "licenseref" in expression.lower() and "all-rights-reserved" in expression.lower()
