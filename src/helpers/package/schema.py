"""The schema of a data package, stated once: every table's rows, typed and described.

A column with a default may be left out of a table. A row whose `status` is "draft" may leave open what a person has yet
to fill in; it is held against a model that asks for its ids only (`draft`).
"""

from __future__ import annotations

import copy
import datetime
import functools
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, create_model, field_validator, model_validator

from helpers.figures.kind import KINDS
from helpers.figures.rounding import Qualifier
from helpers.package.cells import check_day, check_number, check_seen, check_whole_day, one_line

WORDING_LIMIT = 15
DRAFT = "draft"
# Letters of any script, and the signs that a web address may hold unescaped (RFC 3987). No name or password before the
# host: https://known.example@other.example leads to the other.
_ADDRESS = r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s<>\"{}|\\^`@/?#]+([/?#][^\s<>\"{}|\\^`]*)?$"


@dataclass(frozen=True)
class Refers:
    """Marks a field that holds an id of another table."""

    table: str


@dataclass(frozen=True)
class Says:
    """Says what a field with a pattern holds, for a person."""

    words: str


def _text(description: str, *, required: bool = False, longest: int | None = None) -> Any:
    bounds: dict[str, Any] = {"min_length": 1} if required else {"default": ""}
    return Field(description=description, max_length=longest, **bounds)


Id = Annotated[
    str,
    Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Lower-case letters, digits and hyphens."),
    Says("use lower-case letters, digits and hyphens"),
]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$"), Says("use letters, digits and hyphens")]
Address = Annotated[
    str,
    Field(pattern=_ADDRESS),
    Says("write a whole web address without spaces and without a user's name, as https://example.org/page"),
]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$"), Says("write the two letters of a language, as en, kk or ru")]
Day = Annotated[str, Field(description="Day, month or year; an imprecise date counts at its end.")]
if TYPE_CHECKING:
    KindName = str
else:
    KindName = Literal[tuple(KINDS)]
Basis = Literal["stated", "inferred", "unstated"]
Status = Literal["", "draft"]


def _status() -> Any:
    return Field("", description="draft: not confirmed by a person yet, so it enters no report; empty: confirmed.")


class Row(BaseModel):
    """One row of a table, its fields typed and described."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    _line: int = PrivateAttr(0)

    @model_validator(mode="before")
    @classmethod
    def _tidy(cls, cells: dict[str, Any]) -> dict[str, Any]:
        """Each cell on one line; what is empty is missing."""
        lines = {name: one_line(cell) if isinstance(cell, str) else cell for name, cell in cells.items()}
        return {name: line for name, line in lines.items() if line not in ("", None)}

    _seen = field_validator("*", mode="before")(check_seen)

    @property
    def line(self) -> int:
        """The line of its table that it starts on, from 1; 0 if it stands in none."""
        return self._line

    def on_line(self, line: int) -> Self:
        """The row, told which line it starts on."""
        self._line = line
        return self


class Source(Row):
    id: Id
    layer: Literal["core", "context"] = Field(description="core: what is examined; context: published elsewhere.")
    title: str = _text("Headline or name of the page.", required=True)
    publisher: str = _text("Who published it.", required=True)
    published: Day
    url: Address = Field(description="Its address.")
    language: Language = Field(description="Language it is written in; `printed` is read by it.")
    read: Literal["full", "excerpt"] = Field(description="Whether the whole text was read, or an excerpt.")
    origin: Id = _text("Short name of the statement it passes on; sources of one origin are one witness.")
    accessed: datetime.date | None = Field(None, description="Day on which it was read.")
    archived: Address = _text("Address of an archived copy.")
    status: Status = _status()
    note: str = _text("What a reader should know of it.")

    _published = field_validator("published")(check_day)
    _accessed = field_validator("accessed", mode="before")(check_whole_day)


class Measure(Row):
    id: Id
    label: str = _text("Noun phrase for sentences and axes.", required=True, longest=200)
    counts: str = _text("The unit counted: persons, cases, reports, orders.", required=True)
    nature: Literal["flow", "stock", "distinct", "rate"] = Field(
        "flow",
        description=(
            "flow: adds up over a period; stock: stands at a day, and never adds up over days; distinct: counts each "
            "person once however long the period, so that a longer period holds at least each of its parts, and no "
            "more than their sum; rate: an average, a price or a number a month, which has a period and never adds up."
        ),
    )
    decimals: Annotated[int, Field(ge=0, le=6)] = Field(
        0, description="Decimal places a value may have (weeks, money); 0: it counts whole things."
    )
    place: str = _text("Where.")
    part_of: Annotated[str, Refers("measures")] = _text("A measure of the same unit that contains this one.")
    recorded: Literal["changed", "same"] = Field(
        "changed", description="Whether the break of the package changes what is recorded of it; same: it does not."
    )
    definition: str = _text("What the source says it counts.")
    note: str = _text("What stays unclear.")


class Figure(Row):
    id: Id
    source: Annotated[str, Refers("sources")] = _text("Where it stands.", required=True)
    measure: Annotated[str, Refers("measures")] = _text("What it counts.", required=True)
    kind: KindName
    printed: str = _text("The number as it stands on the page.", required=True)
    value: Decimal = Field(
        description="A count; a factor; a change in percent or percentage points, with its sign; a share from 0 to 1."
    )
    value_to: Decimal | None = Field(None, description="The other end of a printed range; `value` is the lower end.")
    step: Decimal | None = Field(None, ge=0, description="Step of rounding, in the unit of value; empty: convention.")
    step_coarse: Decimal | None = Field(None, ge=0, description="The same under the coarse convention.")
    qualifier: Literal["", Qualifier] = Field(
        "", description="A limit or a hedge printed with it; it beats the convention."
    )
    period_start: datetime.date | None = Field(None, description="First day covered; of a stock, its day.")
    period_end: datetime.date | None = Field(None, description="Last day covered; of a stock, the same day.")
    period_basis: Basis = Field(description="Whether the source states the period.")
    versus: Annotated[str, Refers("figures")] = _text("The earlier figure; for a share, its whole.")
    base_measure: Annotated[str, Refers("measures")] = _text("What a change without counts is measured against.")
    base_start: datetime.date | None = Field(None, description="First day of the base.")
    base_end: datetime.date | None = Field(None, description="Last day of the base.")
    base_basis: Literal["", "stated", "inferred", "unstated"] = Field("", description="Whether the source states it.")
    wording: str = _text(f"Phrase that holds the figure, at most {WORDING_LIMIT} words.", required=True)
    translation: str = _text("The wording in our own English, where the source is not in English.")
    said_by: str = _text("Who said it, or that the name is lost.", required=True)
    status: Status = _status()
    nearby: str = _text("Words nearby that name a period, drafted for whoever confirms the row; never shown.")
    note: str = _text("Other readings of the words.")

    _days = field_validator("period_start", "period_end", "base_start", "base_end", mode="before")(check_whole_day)
    _numbers = field_validator("value", "value_to", "step", "step_coarse", mode="before")(check_number)


class Event(Row):
    id: Id
    date: Day = ""
    date_basis: Basis = Field(description="Whether the source states the date.")
    label: str = _text("What happened, in our words.", required=True)
    kind: Literal["break", "rule", "context"] = Field(description="break: what is recorded changed on that day.")
    source: Annotated[str, Refers("sources")] = _text("Where it stands.", required=True)
    wording: str = _text(f"Phrase from the source, at most {WORDING_LIMIT} words.", required=True)
    translation: str = _text("The wording in our own English, where the source is not in English.")
    said_by: str = _text("Who said it, or that the name is lost.", required=True)
    status: Status = _status()

    _date = field_validator("date")(check_day)


class Reading(Row):
    question: Id
    reading: Name = Field(description="Short name of the reading within its question.")
    label: str = _text("The reading in plain words.", required=True)
    figure: Annotated[str, Refers("figures")] = _text("The figure it re-reads.", required=True)
    measure: Annotated[str, Refers("measures")] = _text("Its measure in this reading; empty: the figure's own.")
    period_start: datetime.date | None = Field(
        None, description="Its first day in this reading; empty: the figure's own."
    )
    period_end: datetime.date | None = Field(None, description="Its last day in this reading; empty: the figure's own.")

    _days = field_validator("period_start", "period_end", mode="before")(check_whole_day)


class Dispute(Row):
    dispute: Id
    side: Name = Field(description="Short name of a side within its dispute; the figures of one side belong together.")
    figure: Annotated[str, Refers("figures")] = _text("A figure of that side.", required=True)


class Omitted(Row):
    source: Annotated[str, Refers("sources")] = _text("Where it stands.", required=True)
    wording: str = _text("The phrase.", required=True)
    reason: str = _text("Why it is no figure.", required=True)
    status: Status = _status()


class Correction(Row):
    date: datetime.date = Field(description="Day of the correction.")
    was: str = _text("What was wrong.", required=True)
    now: str = _text("What it is now.", required=True)
    figure: Annotated[str, Refers("figures")] = _text("The figure corrected, if it is one.")

    _date = field_validator("date", mode="before")(check_whole_day)


TABLES: dict[str, type[Row]] = {
    "sources": Source,
    "measures": Measure,
    "figures": Figure,
    "events": Event,
    "readings": Reading,
    "disputes": Dispute,
    "omitted": Omitted,
    "corrections": Correction,
}
OPTIONAL_TABLES = ("events", "readings", "disputes", "omitted", "corrections")
DRAFTED = ("id", "source")  # what even a draft says


def columns(table: str) -> list[str]:
    """The columns of a table, in order."""
    return list(TABLES[table].model_fields)


def references(table: str) -> dict[str, str]:
    """The fields of a table that hold ids, and the table each refers to."""
    marks = ((name, mark) for name, info in TABLES[table].model_fields.items() for mark in info.metadata)
    return {name: mark.table for name, mark in marks if isinstance(mark, Refers)}


@functools.cache
def draft(model: type[Row]) -> type[Row]:
    """The model of a drafted row: what is given has its type, and only its ids are required."""
    open_fields = {}
    for name, info in model.model_fields.items():
        if info.is_required() and name not in DRAFTED:
            info = copy.copy(info)
            info.default = "" if info.annotation is str else None
            open_fields[name] = (info.annotation, info)
    return create_model(f"Draft{model.__name__}", __base__=model, **open_fields)  # type: ignore[call-overload]
