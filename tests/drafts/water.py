"""An invented package on the water supply of a town that does not exist: counts, shares, a range, a dispute, a
break."""

from __future__ import annotations

from pathlib import Path

from packages import written


def water(folder: Path) -> Path:
    """Write the package into a folder: sources in English, Russian and Kazakh, and rows that name no `versus`."""
    measures = {
        "leaks": ("leaks repaired", "leaks"),
        "bursts": ("burst pipes", "pipes"),
        "use": ("water use", "litres"),
        "metered": ("households with a meter", "households"),
        "complaints": ("complaints about water", "complaints"),
        "cut": ("households without water", "households"),
        "arrears": ("households in arrears", "households"),
        "paid": ("bills paid on time", "bills"),
        "inspections": ("inspections of wells", "inspections"),
        "fines": ("fines for wasting water", "fines"),
        "wells": ("wells cleaned", "wells"),
    }
    figures = [
        _row("leaks-2022", "leaks", "4,800", "4800", 2022),
        _row("leaks-2023", "leaks", "6,100", "6100", 2023),
        _row("bursts-2023", "bursts", "940", "940", 2023),
        _row("bursts-change", "bursts", "15%", "-15", 2023, kind="change", **_base(2022)),
        _row("use-change", "use", "8%", "-8", 2021, kind="change", **_base(2020)),
        _row("metered", "metered", "Two thirds", "0.667", 2023, kind="share", step="0.05"),
        _row("complaints-company", "complaints", "2,300", "2300", 2023),
        _row("complaints-ombudsman", "complaints", "3,100", "3100", 2023),
        _row("cut", "cut", "40 to 60 thousand", "40000", 2024, value_to="60000"),
        _row(
            "arrears", "arrears", "doubled", "2", 2024, kind="multiple", step="0.5", qualifier="almost", **_base(2022)
        ),
        _row("paid-2022", "paid", "70%", "0.7", 2022, kind="share"),
        _row("paid-2024", "paid", "78%", "0.78", 2024, kind="share"),
        _row("inspections", "inspections", "1 250", "1250", 2024, source="ru", wording="проведено 1 250 проверок"),
        _row("fines", "fines", "320", "320", 2024, source="ru", wording="выписано 320 штрафов"),
        _row("wells", "wells", "2 400", "2400", 2024, source="kk", wording="2 400 құдық тазаланды"),
    ]
    return written(
        folder,
        sources=[{"id": "desk"}, {"id": "ru", "language": "ru"}, {"id": "kk", "language": "kk"}],
        measures=[{"id": name, "label": label, "counts": unit} for name, (label, unit) in measures.items()],
        figures=figures,
        events=[
            {
                "id": "radio",
                "date": "2021-03-01",
                "date_basis": "stated",
                "label": "Meters are read by radio",
                "kind": "break",
                "source": "desk",
                "wording": "meters read by radio from 1 March",
                "said_by": "Desk",
            }
        ],
        disputes=[
            {"dispute": "complaints", "side": side, "figure": f"complaints-{side}"} for side in ("company", "ombudsman")
        ],
    )


def _row(name: str, measure: str, printed: str, value: str, year: int, **cells: str) -> dict[str, str]:
    days = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31", "period_basis": "stated"}
    return {"id": name, "measure": measure, "printed": printed, "value": value} | days | cells


def _base(year: int) -> dict[str, str]:
    return {"base_start": f"{year}-01-01", "base_end": f"{year}-12-31", "base_basis": "stated"}
