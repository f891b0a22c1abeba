"""What the audit says of a package: in the terminal in a line each, and as the rows of its page's tables."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable

from helpers.figures.rounding import ROUNDINGS
from helpers.markup.dialect import escape
from helpers.package.ledger import Ledger
from helpers.package.texts import Check
from helpers.package.unfinished import lacking, next_draft
from helpers.reason.agree import Held, misfits
from helpers.reason.grim import Impossible, impossible
from helpers.reason.verdict import Verdict, verdicts
from helpers.report.findings import clashes
from helpers.report.phrases import Phrases, given, pace, spread
from helpers.words.blocks import Text, table, words
from helpers.words.numbers import capital, number
from helpers.words.witnesses import witnesses

Cells = list[str]


class Audit(Phrases):
    """One edition of a package held against itself and, where they are given, against its texts.

    Attributes
    ----------
    verdicts
        On every group of figures in every scenario.
    clashing
        Those that condemn the package: the figures as they stand cannot all be true.
    """

    def __init__(self, ledger: Ledger, check: Check | None) -> None:
        super().__init__(ledger)
        self.check = check
        self.verdicts = verdicts(ledger)
        self.clashing = clashes(self.verdicts)
        self.groups: dict[tuple[str, ...], list[Verdict]] = {}
        for verdict in self.verdicts:
            self.groups.setdefault(verdict.measures, []).append(verdict)

    @property
    def sound(self) -> bool:
        """Whether there is a figure, all hold together, each share can be, and all match the texts that are given."""
        held = not self.clashing and not self.misfits and not self.impossible and not self.ledger.next_step
        return held and not (self.check and self.check.faults)

    @functools.cached_property
    def impossible(self) -> list[Impossible]:
        """The shares that no number of their whole gives."""
        return impossible(self.ledger)

    @functools.cached_property
    def misfits(self) -> list[Held]:
        """The printed changes that the two shares of the same days do not give."""
        return misfits(self.ledger)

    @functools.cached_property
    def open(self) -> int:
        """How many rows are drafts, which no person has confirmed yet."""
        return sum(len(rows) for rows in self.ledger.drafts.values())

    @property
    def next_step(self) -> str:
        """What to do next: with the package, or with the first draft; empty where nothing is open."""
        return " ".join(part for part in (self.ledger.next_step, next_draft(self.ledger.drafts)) if part)

    # --- in the terminal ---

    def line(self) -> str:
        """What was found, in one line: "Sound: 33 figures, 77 of 77 numbers covered."."""
        parts = [_count(len(self.ledger.rows["figures"]), "figure")]
        parts += [_count(len(self.clashing), "clash", "es")] if self.clashing else []
        parts += [_count(len(self.misfits), "change") + " that two shares do not give"] if self.misfits else []
        parts += [_count(len(self.impossible), "impossible share")] if self.impossible else []
        if self.check is None:
            parts.append("no texts given, so no wording was checked")
        else:
            check = self.check
            parts.append(f"{number(check.tokens - len(check.uncovered))} of {number(check.tokens)} numbers covered")
            parts += [f"{_count(len(check.wordings), 'wording')} not in their texts"] if check.wordings else []
            parts += [_count(len(check.files), "fault") + " in the folder of texts"] if check.files else []
            parts += [f"{_count(len(check.unchecked), 'source')} without a text"] if check.unchecked else []
        parts += [f"{_count(self.open, 'draft')} still open"] if self.open else []
        verdict = "Sound" if self.sound else "Not finished" if self.ledger.next_step else "Not sound"
        return f"{verdict}: {', '.join(parts)}."

    def faults(self) -> list[str]:
        """Everything that is wrong, a line each; numbers that only drafts cover are told by their text."""
        found = [
            f"{', '.join(one.clashes)} cannot all be true: short {self.short(one)}{self.elsewhere(one)}"
            for one in self.clashing
        ]
        if found:
            found.append("If sources differ, declare both sides in disputes.csv; if a row is misread, correct it.")
        found += [self.misfit(one) for one in self.misfits]
        found += [self.impossible_share(one) for one in self.impossible]
        waiting = Counter(token.source for token in (self.check.open if self.check else ()))
        found += [str(fault) for fault in (self.check.faults if self.check else ()) if not getattr(fault, "draft", "")]
        found += [f"{source}.txt: only drafts cover {_count(each, 'number')} in it" for source, each in waiting.items()]
        return found + ([f"Next: {self.next_step}"] if self.open or self.ledger.next_step else [])

    def elsewhere(self, one: Verdict) -> str:
        """Under which other rounding conventions the figures of a clash can all be true, as the end of a line."""
        free = [
            name
            for name, found in self.under.items()
            if name != self.ledger.rounding and all(other.measures != one.measures for other in clashes(found))
        ]
        return f"; not so with ROUNDING={' or '.join(free)}" if free else ""

    @functools.cached_property
    def under(self) -> dict[str, list[Verdict]]:
        """The verdicts under each rounding convention."""
        mine = self.ledger.rounding
        return {
            name: self.verdicts if name == mine else verdicts(self.ledger.with_rounding(name)) for name in ROUNDINGS
        }

    def misfit(self, one: Held) -> str:
        """Which printed change does not fit, with what its two shares give."""
        said = self.ledger.rows["figures"][one.figure].printed
        gives = f"{one.earlier} and {one.later} give, {given(self.ledger, one)}"
        return f"{one.figure}: {said!r} is not what {gives}"

    def changes(self) -> list[Cells]:
        """The printed changes that two shares do not give, with both shares and what they give."""
        return [
            [
                self.figure(one.figure),
                self.label(one.figure),
                self.ids((one.earlier, one.later)),
                escape(given(self.ledger, one)),
            ]
            for one in self.misfits
        ]

    def impossible_share(self, one: Impossible) -> str:
        """Which share cannot be, of what, and which would."""
        figures = self.ledger.rows["figures"]
        share, whole = (figures[name] for name in (one.figure, one.whole))
        counts = self.ledger.rows["measures"][whole.measure].counts
        return (
            f"{one.figure}: no share of {whole.printed} {counts} ({one.whole}) is {share.printed}; "
            f"{' or '.join(one.nearest)} would be"
        )

    # --- tables ---

    def clash(self, verdict: Verdict) -> list[Cells]:
        """The figures that cannot all be true, with what they stand for."""
        return [[self.figure(name), self.label(name), self.when(name), self.stands(name)] for name in verdict.clashes]

    def wordings(self) -> list[Cells]:
        """The wordings that do not stand in their texts once."""
        sources = self.ledger.rows["sources"]
        return [
            [
                f"{fault.table}.csv, {escape(fault.row)}",
                words(fault.wording, sources[fault.source].language),
                escape(fault.cause),
            ]
            for fault in (self.check.wordings if self.check else ())
        ]

    def shares(self) -> list[Cells]:
        """The shares that cannot be: what is printed, of what, and what would be possible."""
        return [
            [self.figure(one.figure), self.label(one.figure), self.figure(one.whole), " or ".join(one.nearest)]
            for one in self.impossible
        ]

    def drafts(self) -> list[Cells]:
        """The rows that no person has confirmed yet, with what each still needs."""
        known = [*self.ledger.rows["sources"].values(), *self.ledger.drafts.get("sources", ())]
        spoken = {source.id: source.language or "en" for source in known}
        return [
            [
                f"{table}.csv, {escape(getattr(row, 'id', ''))}".rstrip(", "),
                escape(getattr(row, "printed", "") or getattr(row, "date", "") or ""),
                words(row.wording, spoken.get(row.source, "en"))
                if getattr(row, "wording", "")
                else escape(getattr(row, "title", "")),
                escape(", ".join(lacking(table, row)) or "nothing: confirm it"),
            ]
            for table, rows in self.ledger.drafts.items()
            for row in rows
        ]

    def uncovered(self) -> list[Cells]:
        """The numbers of the texts that no confirmed row covers."""
        return [
            [
                f"**{escape(token.number)}**",
                f"{token.source}.txt, line {token.line}",
                f"{escape(token.before)}**{escape(token.number)}**{escape(token.after)}",
                escape(token.draft) or "none",
            ]
            for token in (self.check.uncovered if self.check else ())
        ]

    def conventions(self) -> list[Cells]:
        """Under which rounding convention the figures as they stand can be true, and which clash where they cannot."""
        rows = []
        for name, rounding in ROUNDINGS.items():
            under = self.ledger.with_rounding(name)
            found = self.under[name]
            clashing, refuted = clashes(found), sum(not one.feasible for one in found)
            held = "can all be true" if not clashing else "**cannot all be true**"
            unfit = misfits(under)
            held = held if not unfit else "**cannot all be true**"
            clash = (
                "; ".join(
                    [self.ids(one.clashes) for one in clashing]
                    + [self.ids((one.figure, one.earlier, one.later)) for one in unfit]
                )
                or "none"
            )
            shares = self.ids(one.figure for one in impossible(under)) or "none"
            rows.append([f"{name}: {rounding.label}", held, clash, f"{refuted} of {len(found)}", shares])
        return rows

    def scenarios(self, each: list[Verdict]) -> list[Cells]:
        """The verdict on one group in each scenario."""
        return [
            [
                self.scenario(verdict),
                "can all be true"
                if verdict.feasible
                else f"**cannot all be true**, short {escape(self.short(verdict))}",
                self.ids(verdict.clashes) or pace(verdict.unevenness),
            ]
            for verdict in each
        ]

    def open_groups(self) -> list[tuple[str, list[Verdict]]]:
        """The groups whose figures cannot all be true in some scenario."""
        return [(self.group(measures), each) for measures, each in self.groups.items() if not _always(each)]

    def settled(self) -> list[Cells]:
        """The groups whose figures can be true in every scenario."""
        return [
            [
                self.group(measures),
                number(len(each)),
                self.ids(dict.fromkeys(name for verdict in each for name in verdict.figures)) or "none",
                self.ids(each[0].unused) or "none",
                spread(each) if any(verdict.figures for verdict in each) else "–",
            ]
            for measures, each in self.groups.items()
            if _always(each)
        ]

    def disputes(self) -> list[Cells]:
        """Each side of each dispute as a set of figures."""
        figures = self.ledger.rows["figures"]
        return [
            [
                escape(dispute) if at == 0 else "",
                escape(side),
                ", ".join(self.figure(name) for name in figures if name in members),
                capital("; ".join(dict.fromkeys(self.label(name) for name in figures if name in members))),
                "; ".join(dict.fromkeys(self.when(name) for name in figures if name in members)),
                witnesses(self.ledger, members),
            ]
            for dispute, sides in self.ledger.sides.items()
            for at, (side, members) in enumerate(sides.items())
        ]


def _count(count: int, noun: str, plural: str = "s") -> str:
    return f"{number(count)} {noun}{'' if count == 1 else plural}"


def _always(each: Iterable[Verdict]) -> bool:
    return all(verdict.feasible for verdict in each)


def tabled(caption: str, header: list[str], rows: list[Cells], role: str = "") -> Text | None:
    """A table to be shown; None where it has no rows."""
    return Text(table(caption, header, rows), role) if rows else None
