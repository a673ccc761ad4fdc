"""The lists of words are what they look like, and none holds a word in vain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.reading.tokens import cut_words
from cuibono.reading.wordlists import read_csv, read_toml, word_set, words_of

LISTS = read_toml("words.toml")
PHRASE = st.lists(st.text("abcdefgh'.", min_size=1, max_size=6), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ("ban, give up", [("ban",), ("give", "up")]),
        ("break-up", [("break", "up")]),
        (" , ban,,  hold   off ,", [("ban",), ("hold", "off")]),
        ("", []),
    ],
)
def test_a_list_is_cut_at_commas_and_a_phrase_at_spaces_and_hyphens(
    listed: str, words: list[tuple[str, ...]]
) -> None:
    assert words_of(listed) == words


@given(phrases=st.lists(PHRASE))
def test_what_was_joined_is_split_into_the_same_phrases(phrases: list[list[str]]) -> None:
    listed = ", ".join(" ".join(phrase) for phrase in phrases)
    assert words_of(listed) == [tuple(phrase) for phrase in phrases]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_holds_each_word_once_and_in_lower_case(name: str) -> None:
    words = words_of(LISTS[name])
    assert len(words) == len(set(words)) == len(word_set(name)) > 0
    assert all(word == word.lower() for word in word_set(name))


@pytest.mark.parametrize("name", ["doubling", "singular", "determiner", "nominal"])
def test_a_word_that_is_listed_can_come_out_of_a_text(name: str) -> None:
    for word in word_set(name):
        assert " ".join(cut_words(word, 0, 0, len(word)).words) == word


def test_a_list_that_is_not_there_is_an_error_and_not_empty() -> None:
    with pytest.raises(KeyError, match="doublings"):
        word_set("doublings")


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("irregular_verbs.csv", ("base",)),
        ("frames.csv", ("verb", "object")),
        ("operators.csv", ("inner",)),
        ("plover.csv", ("code",)),
        ("combining.csv", ("prefix",)),
    ],
)
def test_a_table_says_everything_once_and_fills_its_columns(
    table: str, key: tuple[str, ...]
) -> None:
    rows = read_csv(table)
    keys = [tuple(row[name] for name in key) for row in rows]
    assert len(keys) == len(set(keys)) > 0
    assert all(cell is not None for row in rows for cell in row.values())
    assert all(None not in row for row in rows)
