"""Licences by their SPDX names."""

from functools import lru_cache

from django.core.exceptions import ValidationError
from license_expression import ExpressionError, Licensing, get_spdx_licensing

NOT_SPDX = "licence is not an SPDX expression, such as MIT, EUPL-1.2 or OGL-UK-3.0"


@lru_cache(maxsize=1)
def _spdx() -> Licensing:
    return get_spdx_licensing()


def normal(expression: str) -> str:
    """The expression as SPDX writes it; ValidationError in words for anything else."""
    expression = expression.strip()
    if not expression:
        return ""
    if len(expression) > 80 or expression.count("(") > 10:
        raise ValidationError(f"This {NOT_SPDX}.")
    try:
        read = _spdx().parse(expression, validate=True, strict=True)
    except (ExpressionError, RecursionError) as problem:
        raise ValidationError(f"This {NOT_SPDX}.") from problem
    return str(read.render())


def is_open(expression: str) -> bool:
    """Whether the expression names published licences only, not one of somebody's own (LicenseRef-…)."""
    return bool(expression) and "LicenseRef" not in expression
