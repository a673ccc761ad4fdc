"""Text cut into sentences and words, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cuibono.reading.wordlists import word_set

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W_]+n['’]t\b"
    r"|['’](?:s|re|ve|ll|d|m)\b"
    r"|[^\W_]+(?:['’](?!(?:s|re|ve|ll|d|m)\b)[^\W_]+)*"
    r"|[^\w\s]"
)
STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[^\W_a-z])|\n")
ABBREVIATED = word_set("abbreviation")
BEFORE_STOP = re.compile(r"([^\W_]+(?:\.[^\W_])*)$")
LONGEST_SENTENCE = 4000


@dataclass(slots=True)
class Tokens:
    """The words of one sentence.

    Attributes
    ----------
    number : int
        Which sentence of the document, from 0.
    start, end : int
        Where it stands in the text, half-open.
    words : list of str
        In lower case, apostrophes straight; hyphens part words and are left out.
    raw : list of str
        As written.
    starts, ends : list of int
        Where each word stands in the text.
    glued : list of bool
        Whether a hyphen ties it to the word before.
    """

    number: int
    start: int
    end: int
    words: list[str]
    raw: list[str]
    starts: list[int]
    ends: list[int]
    glued: list[bool]


def _is_abbreviation(text: str, at: int) -> bool:
    if text[at] != ".":
        return False
    before = BEFORE_STOP.search(text, max(0, at - 12), at)
    if before is None:
        return False
    word = before[1].casefold()
    return word in ABBREVIATED or (len(word) == 1 and word != "i") or "." in word


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    A line end parts sentences too; a reader joins wrapped lines before this.

    Parameters
    ----------
    text : str
        The whole text.
    start, end : int, optional
        The part to split; by default all of it.

    Returns
    -------
    list of tuple of int
        Start and end of each, without the space around it.

    Examples
    --------
    >>> text = "U.S. Secretary Kerry met Mr. Lavrov. They talked."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['U.S. Secretary Kerry met Mr. Lavrov.', 'They talked.']
    """
    end = len(text) if end is None else end
    found, begun = [], start
    for stop in STOP.finditer(text, start, end):
        if text[stop.start()] != "\n" and _is_abbreviation(text, stop.start()):
            continue
        found.append((begun, stop.end()))
        begun = stop.end()
    found.append((begun, end))
    trimmed = []
    for a, b in found:
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            trimmed.append((a, b))
    return trimmed


def cut_words(text: str, number: int, start: int, end: int) -> Tokens:
    """Cut one sentence into words.

    Parameters
    ----------
    text : str
        The whole text.
    number : int
        Which sentence it is.
    start, end : int
        Where the sentence stands.

    Returns
    -------
    Tokens
        Its words; one of more than `LONGEST_SENTENCE` characters is read up to there.

    Examples
    --------
    >>> cut_words("Russia's U.S.-backed rivals", 0, 0, 27).words
    ['russia', "'s", 'u.s.', 'backed', 'rivals']
    """
    tokens = Tokens(number, start, end, [], [], [], [], [])
    glue = False
    for at, stop, word in _words(text, start, min(end, start + LONGEST_SENTENCE)):
        if word == "-" and _is_glue(text, at):
            glue = True
            continue
        tokens.words.append(word.lower().replace("’", "'"))
        tokens.raw.append(word)
        tokens.starts.append(at)
        tokens.ends.append(stop)
        tokens.glued.append(glue)
        glue = False
    return tokens


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in WORD.finditer(text, start, end):
        yield match.start(), match.end(), match[0]


def _is_glue(text: str, at: int) -> bool:
    inside = 0 < at < len(text) - 1
    return inside and not text[at - 1].isspace() and not text[at + 1].isspace()
