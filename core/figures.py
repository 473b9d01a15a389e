"""A share that never travels without its base."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Share:
    """`count` of `base`, as in 3 of 353 councils. `base_words` says what the base is."""

    count: int
    base: int
    base_words: str = ""

    @property
    def percentage(self) -> Decimal | None:
        """To one decimal, half up; None on an empty base."""
        if not self.base:
            return None
        return (Decimal(100 * self.count) / self.base).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def __str__(self) -> str:
        words = f" {self.base_words}" if self.base_words else ""
        if self.percentage is None:
            return f"{self.count:,} of 0{words}"
        return f"{self.count:,} of {self.base:,}{words} ({self.percentage}%)"
