"""The proposer speaks only where the dictionary is silent, with its record of being right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.reading.document import build_document
from cuibono.reading.events import Analysis, analyse
from cuibono.reading.proposer import (
    NO_ACT,
    PROPOSER,
    choose_root,
    clause_of,
    features_of,
    load_weights,
    parse_weights,
)
from cuibono.reading.read import read_document
from cuibono.reading.tokens import cut_words

SILENT = "A Paris court found a Rwandan doctor guilty of genocide."


def analysis(text: str) -> Analysis:
    return analyse(cut_words(text, 0, 0, len(text)))


def features(text: str) -> tuple[str, ...]:
    sentence = analysis(text)
    return features_of(sentence, 0, len(sentence.tokens.words))


def test_names_and_numbers_are_not_seen() -> None:
    assert features("Fiji deplored 12 raids.") == features("Tonga deplored 30 raids.")


def test_a_word_is_seen_with_its_base_its_beginnings_and_its_neighbours() -> None:
    seen = features("Fiji deplored raids.")
    assert {"deplore", "deplo-", "deplor-", "@ deplored", "deplored raids"} <= set(seen)


def test_the_root_with_most_votes_is_chosen_by_its_lead() -> None:
    weights = {"a": (("11", 5), ("17", 9)), "b": (("11", 7),)}
    assert choose_root(["a", "b"], weights) == ("11", (12 - 9) * 16 // 2)


def test_words_never_seen_say_nothing() -> None:
    assert choose_root(["unheard"], {}) == (NO_ACT, 0)


@given(st.dictionaries(st.sampled_from("abc"), st.integers(-9, 9), max_size=3))
def test_a_table_is_read_as_it_was_written(votes: dict[str, int]) -> None:
    pairs = " ".join(f"{root}:{weight}" for root, weight in votes.items())
    known = parse_weights(f"\t9:80 3:50\nword\t{pairs}\n")
    assert known.steps == ((9, 80), (3, 50))
    assert dict(known.weights["word"]) == votes


def test_the_table_that_ships_is_small_and_names_its_shares() -> None:
    known = load_weights()
    assert known.steps == tuple(sorted(known.steps, reverse=True)) != ()
    assert all(50 <= right <= 100 for _, right in known.steps)
    size = sum(len(name) + 8 * len(pairs) for name, pairs in known.weights.items())
    assert size < 250_000


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Fiji found Tonga.", "found"),
        ("Fiji said that Samoa found Tonga.", "found"),
        ("Fiji did not find Tonga.", None),
        ("Fiji found nobody.", None),
        ("It rained in Tonga.", None),
    ],
)
def test_a_clause_needs_two_sides_and_a_deed(text: str, head: str | None) -> None:
    sentence = analysis(text)
    clause = clause_of(sentence)
    assert (sentence.tokens.words[clause.group.head] if clause else None) == head


def test_it_speaks_only_when_asked_and_says_how_often_it_is_right() -> None:
    document = build_document(SILENT)
    assert read_document(document) == []
    (record,) = read_document(document, propose=True)
    assert (record.cameo, record.event_type) == ("110", "ACCUSE")
    assert record.extractor.startswith(f"{PROPOSER} ")
    assert record.quote in SILENT


def test_where_the_dictionary_reads_something_it_adds_nothing() -> None:
    document = build_document("Fiji expelled two diplomats from Tonga.")
    assert read_document(document, propose=True) == read_document(document) != []
