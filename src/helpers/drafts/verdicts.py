"""What was found in a draft: `check.json` for machines, a page for the author, a line each in a terminal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.drafts.judge import GOOD, VERDICTS, Judgement
from helpers.markup.dialect import escape
from helpers.package.ledger import Ledger
from helpers.words.blocks import Text, table
from helpers.words.numbers import day

_LABELS = {
    "backed": "backed",
    "worked-out": "worked out",
    "condition": "condition missing",
    "contradicted": "contradicted",
    "unknown": "unknown",
    "not-judged": "not judged",
}
_SIGNS = {"backed": "✓", "worked-out": "✓", "condition": "△", "contradicted": "✗", "unknown": "?", "not-judged": "–"}


def sound(judgements: Sequence[Judgement]) -> bool:
    """Whether the draft holds a number, and none that is contradicted, unknown or missing its condition."""
    judged = [each for each in judgements if each.verdict != "not-judged"]
    return bool(judged) and all(each.verdict in GOOD for each in judged)


def records(judgements: Sequence[Judgement]) -> list[dict[str, Any]]:
    """The judgements for `check.json`: sentence, number, verdict, figure and reason, with the place of each."""
    return [
        {
            "sentence": each.sentence,
            "number": each.number,
            "verdict": each.verdict,
            "figure": each.figure,
            "reason": each.reason,
            "paragraph": each.place,
            "start": each.start,
            "end": each.end,
        }
        for each in judgements
    ]


def document(judgements: Sequence[Judgement]) -> bytes:
    """`check.json`: the same judgements give the same bytes."""
    return (json.dumps(records(judgements), ensure_ascii=False, indent=1) + "\n").encode()


def summary(judgements: Sequence[Judgement]) -> str:
    """One sentence: how many figures and dates there are, and how many of each verdict."""
    if not judgements:
        return "No number was found in the draft, so nothing was checked."
    counts = {verdict: Counter(each.date for each in judgements if each.verdict == verdict) for verdict in VERDICTS}
    told = ", ".join(f"{_counted(counts[verdict])} {_LABELS[verdict]}" for verdict in VERDICTS if counts[verdict])
    return f"{_counted(Counter(each.date for each in judgements))} in the draft: {told}."


def _counted(dates: Counter[bool]) -> str:
    """Figures and dates, counted apart: "16 figures and 18 dates"."""
    named = ((dates[False], "figure"), (dates[True], "date"))
    return " and ".join(f"{many} {what}{'' if many == 1 else 's'}" for many, what in named if many)


CAUTION = "Words are compared, not understood: read each verdict beside its sentence, also where it says backed."


def _work(judgements: Sequence[Judgement]) -> str:
    """How many numbers an author has to look at, for the top of the page."""
    open_ = sum(each.verdict not in GOOD for each in judgements)
    if not open_:
        return "No number needs work." if judgements else ""
    return f"{open_} of {len(judgements)} numbers need{'s' if open_ == 1 else ''} work: the first sections."


def lines(judgements: Sequence[Judgement], left_out: Sequence[str] = ()) -> list[str]:
    """A line for each number, for a terminal, and one for each figure of the package that nothing was held against.

    Parameters
    ----------
    left_out
        Ids of figures whose comparison cannot be worked out.
    """
    return [_left_out(name) for name in left_out] + [
        f"{_SIGNS[each.verdict]} {_LABELS[each.verdict]}: {each.number!r} in paragraph {each.place}: {each.reason}"
        for each in judgements
    ]


def _left_out(name: str) -> str:
    return f"Left out: what `{name}` is compared with cannot be worked out, so only the number itself was held against."


def page(ledger: Ledger, name: str, judgements: Sequence[Judgement], left_out: Sequence[str] = ()) -> NotebookNode:
    """The check as a notebook that the exporters render: each sentence with its numbers and what the package says.

    Parameters
    ----------
    name
        Of the draft, for the title.
    left_out
        As for `lines`.
    """
    title = escape(ledger.head.get("title", ledger.head["name"]))
    texts = [
        Text(f"# Check of {escape(name)}"),
        Text(f"**{_work(judgements)} {escape(summary(judgements))}**", "standfirst"),
        Text(
            f"Held against the package “{title}” as of {day(ledger.as_of)}. A draft may print a figure as its source "
            "did, or more coarsely; a number worked out must lie in the range that the rounding of its inputs allows, "
            f"and stand with its condition. **{CAUTION}**",
            "note",
        ),
        *(Text(escape(_left_out(each)), "note") for each in left_out),
    ]
    for verdict in ("contradicted", "condition", "unknown", "worked-out", "backed", "not-judged"):
        found = [each for each in judgements if each.verdict == verdict]
        if found:
            rows = [[escape(each.number), _marked(each), escape(each.reason)] for each in found]
            texts.append(Text(f"## {_SIGNS[verdict]} {_LABELS[verdict].capitalize()} ({len(found)})"))
            texts.append(Text(table("", ["Number", "In the draft", "What the package says"], rows)))
    cells = [new_code_cell("", id=f"cell-{at}", outputs=[_output(text)]) for at, text in enumerate(texts)]
    notebook = new_notebook(cells=cells)
    notebook.metadata["briefing"] = {"language": "en", "title": f"Check of {name}", "date": ledger.as_of.isoformat()}
    return notebook


def _marked(each: Judgement) -> str:
    before, after = each.sentence[: each.start], each.sentence[each.end :]
    return f"{escape(before)}**{escape(each.number)}**{escape(after)}"


def _output(text: Text) -> NotebookNode:
    data, metadata = text._repr_mimebundle_()
    return new_output("display_data", data=data, metadata=metadata)
