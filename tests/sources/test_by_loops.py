"""The compiled loops see in any text what the columns of NumPy see, bit for bit."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.made_exports import DAMAGES, damaged, made_lines

from cuibono.sources.gdelt import cutting
from cuibono.sources.gdelt.by_columns import recognise_by_columns
from cuibono.sources.gdelt.by_loops import recognise_by_loops
from cuibono.sources.gdelt.rows import Recognised, Rows, join
from cuibono.stats.compiled import can_compile

SOUND = made_lines(1, 80)[0]
LINES = [*SOUND, *(damaged(line, d) for line, d in zip(SOUND, DAMAGES, strict=False))]
TEXT = b"\n".join(LINES) + b"\n"
# Compiled before a property is tested, as that takes longer than an example may.
WHOLE = next(recognise_by_loops(TEXT))


def arrays(told: Recognised) -> list[np.ndarray]:
    return [
        told.starts,
        told.ends,
        told.at,
        *(getattr(told.rows, f.name) for f in fields(Rows)),
    ]


def same(text: bytes) -> bool:
    """Of less than a step: else the steps of one twin are the whole of the other."""
    twins = (
        arrays(next(recognise(text)))
        for recognise in (recognise_by_loops, recognise_by_columns)
    )
    return all(
        loop.dtype == column.dtype and np.array_equal(loop, column)
        for loop, column in zip(*twins, strict=True)
    )


def test_here_the_loops_are_compiled() -> None:
    assert can_compile()


def test_damaged_lines_are_seen_alike() -> None:
    assert 80 < WHOLE.at.size < len(LINES)
    assert same(TEXT)


@pytest.mark.parametrize("text", [b"\n", b"\n" * 200, b"\t" * 60 + b"\n"])
def test_texts_of_next_to_nothing_are_seen_alike(text: bytes) -> None:
    assert same(text)


@pytest.mark.parametrize("step", [1, 63, 64, 65, 700, 5_000])
def test_steps_of_any_length_are_seen_alike(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    monkeypatch.setattr(cutting, "STEP_BYTES", step)
    steps = list(recognise_by_loops(TEXT))
    at = np.cumsum([0, *(part.starts.size for part in steps)]).tolist()
    counted = [replace(part, at=part.at + n) for part, n in zip(steps, at, strict=False)]
    assert all(map(np.array_equal, arrays(join(counted)), arrays(WHOLE)))


EDITS = st.lists(
    st.tuples(
        st.integers(0, len(SOUND[0]) - 1),
        st.integers(0, 2),
        st.sampled_from(b"\t\t\n09aR.-\0\xff"),
    ),
    min_size=1,
    max_size=4,
)


@given(edits=EDITS, line=st.integers(0, len(SOUND) - 1))
def test_any_bytes_put_in_left_out_or_written_over_are_seen_alike(
    edits: list[tuple[int, int, int]], line: int
) -> None:
    changed = bytearray(SOUND[line])
    for place, left_out, byte in edits:
        changed[place : place + left_out] = bytes([byte])
    assert same(b"\n".join([SOUND[0], bytes(changed), SOUND[1]]) + b"\n")


@given(length=st.integers(1, 17), digits=st.integers(0, 10**17 - 1))
def test_keys_of_any_length_are_seen_alike(length: int, digits: int) -> None:
    rest = SOUND[0].partition(b"\t")[2]
    assert same(f"{digits:017}"[-length:].encode() + b"\t" + rest + b"\n")
