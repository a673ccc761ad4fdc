"""Short texts are found exactly, whatever else is asked for."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cuibono.sources.keys import ABSENT, Keys, words_of

TEXTS = st.binary(min_size=1, max_size=8).filter(lambda text: not text.endswith(b"\0"))


@given(listed=st.lists(TEXTS, min_size=1, max_size=60, unique=True), asked=st.lists(TEXTS))
def test_a_text_is_found_where_it_stands(listed: list[bytes], asked: list[bytes]) -> None:
    wanted = [*listed, *asked]
    found = Keys(listed).find(words_of(wanted))
    assert found.tolist() == [listed.index(t) if t in listed else ABSENT for t in wanted]


def test_a_list_of_thousands_of_letters_is_found_too() -> None:
    listed = [f"{n:X}\t".encode() for n in range(700)]
    assert Keys(listed).find(words_of(listed)).tolist() == list(range(700))


def test_nothing_is_found_in_no_words() -> None:
    assert Keys([b"RUS"]).find(np.empty(0, dtype=np.uint64)).size == 0
