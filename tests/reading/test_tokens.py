"""Sentences and words, each at its place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.reading.tokens import LONGEST_SENTENCE, cut_words, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Lavrov met Gen. Dunford. They talked.", 2),
        ("The U.S. Secretary of State left Moscow.", 1),
        ("It cost 2.5 million. Nobody paid.", 2),
        ('He said: "Stop." They did.', 2),
        ("One line\nanother line", 2),
        ("No stop at the end", 1),
        ("What? Really! Yes.", 3),
        ("   ", 0),
    ],
)
def test_sentences_are_told_from_abbreviations(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Western-backed rebels", ["western", "backed", "rebels"]),
        ("Russia's", ["russia", "'s"]),
        ("didn’t", ["didn't"]),
        ("U.S.-led", ["u.s.", "led"]),
        ("2,000 men", ["2,000", "men"]),
        ("Côte d’Ivoire", ["côte", "d'ivoire"]),
        ("“peace conference,”", ["“", "peace", "conference", ",", "”"]),
    ],
)
def test_words_are_cut_as_they_are_read(text: str, words: list[str]) -> None:
    assert cut_words(text, 0, 0, len(text)).words == words


def test_a_hyphen_ties_the_word_behind_it() -> None:
    assert cut_words("US-led war", 0, 0, 10).glued == [False, True, False]


@given(st.text(max_size=300))
def test_words_stand_where_they_say(text: str) -> None:
    tokens = cut_words(text, 0, 0, len(text))
    for word, start, end in zip(tokens.raw, tokens.starts, tokens.ends, strict=True):
        assert text[start:end] == word


@given(st.text(max_size=300))
def test_sentences_do_not_overlap_and_hold_all_letters(text: str) -> None:
    spans = split_sentences(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    left = "".join(text[start:end] for start, end in spans)
    assert sorted(filter(str.isalpha, left)) == sorted(filter(str.isalpha, text))


def test_an_endless_sentence_is_read_up_to_a_limit() -> None:
    text = "war " * 10_000
    assert cut_words(text, 0, 0, len(text)).ends[-1] <= LONGEST_SENTENCE
