"""What both exporters do with a notebook before they write it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, NamedTuple

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import Bool, List
from traitlets.config import Application, Config

from helpers.export import checks, document, layout, links
from helpers.export.content import NotebookReader
from helpers.export.losses import ExportError, Losses
from helpers.markup.tokens import Token


class Prepared(NamedTuple):
    """A notebook read and put in order."""

    notebook: NotebookNode
    about: document.About
    tokens: list[Token]
    headings: list[links.Heading]
    glances: dict[str, tuple[str, str]]
    losses: Losses
    resources: dict[str, Any]


class BriefingExporter(Exporter):
    """An exporter that counts what it cannot show, says so on standard error, and with `strict` refuses it."""

    strict = Bool(False, help="Make every loss an error.").tag(config=True)
    # nbconvert takes out tagged cells before it runs a notebook; here a set-up cell runs first.
    default_preprocessors = List(
        [
            f"nbconvert.preprocessors.{name}Preprocessor"
            for name in ("Execute", "TagRemove", "RegexRemove", "ClearOutput", "CoalesceStreams")
        ]
    ).tag(config=True)

    @property
    def default_config(self) -> Config:
        return document.preprocessing()

    def prepare(self, nb: NotebookNode, resources: dict[str, Any] | None, **kw: Any) -> Prepared:
        """The notebook as both formats show it.

        Raises
        ------
        ExportError
            If its metadata cannot be read, or it was never run.
        """
        checks.check(nb)
        nb = _whole(copy.deepcopy(nb))
        number = 0
        for cell in nb.cells:
            number += "injected-parameters" not in cell.metadata.get("tags", [])  # papermill's own is not the author's
            cell.metadata[document.NUMBER] = number
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        losses = Losses()
        for number in checks.check_run(notebook):
            losses.add(number, "code", "the cell was never run")
        about = document.About.of(notebook)
        folder = resources.get("metadata", {}).get("path")
        reader = NotebookReader(about.words, losses, Path(folder) if folder else None)
        tokens = reader.read(notebook)
        headings = links.settle(tokens, losses, about.words, drop_empty=about.drop_empty)
        glances = layout.arrange(tokens, about.words)
        for hint in reader.hints:
            self.log.warning(hint)
        return Prepared(notebook, about, tokens, headings, glances, losses, resources)

    def from_filename(self, filename: str, resources: dict[str, Any] | None = None, **kw: Any) -> tuple[Any, dict]:
        """Convert a notebook file. On nbconvert's command line a refusal is a sentence and a status, no traceback."""
        try:
            return super().from_filename(filename, resources, **kw)
        except ExportError as error:
            if not Application.initialized() or Application.instance().name != "jupyter-nbconvert":
                raise
            self.log.error(str(error))
            raise SystemExit(1) from None

    def report(self, prepared: Prepared) -> None:
        """Say what the export leaves out, and leave it in the resources.

        Raises
        ------
        ExportError
            If anything is, and `strict` is set.
        """
        if self.strict:
            prepared.losses.check()
        for loss in prepared.losses.found:
            self.log.warning(str(loss))
        prepared.resources["losses"] = [str(loss) for loss in prepared.losses.found]


def _whole(node: Any) -> Any:
    """A notebook's texts with a question mark for each half of a pair of code units, which is no letter."""
    if isinstance(node, str):
        return node if node.isascii() else node.encode("utf-8", "replace").decode()
    if isinstance(node, dict):
        for name, value in node.items():
            node[name] = _whole(value)
    elif isinstance(node, list):
        node[:] = map(_whole, node)
    return node
