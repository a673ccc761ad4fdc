"""What came before is known, in whatever order and lots numbers come."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cuibono.record.seen import Seen

LOTS = st.lists(st.lists(st.integers(-5, 40), max_size=12), max_size=8)


@given(lots=LOTS)
def test_a_number_is_new_once(lots: list[list[int]]) -> None:
    seen, before = Seen(), set[int]()
    for lot in lots:
        new = []
        for number in lot:
            new.append(number not in before)
            before.add(number)
        assert seen.add(np.array(lot, dtype=np.int64)).tolist() == new


@given(lots=LOTS)
def test_it_holds_what_was_added(lots: list[list[int]]) -> None:
    seen = Seen()
    for lot in lots:
        seen.add(np.array(lot, dtype=np.int64))
    held = seen.holds(np.arange(-10, 50))
    assert held.tolist() == [n in {x for lot in lots for x in lot} for n in range(-10, 50)]


def test_numbers_without_a_gap_take_the_room_of_one() -> None:
    seen = Seen()
    for start in (2000, 0, 1000):
        seen.add(np.arange(start, start + 1000))
    assert seen.runs == 1
