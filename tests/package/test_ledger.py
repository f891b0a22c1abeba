"""The data package: each kind of fault planted in a copy and reported, editions, and the schema's contract."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from helpers.figures.interval import Interval
from helpers.figures.rounding import ROUNDINGS, RoundingError
from helpers.package import ledger as ledgers
from helpers.package.cells import last_day
from helpers.package.checks import Fault, PackageError
from helpers.package.descriptor import describe
from helpers.package.ledger import EditionError, Ledger, load
from helpers.package.schema import TABLES, columns

F = Fraction
DATA = Path(__file__).resolve().parents[2] / "data"
CORE = ("astana-times-2023-11-15", "astana-times-2024-01-22")
Edit = Callable[[Path, str, str | int, str, str], None]


def faults(package: Path) -> list[Fault]:
    with pytest.raises(PackageError) as refusal:
        load(package)
    return refusal.value.faults


def line(package: Path, table: str, row: str | int) -> str:
    """How a fault names a row: its line, counted by hand, and its id."""
    with (package / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    at = row if isinstance(row, int) else [one["id"] for one in rows].index(row)
    name = rows[at].get("id")
    return f"line {at + 2}" + (f" ({name})" if name else "")


# --- one fault at a time -------------------------------------------------------------------------------------------


def test_project_package_has_no_fault() -> None:
    assert load(DATA).figures.index.is_unique


def test_measure_may_share_its_id_with_a_figure(package: Path) -> None:
    assert "orders" in load(package).measures.index.intersection(load(package).figures.index)


def test_circle_of_parts_is_shown_from_each_side(package: Path, edit: Edit) -> None:
    edit(package, "measures", "brought", "part_of", "offenders")
    edit(package, "measures", "offenders", "part_of", "brought")
    assert [(fault.value, fault.cause) for fault in faults(package)] == [
        ("offenders", "goes round in a circle: brought > offenders > brought"),
        ("brought", "goes round in a circle: offenders > brought > offenders"),
    ]


def test_part_of_a_circle_it_is_not_in_is_no_fault_of_its_own(package: Path, edit: Edit) -> None:
    edit(package, "measures", "brought", "part_of", "offenders")
    edit(package, "measures", "offenders", "part_of", "brought")
    edit(package, "measures", "court-fines", "part_of", "brought")
    assert sorted(fault.value for fault in faults(package)) == ["brought", "offenders"]


def test_period_of_one_day(package: Path, edit: Edit) -> None:
    edit(package, "figures", "orders", "period_end", "2023-01-01")
    assert load(package).rows["figures"]["orders"].period_end == date(2023, 1, 1)


def test_reading_that_ends_before_the_figure_begins(package: Path, edit: Edit) -> None:
    edit(package, "readings", 7, "period_end", "2022-10-31")
    assert [(fault.row, fault.field, fault.cause) for fault in faults(package)] == [
        ("line 9", "period_end", "lies before `period_start` (2023-01-01)")
    ]


def test_source_at_fault_does_not_put_its_figures_at_fault(package: Path, edit: Edit) -> None:
    edit(package, "sources", "toppress-2023", "language", "russian")
    assert {fault.file for fault in faults(package)} == {"sources.csv"}


# --- several at once -----------------------------------------------------------------------------------------------

SEVERAL = [
    ("figures", "orders", "value", "75,000"),
    ("readings", 0, "measure", "nowhere"),
    ("events", "reform", "date", "2023-07"),
    ("measures", "orders", "part_of", "offenders"),
    ("figures", "reconciled-share", "value", "50"),
    ("sources", "toppress-2023", "url", "toppress.kz"),
    ("figures", "reports-change", "base_end", "2021-10-31"),
]


def test_several_faults_are_all_reported(package: Path, edit: Edit) -> None:
    for change in SEVERAL:
        edit(package, *change)
    expected = {(f"{table}.csv", field, value) for table, _, field, value in SEVERAL}
    assert {(fault.file, fault.field, fault.value) for fault in faults(package)} == expected


def test_several_faults_of_one_row_are_all_reported(package: Path, edit: Edit) -> None:
    for field, value in {"value": "x", "kind": "y", "period_start": "z", "said_by": ""}.items():
        edit(package, "figures", "orders", field, value)
    assert {fault.field for fault in faults(package)} == {"value", "kind", "period_start", "said_by"}


def test_message_counts_and_lists_every_fault(package: Path, edit: Edit) -> None:
    for change in SEVERAL:
        edit(package, *change)
    with pytest.raises(PackageError) as refusal:
        load(package)
    lines = str(refusal.value).splitlines()
    assert lines == ["The data package has 7 faults:", *(str(fault) for fault in refusal.value.faults)]


def test_fault_in_words(package: Path, edit: Edit) -> None:
    edit(package, "figures", "orders", "measure", "order")
    assert str(faults(package)[0]).strip() == (
        "figures.csv, line 6 (orders), `measure` = 'order': no such id in measures.csv; did you mean orders?"
    )


# --- files ---------------------------------------------------------------------------------------------------------


def rewrite(package: Path, table: str, change: Callable[[str], str], encoding: str = "utf-8") -> None:
    path = package / f"{table}.csv"
    path.write_bytes(change(path.read_bytes().decode()).encode(encoding))


def same(a: Ledger, b: Ledger) -> bool:
    return (a.rows, a.intervals) == (b.rows, b.intervals)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\r\n", "\n").replace("\n", "\r\n"),
        lambda text: "\ufeff" + text.replace("\r\n", "\n").replace("\n", "\r\n"),
        lambda text: text.replace("\r\n", "\n"),
        lambda text: text + "\n\n",
    ],
    ids=["byte order mark", "CRLF", "both, as a spreadsheet saves", "LF", "empty lines at the end"],
)
def test_other_ways_to_save_a_table(package: Path, change: Callable[[str], str]) -> None:
    for table in TABLES:
        rewrite(package, table, change)
    assert same(load(package), load(DATA))


@pytest.mark.parametrize("sign", ["\u2028", "\u0085", "\u000b"], ids=["line separator", "next line", "vertical tab"])
def test_sign_that_only_looks_like_a_line_end(package: Path, edit: Edit, sign: str) -> None:
    edit(package, "figures", "orders", "note", f"one{sign}two")
    assert load(package).figures.at["orders", "note"] == "one two"


def test_cell_of_several_lines(package: Path, edit: Edit) -> None:
    edit(package, "figures", "orders", "note", 'one,\n"two"')
    assert load(package).figures.at["orders", "note"] == 'one, "two"'


def test_column_of_choice_may_be_left_out(package: Path) -> None:
    path = package / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{name: cell for name, cell in row.items() if name != "note"} for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert set(load(package).figures["note"]) == {""}


@pytest.mark.parametrize("table", ["sources", "measures", "figures"])
def test_table_that_must_be_there(package: Path, table: str) -> None:
    (package / f"{table}.csv").unlink()
    found = [fault for fault in faults(package) if fault.file == f"{table}.csv"]
    assert [fault.cause for fault in found] == ["the file is missing"]


def test_missing_table_is_not_repeated_as_missing_ids(package: Path) -> None:
    (package / "measures.csv").unlink()
    assert {fault.file for fault in faults(package)} == {"measures.csv"}


@pytest.mark.parametrize("table", ["events", "readings", "omitted"])
def test_table_that_may_be_left_out(package: Path, table: str) -> None:
    (package / f"{table}.csv").unlink()
    assert set(columns(table)) <= set(getattr(load(package), table).reset_index().columns)


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    assert {fault.cause for fault in faults(tmp_path / "nowhere")} == {f"there is no folder {tmp_path / 'nowhere'}"}


# --- the tables as they are given ----------------------------------------------------------------------------------


def test_figures_are_typed(package: Path) -> None:
    row = load(package).rows["figures"]["reports-change"]
    assert [row.value, row.step, row.period_start, row.versus] == [F(-20), None, date(2023, 1, 1), ""]


def test_imprecise_date_stays_as_written() -> None:
    assert load(DATA).rows["sources"]["toppress-2023"].published == "2023"


@pytest.mark.parametrize(
    ("figure", "rounding", "expected"),
    [
        ("orders", "nearest", Interval(F(74_500), F(75_500), high_open=True)),
        ("orders", "coarse", Interval(F(72_500), F(77_500), high_open=True)),
        ("orders", "at_least", Interval(F(75_000), F(76_000), high_open=True)),
        ("arrests-change", "nearest", Interval(F("1.75"), F("2.25"), high_open=True)),
        ("arrests-change", "coarse", Interval(F("1.5"), F("2.5"), high_open=True)),
        ("arrests-change", "at_least", Interval(F("1.75"), F("2.25"), high_open=True)),
        ("reports-change", "coarse", Interval(F(-25), F(-15), low_open=True)),
        ("criminal-change", "nearest", Interval(F("-4.25"), F("-4.15"), low_open=True)),
        ("reconciled-share", "coarse", Interval(F("0.4"), F("0.6"), high_open=True)),
        ("refusal-share-2022", "nearest", Interval(F("0.595"), F("0.605"), high_open=True)),
        ("refusal-share-2022", "coarse", Interval(F("0.55"), F("0.65"), high_open=True)),
        ("reconciled-share-2022", "nearest", Interval(F("0.4245"), F("0.4255"), high_open=True)),
        ("protocols-2023-early", "nearest", Interval(F(17_450), F(17_550), high_open=True)),
        ("court-arrests-2022", "coarse", Interval(F(10_000), F(20_000), high_open=True)),
        ("reports-2023", "coarse", Interval(F(99_026), F(99_026))),
    ],
)
def test_interval_of_a_figure(figure: str, rounding: str, expected: Interval) -> None:
    assert load(DATA, rounding).intervals[figure] == expected


def test_rounding_is_changed_without_loading_again() -> None:
    assert same(load(DATA).with_rounding("coarse"), load(DATA, "coarse"))


def test_changing_the_rounding_leaves_the_ledger_as_it_was() -> None:
    ledger = load(DATA)
    ledger.with_rounding("coarse")
    assert same(ledger, load(DATA))


@pytest.mark.parametrize("choose", [lambda: load(DATA, "exact"), lambda: load(DATA).with_rounding("exact")])
def test_unknown_rounding_names_those_there_are(choose: Callable[[], Ledger]) -> None:
    with pytest.raises(RoundingError, match=", ".join(ROUNDINGS)):
        choose()


def test_break_date() -> None:
    assert load(DATA).break_date == date(2023, 7, 1)


def test_no_break_date_without_a_break(package: Path, edit: Edit) -> None:
    edit(package, "events", "reform", "kind", "rule")
    assert load(package).break_date is None


def test_known_holds_ids_of_every_edition() -> None:
    everything = load(DATA)
    ids = {*everything.figures.index, *everything.events.index, *everything.sources.index}
    assert load(DATA, evidence="core").known == ids


# --- editions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "evidence", "expected"),
    [
        ("", "core", set(CORE)),
        ("2023-11-15", "core", {CORE[0]}),
        ("2024-01-21", "core", {CORE[0]}),
        ("2024-01-22", "core", set(CORE)),
        (date(2023, 11, 15), "core", {CORE[0]}),
    ],
)
def test_core_sources_of_an_edition(as_of: str | date, evidence: str, expected: set[str]) -> None:
    assert set(load(DATA, as_of=as_of, evidence=evidence).sources.index) == expected


def test_edition_holds_what_was_published_by_its_day() -> None:
    # An imprecise date counts at its end: nothing of "2023" is known in November.
    held = set(load(DATA, as_of="2023-11-15").sources.index)
    published = {name: row.published for name, row in load(DATA).rows["sources"].items()}
    latest = {
        source: (day + "-12-31")[:10] if len(day) == 4 else (day + "-31")[:10] for source, day in published.items()
    }
    assert held == {source for source, day in latest.items() if day <= "2023-11-15"}


@pytest.mark.parametrize("table", ["figures", "events", "omitted"])
def test_edition_holds_only_what_its_sources_say(table: str) -> None:
    ledger = load(DATA, as_of="2023-11-15")
    assert set(getattr(ledger, table)["source"]) <= set(ledger.sources.index)


def test_edition_holds_only_readings_of_its_figures() -> None:
    ledger = load(DATA, evidence="core")
    assert set(ledger.readings["figure"]) <= set(ledger.figures.index)


def test_edition_drops_a_reference_to_what_it_does_not_hold(package: Path, edit: Edit) -> None:
    edit(package, "figures", "orders", "versus", "orders-2023-year")
    found = [load(package, as_of=day).figures.at["orders", "versus"] for day in ("", "2023-11-15")]
    assert found == ["orders-2023-year", ""]


def test_edition_drops_a_dispute_of_which_one_side_is_left(package: Path) -> None:
    assert list(load(package).sides) == ["total-2023"]
    assert list(load(package, as_of="2024-02-15").sides) == []


def test_rivals_stand_on_the_other_sides() -> None:
    ledger = load(DATA)
    assert ledger.rivals("reports-2023-aikyn") == ("reports-2023", "reports-2023-ombudsman")
    assert ledger.rivals("reports-2023") == ("reports-2023-aikyn",)
    assert ledger.rivals("orders") == ()


FIRST = (
    ({"sources": 1}, "sources.csv has no row yet: add one for each article"),
    ({"figures": 1}, "No figure of a core source yet: add a row to figures.csv"),
)


@pytest.mark.parametrize(("kept", "message"), FIRST, ids=["no source", "no figure"])
def test_package_of_headers_says_what_comes_next(package: Path, kept: dict[str, int], message: str) -> None:
    for table in ("figures", "events", "readings", "disputes", "omitted", "corrections", *kept):
        rewrite(package, table, lambda text: text.splitlines()[0] + "\n")
    with pytest.raises(EditionError, match=message):
        load(package)
    if "sources" not in kept:
        assert load(package, unfinished=True).rows["figures"] == {}


def test_draft_is_counted_and_enters_nothing(package: Path, edit: Edit) -> None:
    """A draft says what it has; what a person has yet to fill in may be empty."""
    rewrite(package, "figures", lambda text: text.replace("said_by,note", "said_by,note,status").replace("\n", ",\n"))
    rewrite(package, "figures", lambda text: text.replace("said_by,note,status,", "said_by,note,status"))
    for field, value in {"status": "draft", "measure": "", "kind": "", "said_by": "", "period_basis": ""}.items():
        edit(package, "figures", "requirements-people-2025", field, value)
    ledger = load(package)
    assert "requirements-people-2025" not in ledger.rows["figures"]
    assert [row.id for row in ledger.drafts["figures"]] == ["requirements-people-2025"]
    assert ledger.drafts["figures"][0].value == 6_000


def test_what_refers_to_a_draft_waits_for_it(package: Path, edit: Edit) -> None:
    rewrite(
        package,
        "sources",
        lambda text: (
            text.replace("read,origin", "read,status,origin")
            .replace("full,", "full,,")
            .replace("excerpt,", "excerpt,,")
        ),
    )
    edit(package, "sources", CORE[0], "status", "draft")
    assert {fault.cause for fault in faults(package)} == {
        "is still a draft in sources.csv; confirm it first: empty its `status`"
    }


def test_filled_column_of_former_disputes_says_how_to_write_it_now(package: Path) -> None:
    lines = (package / "figures.csv").read_text(encoding="utf-8").splitlines()
    filled = [lines[0] + ",disputes", *(line + "," for line in lines[1:])]
    (package / "figures.csv").write_text("\n".join(filled) + "\n", encoding="utf-8")
    assert same(load(package), load(DATA))
    filled[3] += "orders"
    (package / "figures.csv").write_text("\n".join(filled) + "\n", encoding="utf-8")
    (fault,) = faults(package)
    assert (fault.row, fault.field) == ("line 4 (arrests-change)", "disputes")
    assert "`arrests-change-dispute,one,arrests-change` and `arrests-change-dispute,other,orders`" in fault.cause


def test_newest_edition_is_as_of_its_newest_source() -> None:
    assert load(DATA, evidence="core").as_of == date(2024, 1, 22)


def test_newest_edition_of_all_is_as_of_the_newest_of_all() -> None:
    published = [last_day(source.published) for source in load(DATA).rows["sources"].values()]
    assert load(DATA).as_of == max(published)


@pytest.mark.parametrize("evidence", ["core", "all"])
def test_edition_before_the_first_article_is_refused_with_its_date(evidence: str) -> None:
    with pytest.raises(EditionError, match=r"by 2022-12-31\. The first was published on 2023-11-15"):
        load(DATA, as_of="2022-12-31", evidence=evidence)


@pytest.mark.parametrize("as_of", ["2023-12", "15.11.2023", "yesterday", "2023-02-30"])
def test_day_of_an_edition_that_is_none_is_refused(as_of: str) -> None:
    with pytest.raises(EditionError, match=f"`{as_of}` for `as_of`. Write a day as 2023-12-31"):
        load(DATA, as_of=as_of)


def test_unknown_evidence_names_those_there_are() -> None:
    with pytest.raises(EditionError, match=r"`context` for `evidence`\. Use one of: core, all"):
        load(DATA, evidence="context")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 28)),
        ("2024-04-15", date(2024, 4, 15)),
    ],
)
def test_imprecise_date_counts_at_its_end(text: str, expected: date) -> None:
    assert last_day(text) == expected


# --- the schema ----------------------------------------------------------------------------------------------------

CONTRACT = {
    "sources": "id layer title publisher published url language read origin accessed archived status note",
    "measures": "id label counts nature decimals place part_of recorded definition note",
    "figures": "id source measure kind printed value value_to step step_coarse qualifier period_start period_end "
    "period_basis versus base_measure base_start base_end base_basis wording translation said_by status nearby note",
    "events": "id date date_basis label kind source wording translation said_by status",
    "readings": "question reading label figure measure period_start period_end",
    "disputes": "dispute side figure",
    "omitted": "source wording reason status",
    "corrections": "date was now figure",
}


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_are_those_of_the_contract(table: str) -> None:
    assert columns(table) == CONTRACT[table].split()


def test_tables_are_those_of_the_contract() -> None:
    assert list(TABLES) == list(CONTRACT)


def test_description_on_disk_is_made_from_the_schema() -> None:
    assert json.loads((DATA / "datapackage.json").read_text(encoding="utf-8")) == describe(DATA)


def test_description_is_written_as_it_stands_on_disk(package: Path) -> None:
    ledgers.main(str(package))
    assert (package / "datapackage.json").read_bytes() == (DATA / "datapackage.json").read_bytes()


def test_description_lists_only_tables_that_are_there(package: Path) -> None:
    (package / "omitted.csv").unlink()
    assert [resource["name"] for resource in describe(package)["resources"]] == [
        "sources", "measures", "figures", "events", "readings", "disputes", "corrections"
    ]  # fmt: skip


def test_description_is_not_written_of_a_faulty_package(package: Path, edit: Edit) -> None:
    edit(package, "figures", "orders", "value", "x")
    (package / "datapackage.json").unlink()
    with pytest.raises(PackageError):
        ledgers.main(str(package))
    assert not (package / "datapackage.json").exists()


FIELDS = {
    (resource["name"], field["name"]): field
    for resource in describe(DATA)["resources"]
    for field in resource["schema"]["fields"]
}


@pytest.mark.parametrize(
    ("table", "field", "type"),
    [
        ("figures", "value", "number"),
        ("figures", "step", "number"),
        ("figures", "period_start", "date"),
        ("figures", "printed", "string"),
        ("sources", "published", "string"),
        ("events", "date", "string"),
        ("readings", "period_end", "date"),
    ],
)
def test_type_in_the_description(table: str, field: str, type: str) -> None:
    assert FIELDS[table, field]["type"] == type


@pytest.mark.parametrize(
    ("table", "field", "constraint", "value"),
    [
        ("figures", "kind", "enum", ["count", "multiple", "change", "share", "points", "difference"]),
        (
            "figures",
            "qualifier",
            "enum",
            ["over", "more than", "at least", "at most", "up to", "fewer than", "almost", "about"],
        ),
        ("figures", "wording", "required", True),
        ("figures", "id", "unique", True),
        ("figures", "step", "minimum", 0),
    ],
)
def test_constraint_in_the_description(table: str, field: str, constraint: str, value: object) -> None:
    assert FIELDS[table, field]["constraints"][constraint] == value


@pytest.mark.parametrize(
    ("table", "field", "resource"),
    [
        ("figures", "source", "sources"),
        ("figures", "versus", ""),
        ("readings", "figure", "figures"),
        ("measures", "part_of", ""),
    ],
)
def test_reference_in_the_description(table: str, field: str, resource: str) -> None:
    keys = {one["name"]: one["schema"]["foreignKeys"] for one in describe(DATA)["resources"]}[table]
    assert {"fields": [field], "reference": {"resource": resource, "fields": ["id"]}} in keys


def test_every_column_of_the_figures_is_described() -> None:
    plain = {"kind", "qualifier", "base_basis"}  # their allowed values say it
    figures = {field: info for (table, field), info in FIELDS.items() if table == "figures"}
    assert {field for field, info in figures.items() if not info.get("description")} <= plain


def test_two_questions_may_not_set_one_field_of_a_figure(package: Path, edit: Edit) -> None:
    """The row of scope S1 for the earlier number also sets its first day, which the question baseline sets."""
    table = pd.read_csv(package / "readings.csv", dtype=str, keep_default_na=False)
    at = table.index[(table["reading"] == "S1") & (table["figure"] == "brought-before")][0]
    edit(package, "readings", int(at), "period_start", "2022-01-01")
    found = [fault for fault in faults(package) if fault.field == "period_start"]
    assert [(fault.file, fault.value) for fault in found] == [("readings.csv", "2022-01-01")]
    assert "the question baseline sets it for brought-before too" in found[0].cause
