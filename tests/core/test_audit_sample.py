"""Drawing looks by lot: the same whenever it is asked, fair, and of a small stratum everything."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from core.audit.judging import STRATA, Cell, Drawn
from core.audit.mark import Mark
from core.audit.sample import Sample, shares
from core.audit.store import Looked
from core.ids import StreamId

looks = st.lists(
    st.builds(
        Looked,
        st.builds(Mark, st.integers(0, 9), st.sampled_from([StreamId("audit:a"), StreamId("audit:b")]), st.integers(1)),
        st.sampled_from(STRATA),
        st.sampled_from(["hamnen", "lyktan"]),
        st.just("staff:sara"),
    ),
    max_size=60,
    unique_by=lambda one: (one.mark.stream, one.mark.no),
)
seeds = st.text("0123456789abcdef", min_size=32, max_size=32)
SEEDS = 2_000


def drawn(seed: str, places: list[Looked], *, per_stratum: int) -> list[Looked]:
    sample = Sample(seed, per_stratum=per_stratum)
    for start in range(0, len(places), 7):
        sample.offer(places[start : start + 7])
    return sample.drawn(STRATA)


@given(seeds, looks, st.integers(1, 9), st.randoms(use_true_random=False))
def test_the_order_in_which_looks_are_read_does_not_matter(
    seed: str, places: list[Looked], n: int, random: object
) -> None:
    shuffled = sorted(places, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert drawn(seed, shuffled, per_stratum=n) == drawn(seed, places, per_stratum=n)


@given(seeds, looks, st.integers(1, 9))
def test_of_each_stratum_so_many_are_drawn_or_all_there_are(seed: str, places: list[Looked], n: int) -> None:
    there, found = Counter(one.stratum for one in places), drawn(seed, places, per_stratum=n)
    assert Counter(one.stratum for one in found) == {name: min(n, there[name]) for name in there}
    assert set(found) <= set(places)
    assert len(set(found)) == len(found)


@given(seeds, looks, st.integers(1, 8))
def test_who_draws_more_has_drawn_the_fewer_too(seed: str, places: list[Looked], n: int) -> None:
    assert set(drawn(seed, places, per_stratum=n)) <= set(drawn(seed, places, per_stratum=n + 1))


def test_every_look_is_as_likely_as_any_other() -> None:
    """Ten looks, three drawn, 2,000 seeds: each comes out 600 times, give or take five standard deviations (102)."""
    places = [Looked(Mark(no, StreamId("audit:a"), no), "other", "hamnen", "staff:sara") for no in range(1, 11)]
    counted: Counter[int] = Counter()
    for seed in range(SEEDS):
        counted.update(one.mark.no for one in drawn(f"{seed:032x}", places, per_stratum=3))
    assert counted.total() == 3 * SEEDS
    assert all(abs(counted[no] - 600) < 103 for no in range(1, 11)), counted


@given(looks, st.data())
def test_shares_add_up(places: list[Looked], data: st.DataObject) -> None:
    counted = Counter((one.stratum, one.unit_id) for one in places)
    population = [Cell(stratum=stratum, unit_id=unit, looks=number) for (stratum, unit), number in counted.items()]
    items = [
        Drawn(stream=one.mark.stream, no=one.mark.no, at_ms=0, stratum=one.stratum, unit_id=one.unit_id, actor_id="")
        for one in drawn("0" * 32, places, per_stratum=4)
    ]
    judged = data.draw(st.sets(st.sampled_from(range(len(items))))) if items else set[int]()
    of_strata = shares(population, items, judged, by="stratum")
    of_units = shares(population, items, judged, by="unit_id")
    for found in (of_strata, of_units):
        assert sum(one.looks for one in found) == len(places)
        assert sum(one.drawn for one in found) == len(items)
        assert sum(one.judged for one in found) == len(judged)
        assert all(one.judged <= one.drawn <= one.looks for one in found)
