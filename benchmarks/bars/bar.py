"""A measured number beside its limit: met or missed."""

from dataclasses import asdict, dataclass
from typing import Any

MAX_BUSY = 0.25


@dataclass(frozen=True)
class Bar:
    """`value` is compared with `bar`: as it is, or as its ratio to `limit`, which was measured in the same run."""

    name: str
    value: float
    unit: str
    bar: float
    limit: float = 0
    at_least: bool = False

    @property
    def measured(self) -> float:
        return self.value / self.limit if self.limit else self.value

    @property
    def is_met(self) -> bool:
        return self.measured >= self.bar if self.at_least else self.measured <= self.bar

    def line(self) -> str:
        """Return the line of the table: name, value, limit, ratio, bar and verdict."""
        limit = f"{self.limit:,.5g}" if self.limit else ""
        ratio = f"{self.measured:.2f} ×" if self.limit else ""
        bar = f"{'≥' if self.at_least else '≤'} {self.bar:g}{' ×' if self.limit else ''}"
        verdict = "met" if self.is_met else "MISSED"
        return f"{self.name:52}{self.value:>10,.5g} {self.unit:6}{limit:>10}{ratio:>9}{bar:>9}  {verdict}"

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "measured": self.measured, "met": self.is_met}


def describe_machine(*, cores: int, load: float) -> str:
    """Say how many cores there are and whether others used them. `load` is the load average before the run."""
    busy = (
        f" The machine was busy (load {load:.1f}): times by the clock are too long." if load > MAX_BUSY * cores else ""
    )
    return f"{cores} cores.{busy}"
