"""The command `check`: a draft of one's own against a package, as a page, as records and as lines in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from helpers.drafts import judge, sentences, verdicts
from helpers.drafts.claims import left_out
from helpers.package.ledger import load
from helpers.report.command import DONE, UNMATCHED, Refusal, place, tell
from helpers.report.edition import Edition
from helpers.report.files import exclusive, put

SET = "check"


def check(parameters: Mapping[str, str]) -> int:
    """Write `check.html` and `check.json` about a draft, beside the package's other reports.

    Parameters
    ----------
    parameters
        `draft`: a file of Markdown, plain text, HTML or Word; `package`, `as_of`, `rounding` and `evidence` as for a
        report.

    Returns
    -------
    int
        `DONE` if every number is backed or worked out; `UNMATCHED` if one is contradicted, unknown or missing its
        condition, or if the draft holds no number, since then nothing was checked.

    Raises
    ------
    Refusal
        If no draft is named.
    helpers.drafts.sentences.DraftError, ValueError
        If the draft, the package or a parameter cannot be used.
    """
    if "draft" not in parameters:
        raise Refusal("Which draft? Name a file, as in: make check DRAFT=article.md")
    path = place(parameters["draft"])
    draft = sentences.sentences(path)
    edition = Edition.of({name: value for name, value in parameters.items() if name != "draft"})
    choices = edition.choices
    ledger = load(
        edition.package,
        choices.get("rounding", "nearest"),
        choices.get("as_of", ""),
        choices.get("evidence", "all"),
    )
    judgements, uncompared = judge.check(ledger, draft), left_out(ledger)
    from helpers.export.html import BriefingHTML
    from helpers.report.render import export

    (page,) = export(verdicts.page(ledger, path.name, judgements, uncompared), SET, BriefingHTML)
    with exclusive(edition.reports):
        tell(put(edition.reports, SET, {"check.html": page, "check.json": verdicts.document(judgements)}))
    for line in (*verdicts.lines(judgements, uncompared), verdicts.CAUTION):
        print(line)
    print(verdicts.summary(judgements), file=sys.stdout if verdicts.sound(judgements) else sys.stderr)
    return DONE if verdicts.sound(judgements) else UNMATCHED
