"""Lines told apart from their bytes: plain ones as numbers, odd ones as they came."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.made_exports import COLUMNS, DAMAGES, damaged, made_lines, put
from tests.sources.made_tables import lines, read

from cuibono.sources.codes import listed_codes
from cuibono.sources.gdelt import cutting
from cuibono.sources.gdelt import plain as module
from cuibono.sources.gdelt.codebook import parties
from cuibono.sources.gdelt.plain import read_plain
from cuibono.sources.resolve import code_lookup
from cuibono.vocab.events import QUADS

SOUND = made_lines(1, 200)[0]
# Damage that the reader too has nothing against.
HARMLESS = {
    "quote", "quote of lines", "carriage return", "carriage return within", "accent",
    "full-width character", "zero byte", "long", "eight digits", "act of two digits",
    "no score", "country in small letters", "country too long", "country too short",
    "two countries", "own country", "group", "group unheard of", "group alone",
    "id of another", "day in 1920",
}  # fmt: skip


@pytest.fixture(
    scope="module", params=[True, False], ids=["in loops", "by columns"], autouse=True
)
def lane(request: pytest.FixtureRequest) -> Iterator[None]:
    read_plain([LINE])  # once, as compiling takes longer than an example of a property may
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "can_compile", lambda: request.param)
        yield


def one(line: bytes) -> tuple[int, str, str | None, str | None, str | None]:
    plain = read_plain([line])
    assert plain.odd.size == 0
    rows, ids = plain.rows, (*parties(), None)
    return (
        int(rows.key[0]),
        str(rows.day.astype("datetime64[D]")[0]),
        ids[rows.actor[0]],
        ids[rows.recipient[0]],
        (None, *QUADS)[rows.channel[0]],
    )


LINE = put(
    GLOBALEVENTID=b"719024875", SQLDATE=b"20171202", Actor1CountryCode=b"RUS",
    Actor1KnownGroupCode=b"", Actor2CountryCode=b"AFG", Actor2KnownGroupCode=b"TAL",
    EventCode=b"0311", EventBaseCode=b"031", EventRootCode=b"03", QuadClass=b"1",
)(SOUND[0].split(b"\t"))  # fmt: skip


def test_a_line_by_hand() -> None:
    assert one(LINE) == (
        719024875, "2017-12-02", "RUS", "non_state:taliban", "verbal_cooperation",
    )  # fmt: skip


def test_a_statement_has_no_quad() -> None:
    codes = {"EventCode": b"010", "EventBaseCode": b"010", "EventRootCode": b"01"}
    assert one(put(**codes)(LINE.split(b"\t")))[-1] is None


def test_a_group_unheard_of_leaves_the_country() -> None:
    assert one(put(Actor2KnownGroupCode=b"XYZ")(LINE.split(b"\t")))[3] == "AFG"


@given(number=st.integers(10**7, 10**16 - 1))
def test_any_key_of_8_to_16_digits_is_read(number: int) -> None:
    assert one(put(GLOBALEVENTID=str(number).encode())(LINE.split(b"\t")))[0] == number


@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_day_of_two_centuries_is_read(day: date) -> None:
    stamp = f"{day:%Y%m%d}".encode()
    line = put(SQLDATE=stamp, DATEADDED=stamp + b"001500")(LINE.split(b"\t"))
    assert one(line)[1] == day.isoformat()


@given(digits=st.integers(0, 99_999_999))
def test_eight_digits_are_plain_only_where_they_are_a_day(digits: int) -> None:
    text = f"{digits:08}"
    line = put(SQLDATE=text.encode(), DATEADDED=b"20991231000000")(LINE.split(b"\t"))
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        day = date.min
    assert (read_plain([line]).odd.size == 0) == (date(1900, 1, 1) <= day < date(2100, 1, 1))


@pytest.mark.parametrize("days", [0, 1, 2])
def test_a_day_ahead_may_be_another_time_zone_two_may_not(days: int) -> None:
    ahead = date(2018, 1, 1) + timedelta(days=days)
    line = put(SQLDATE=f"{ahead:%Y%m%d}".encode(), DATEADDED=b"20180101001500")(
        LINE.split(b"\t")
    )
    assert (read_plain([line]).odd.size == 0) == (days < 2)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_line_is_plain_only_where_nothing_is_wrong_with_it(damage: str) -> None:
    plain = read_plain([damaged(SOUND[5], damage) + b"\n", SOUND[6]])
    assert (plain.odd.size == 0, plain.at[-1]) == (damage in HARMLESS, plain.starts.size - 1)


def test_nothing_plain_is_refused_by_the_reader() -> None:
    made = [damaged(line, d) for line, d in zip(SOUND, sorted(DAMAGES), strict=False)]
    plain = read_plain([b"\n".join(made)])
    told = [plain.line(i).decode("utf-8", "replace").rstrip("\r") for i in plain.at.tolist()]
    rows = read("gdelt", "quarter_hour", events=lines(*told))
    assert [row["reject"] for row in rows] == [None] * plain.at.size


def test_what_is_sound_never_waits_for_the_reader() -> None:
    assert read_plain([b"\n".join(SOUND)]).odd.size == 0


@given(cuts=st.lists(st.integers(0, 200), max_size=4), damage=st.sampled_from(sorted(DAMAGES)))
def test_every_line_is_there_once_whatever_the_files(cuts: list[int], damage: str) -> None:
    made = [*SOUND[:99], *damaged(SOUND[99], damage).split(b"\n"), *SOUND[100:]]
    edges = [0, *sorted(cuts), len(made)]
    files = [made[a:b] for a, b in pairwise(edges)]
    plain = read_plain([b"\n".join(file) + b"\n" * bool(file) for file in files])
    assert plain.bounds.tolist() == edges
    assert sorted([*plain.at.tolist(), *plain.odd.tolist()]) == list(range(len(made)))
    assert [plain.line(n) for n in range(len(made))] == made


def test_files_without_lines_are_no_lines() -> None:
    plain = read_plain([b"", b""])
    assert (plain.starts.size, plain.bounds.tolist()) == (0, [0, 0, 0])


def test_events_can_be_set_by() -> None:
    plain = read_plain([b"\n".join(SOUND)]).without({719_024_875 + 3, 5})
    assert (plain.odd.tolist(), 3 in plain.at) == ([3], False)


@pytest.mark.parametrize(
    "lookup", [code_lookup("gdelt"), listed_codes("gdelt", "known_groups.csv")]
)
def test_every_code_of_an_actor_has_three_letters(lookup: object) -> None:
    codes = lookup.to_pyarrow()["lookup_code"].to_pylist()  # type: ignore[attr-defined]
    assert {len(code.encode()) for code in codes} == {3}


def test_the_parties_are_sorted() -> None:
    assert list(parties()) == sorted(set(parties()))


def test_the_columns_are_those_of_the_card() -> None:
    assert (len(COLUMNS), np.unique(COLUMNS).size) == (61, 61)


@pytest.mark.parametrize("step", [1, 700, 5_000])
def test_text_is_cut_alike_in_steps_of_any_length(
    monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    made = [damaged(line, d) for line, d in zip(SOUND, sorted(DAMAGES), strict=False)]
    text = b"\n".join([*SOUND, *made])
    whole = read_plain([text])
    monkeypatch.setattr(cutting, "STEP_BYTES", step)
    steps = read_plain([text])
    assert (steps.at.tolist(), steps.odd.tolist()) == (whole.at.tolist(), whole.odd.tolist())
    assert [steps.line(n) for n in range(steps.starts.size)] == text.split(b"\n")


def test_a_bad_byte_costs_its_own_line_in_a_later_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "STEP_BYTES", 1_000)
    bad = damaged(SOUND[50], "cut character")
    assert read_plain([b"\n".join([*SOUND[:50], bad, *SOUND[51:]])]).odd.tolist() == [50]
