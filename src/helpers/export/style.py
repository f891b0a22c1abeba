"""The style sheet of the page, for the export and for outputs in JupyterLab."""

from importlib.resources import files


def stylesheet(scope: str = ".jp-RenderedHTML") -> str:
    """The page's style sheet with every rule under `scope`; the default is for outputs in JupyterLab."""
    return files("helpers.export").joinpath("page.css").read_text(encoding="utf-8").replace(".briefing", scope)
