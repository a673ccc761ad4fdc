"""Short codes found in raw bytes, eight bytes at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Words: TypeAlias = NDArray[np.uint64]

WORD_BYTES = 8
SLOT_BITS = 16
ABSENT = -1


class Slots(NamedTuple):
    """What a look-up reads.

    Attributes
    ----------
    multiplier : uint64
        Sends a word to its slot: the highest `SLOT_BITS` bits of the product.
    places : int16 array, shape (2**SLOT_BITS,)
        Place in the list, by slot.
    words : uint64 array, shape (n_keys,)
        The list.
    """

    multiplier: np.uint64
    places: NDArray[np.int16]
    words: Words


class Keys:
    """A closed list of short texts, looked up as 64-bit words without a search.

    A multiplier is sought that sends every key to a slot of its own, so that a
    look-up is one product and two reads; it stays exact because the word found
    in the slot is compared with the one asked for.

    Parameters
    ----------
    texts : sequence of bytes
        Of one to eight bytes, each once; a shorter one is filled up with zero
        bytes.

    Attributes
    ----------
    slots : Slots
        What a look-up reads.

    References
    ----------
    .. [1] Dietzfelbinger, M., Hagerup, T., Katajainen, J. and Penttonen, M.
       (1997). A reliable randomized algorithm for the closest-pair problem.
       *Journal of Algorithms* 25(1). doi:10.1006/jagm.1997.0873

    Examples
    --------
    >>> seats = Keys([b"RUS", b"PAK"])
    >>> seats.find(words_of([b"PAK", b"IND"])).tolist()
    [1, -1]
    """

    def __init__(self, texts: Sequence[bytes]) -> None:
        words = words_of(texts)
        for multiplier in _odd_numbers():
            slots = (words * multiplier) >> np.uint64(64 - SLOT_BITS)
            if np.unique(slots).size == slots.size:
                break
        places = np.zeros(2**SLOT_BITS, dtype=np.int16)
        places[slots] = np.arange(slots.size)
        self.slots = Slots(multiplier, places, words)

    def find(self, words: Words) -> NDArray[np.int16]:
        """Give each word's place in the list.

        Parameters
        ----------
        words : array of uint64, shape (n,)
            Little-endian: the first byte is the lowest.

        Returns
        -------
        array of int16, shape (n,)
            Place from 0; `ABSENT` where the list has no such text.
        """
        slots = (words * self.slots.multiplier) >> np.uint64(64 - SLOT_BITS)
        places: NDArray[np.int16] = self.slots.places[slots]
        places[self.slots.words[places] != words] = ABSENT
        return places


def words_of(texts: Sequence[bytes]) -> Words:
    """Read texts as words.

    Parameters
    ----------
    texts : sequence of bytes
        Of at most eight bytes.

    Returns
    -------
    array of uint64, shape (n,)
        Little-endian, filled up with zero bytes.
    """
    joined = b"".join(text.ljust(WORD_BYTES, b"\0") for text in texts)
    return np.frombuffer(joined, dtype="<u8")


def _odd_numbers() -> Iterator[np.uint64]:
    """Give multipliers that spread words well: odd multiples of the golden ratio."""
    for step in count(1, 2):
        yield np.uint64(0x9E3779B97F4A7C15 * step % 2**64)
