"""What an export could not show, by cell: nothing is dropped without being counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from nbconvert.utils.exceptions import ConversionException


class ExportError(ConversionException, ValueError):
    """A notebook that cannot be exported, or not without loss where none was allowed, in words for its author."""


@dataclass(frozen=True)
class Loss:
    """One thing that the reader of an export does not get.

    Parameters
    ----------
    cell
        Its place in the notebook, from 1; 0 for the notebook itself.
    kind
        What it is: "script", "picture", "letters", "link" ...
    what
        What became of it, in a few words.
    """

    cell: int
    kind: str
    what: str

    def __str__(self) -> str:
        place = f"Cell {self.cell}" if self.cell else "The notebook"
        return f"{place}, {self.kind}: {self.what}."


@dataclass
class Losses:
    """The losses of one export, each once, in order."""

    found: list[Loss] = field(default_factory=list)

    def add(self, cell: int, kind: str, what: str) -> None:
        """Count a loss."""
        loss = Loss(cell, kind, " ".join(what.split()))
        if loss not in self.found:
            self.found.append(loss)

    def check(self) -> None:
        """Refuse the export if anything is lost.

        Raises
        ------
        ExportError
            Naming every loss.
        """
        if self.found:
            lines = "\n".join(f"  {loss}" for loss in self.found)
            raise ExportError(f"Nothing was exported, since it would not be whole (`strict`):\n{lines}")
