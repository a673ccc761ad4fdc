"""What the codes in a GDELT line may be, as words that bytes can be compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cuibono.sources.codes import listed_codes, read_list
from cuibono.sources.keys import ABSENT, WORD_BYTES, Keys, Words, words_of
from cuibono.sources.resolve import ALWAYS, code_lookup
from cuibono.vocab.events import QUADS, cameo_codes

# The first so many bytes of a word; none where a field is longer than a word.
MASKS = np.array([(1 << 8 * n) - 1 for n in range(WORD_BYTES + 1)] + [0], dtype=np.uint64)
FIRST_DATE, DATES = 19_000_000, 2_000_000
NO_DAY = np.int32(-(2**30))
# A code that changed hands is for the reader, who looks at the day.
UNDECIDED = -2


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """What the words in the columns that are read may be.

    Attributes
    ----------
    parties : tuple of str
        Every actor that a column can name, by id, sorted.
    states, groups : Keys
        Codes of countries and of known groups, each with its tab.
    state_party, group_party : int16 array, shape (n_codes + 1,)
        Places among the parties; `UNDECIDED` where the day decides, and at
        the end `ABSENT`, which is what `Keys` finds for any other code.
    acts : Keys
        First words of an act's four columns, code to quad class.
    rest, rest_mask : uint64 array, shape (n_acts,)
        The bytes that must follow, and which of them there are.
    channel : int16 array, shape (n_acts,)
        1 + the place of the act's quad in `QUADS`; 0 for acts without one.
    scores : Keys
        Goldstein values in the usual spelling, and none, each with its tab.
    days : int32 array, shape (DATES + 1,)
        Days since 1970-01-01 by their eight digits less `FIRST_DATE`;
        `NO_DAY` where the digits are none.
    """

    parties: tuple[str, ...]
    states: Keys
    state_party: NDArray[np.int16]
    groups: Keys
    group_party: NDArray[np.int16]
    acts: Keys
    rest: Words
    rest_mask: Words
    channel: NDArray[np.int16]
    scores: Keys
    days: NDArray[np.int32]


def parties() -> tuple[str, ...]:
    """List every actor that a column of GDELT can name.

    Returns
    -------
    tuple of str
        Actor ids, sorted.
    """
    return codes().parties


@cache
def codes() -> Codes:
    """Read the code tables.

    Returns
    -------
    Codes
        From the registry of actors, the list of known groups, and CAMEO.
    """
    states, groups = code_lookup("gdelt"), listed_codes("gdelt", "known_groups.csv")
    meanings = [_meanings(table.to_pyarrow()) for table in (states, groups)]
    ids = {actor for meaning in meanings for actor in meaning.values() if actor}
    place = {actor: n for n, actor in enumerate(sorted(ids))}
    (state, state_party), (group, group_party) = (_book(m, place) for m in meanings)
    quads = {row["root"]: row["quad_class"] for row in read_list("gdelt", "quad_classes.csv")}
    acts = {
        f"{code}\t{code[:3]}\t{code[:2]}\t{quads[code[:2]]}\t".encode(): meaning.quad
        for code, meaning in cameo_codes().items()
    }
    numbers = {f"{tenths / 10:{form}}" for tenths in range(-100, 101) for form in (".1f", "g")}
    return Codes(
        parties=tuple(place),
        states=state,
        state_party=state_party,
        groups=group,
        group_party=group_party,
        acts=Keys([act[:WORD_BYTES] for act in acts]),
        rest=words_of([act[WORD_BYTES:] for act in acts]),
        rest_mask=MASKS[[len(act) - WORD_BYTES for act in acts]],
        channel=np.array([1 + QUADS.index(q) if q else 0 for q in acts.values()], np.int16),
        scores=Keys([f"{number}\t".encode() for number in ("", *sorted(numbers))]),
        days=_calendar(),
    )


def _meanings(lookup: pa.Table) -> dict[str, str | None]:
    """Give each code its actor; none where it has one on some days only."""
    return {
        row["lookup_code"]: row["lookup_id"]
        if (row["lookup_from"], row["lookup_to"]) == ALWAYS
        else None
        for row in lookup.to_pylist()
    }


def _book(
    meanings: dict[str, str | None], place: dict[str, int]
) -> tuple[Keys, NDArray[np.int16]]:
    """Give the keys of codes and the parties they name; one more at the end, for no code."""
    named = [place[actor] if actor else UNDECIDED for actor in meanings.values()]
    keys = Keys([f"{code}\t".encode() for code in meanings])
    return keys, np.array([*named, ABSENT], dtype=np.int16)


def _calendar() -> NDArray[np.int32]:
    """Lay out the days of 1900 to 2099 under their eight digits less the first of them."""
    calendar = np.full(DATES + 1, NO_DAY)
    days = np.arange("1900-01-01", "2100-01-01", dtype="datetime64[D]")
    years, months = days.astype("datetime64[Y]"), days.astype("datetime64[M]")
    digits = (
        (years.astype(np.int64) + 1970) * 10_000
        + (months.astype(np.int64) % 12 + 1) * 100
        + (days - months).astype(np.int64)
        + 1
    )
    calendar[digits - FIRST_DATE] = days.astype(np.int64)
    return calendar
