"""Units: what a quantity counts, as a product of powers of words ("persons", "persons per day")."""

from __future__ import annotations

from dataclasses import dataclass


class UnitError(ValueError):
    """Quantities whose units do not fit together."""


@dataclass(frozen=True)
class Unit:
    """Words with their powers, in the order they came in; none for a plain number or a ratio of like things."""

    powers: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, words: str) -> Unit:
        """The unit of one word or phrase; a plain number for the empty one."""
        return cls(((words, 1),)) if words else cls()

    def __mul__(self, other: Unit) -> Unit:
        powers = dict(self.powers)
        for words, power in other.powers:
            powers[words] = powers.get(words, 0) + power
        return Unit(tuple((words, power) for words, power in powers.items() if power))

    def __truediv__(self, other: Unit) -> Unit:
        return self * Unit(tuple((words, -power) for words, power in other.powers))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unit) and dict(self.powers) == dict(other.powers)

    def __hash__(self) -> int:
        return hash(frozenset(self.powers))

    def __str__(self) -> str:
        above = " × ".join(words for words, power in self.powers for _ in range(power))
        below = " per ".join(words for words, power in self.powers for _ in range(-power))
        return " per ".join(part for part in (above, below) if part) if above or not below else f"per {below}"
