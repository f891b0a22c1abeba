"""Names above a calendar: however they fall, none crosses another or another's line."""

from __future__ import annotations

from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from helpers.charts.steps import place

NAMES = ["law", "a law is signed", "police register on their own initiative", "a case that held attention for long"]


@given(
    st.lists(
        st.tuples(st.floats(5, 335), st.sampled_from(NAMES)),
        min_size=1,
        max_size=5,
        unique_by=lambda s: round(s[0] / 14),
    )
)
def test_names_fit_together_in_a_narrow_drawing(steps: list[tuple[float, str]]) -> None:
    found = place([(x, name, 400) for x, name in sorted(steps)], 0, 340)
    assert [one.x for one in found] == sorted(x for x, _ in steps)
    assert [" ".join(one.lines) for one in found] == [name for _, name in sorted(steps)]
    for a, b in combinations(found, 2):
        apart = a.left + a.width <= b.left or b.left + b.width <= a.left
        assert apart or a.top <= b.bottom or b.top <= a.bottom
    assert all(one.left >= 0 and one.left + one.width <= 340.01 for one in found)


def test_as_low_as_they_can_stand() -> None:
    assert [one.bottom for one in place([(20, "law", 400), (200, "law", 400)], 0, 340)] == [0, 0]


def test_no_line_passes_through_a_name() -> None:
    for names in (["a law is signed", "law", "a case that held attention for long"], ["law", NAMES[2], NAMES[3]]):
        for step in (20, 45, 70):
            found = place([(60 + nth * step, name, 400) for nth, name in enumerate(names)], 0, 340)
            for name, other in permutations(found, 2):
                if other.bottom > name.bottom:  # its line runs down past the name
                    assert not name.left < other.x < name.left + name.width
