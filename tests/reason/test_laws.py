"""Laws of what figures imply together: for any ledger of counts and ratios."""

from __future__ import annotations

from fractions import Fraction as F

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reason.small import figure, make
from reason.test_programme import PERIOD, SPANS, intervals

from helpers.figures.interval import Interval
from helpers.reason.programme import programme
from helpers.reason.scenario import whole

slow = settings(max_examples=settings().max_examples // 4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIRST, REST, ALL = PERIOD[0, 1], PERIOD[1, 3], PERIOD[0, 3]


@st.composite
def rows(draw):
    """Figures of two measures, one perhaps part of the other, as small tests write them."""
    counts = st.tuples(st.sampled_from("ab"), st.sampled_from(SPANS), intervals())
    made = [
        figure(f"f{n}", interval, *PERIOD[span], measure=measure)
        for n, (measure, span, interval) in enumerate(draw(st.lists(counts, min_size=1, max_size=4)))
    ]
    for n, (span, sixths) in enumerate(draw(st.lists(st.tuples(st.sampled_from(SPANS), intervals(6)), max_size=1))):
        base = dict(zip(("base_start", "base_end"), FIRST, strict=True)) | {"base_measure": "a"}
        made.append(figure(f"r{n}", sixths / 3, *PERIOD[span], measure="b", kind="multiple", **base))
    return made


def wider(interval, by):
    low = max(interval.low - by, F(0))
    return Interval(low, interval.high + by, interval.low_open and low > 0, interval.high_open)


def implied(figures, nested):
    made = programme(whole(make(figures, ["a", ("b", "a") if nested else "b"])), {})
    totals = {span: made.total("a", *PERIOD[span]) for span in SPANS}
    return made, {**totals, "ratio": made.ratio("a", FIRST, REST), "limited": made.total("a", *ALL, 2)}


def within(inner, outer):
    return inner is None or (outer is not None and outer.intersection(inner) == inner)


@slow
@given(rows(), st.booleans(), st.integers(0, 3), st.data())
def test_a_wider_figure_never_narrows_what_is_implied(figures, nested, by, data):
    at = data.draw(st.sampled_from(range(len(figures))))
    loose = [row | {"interval": wider(row["interval"], by)} if n == at else row for n, row in enumerate(figures)]
    made, narrow = implied(figures, nested)
    other, wide = implied(loose, nested)
    assert other.feasible() or not made.feasible()
    assert other.shortfall() <= made.shortfall() + 1e-6
    for name, inner in narrow.items():
        assert within(inner, wide[name]), name


@slow
@given(rows(), st.booleans(), st.data())
def test_one_figure_more_never_widens_what_is_implied(figures, nested, data):
    at = data.draw(st.sampled_from(range(len(figures))))
    fewer = [row for n, row in enumerate(figures) if n != at]
    (_, narrow), (_, wide) = implied(figures, nested), implied(fewer, nested)
    for name in (*SPANS, "ratio"):  # a limit counts the stretches that figures cover, so one figure less may free some
        assert within(narrow[name], wide[name]), name


@slow
@given(rows(), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(figures, nested, random):
    shuffled = random.sample(figures, len(figures))
    (made, one), (other, same) = implied(figures, nested), implied(shuffled, nested)
    assert one == same
    assert (made.feasible(), made.unevenness()) == (other.feasible(), other.unevenness())
    assert abs(made.shortfall() - other.shortfall()) < 1e-6


@slow
@given(rows(), st.booleans())
def test_the_whole_lies_between_its_parts(figures, nested):
    made, totals = implied(figures, nested)
    if made.feasible():
        assert totals[0, 3].low >= max(totals[0, 1].low, totals[1, 3].low)
        assert within(totals[0, 3], totals[0, 1] + totals[1, 3])


# --- persons counted once: every set of persons, each seen in some stretches ------------------------------------------

SEEN = [frozenset(some) for some in ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2))]


@slow
@given(
    st.lists(st.sampled_from(SEEN), max_size=12), st.lists(st.sampled_from(SPANS), max_size=3), st.sampled_from(SPANS)
)
def test_any_persons_lie_within_what_their_counts_imply(persons, known, asked):
    def counted(span):
        return sum(bool(seen & set(range(*span))) for seen in persons)

    figures = [figure(f"f{n}", counted(span), *PERIOD[span]) for n, span in enumerate(known)]
    made = programme(whole(make(figures)).counting_distinct("a"), {})
    assert made.feasible()
    assert counted(asked) in made.total("a", *PERIOD[asked])


def test_persons_counted_once_are_bound_as_tightly_as_persons_can_be():
    # Ten in the first stretch, ten in the second, twelve in both together: eight came back. Of fifteen in all three the
    # third holds three who are new, and at most all the twelve besides.
    figures = [
        figure(f"f{n}", count, *PERIOD[span])
        for n, (count, span) in enumerate([(10, (0, 1)), (10, (1, 2)), (12, (0, 2)), (15, (0, 3))])
    ]
    made = programme(whole(make(figures)).counting_distinct("a"), {})
    assert made.total("a", *PERIOD[2, 3]) == Interval(3, 15)
    # Second and third together: the ten of the second and the three new ones, and at most the two more of the first.
    assert made.total("a", *PERIOD[1, 3]) == Interval(13, 15)
    # Added up, they clash.
    assert not programme(whole(make(figures)), {}).feasible()


def test_twelve_persons_cannot_come_from_two_stretches_of_five():
    figures = [figure("all", 12, *PERIOD[0, 2]), *(figure(f"f{n}", 5, *PERIOD[n, n + 1]) for n in (0, 1))]
    made = programme(whole(make(figures)).counting_distinct("a"), {})
    assert made.clashes() == ("all", "f0", "f1")
    assert made.shortfall() == 2
