"""A case file reads as it is written, and the two that ship read whole."""

import hashlib
import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.made_case import TEXT, changed, made, refused, write
from tests.store.made_files import propose

from cuibono.model.period import Period
from cuibono.record.case_file import read_case
from cuibono.record.case_format import KNOWN_KEYS

CASES = Path(__file__).parents[2] / "cases"


def test_the_relation_and_its_days_are_as_written(tmp_path: Path) -> None:
    case = made(tmp_path)
    assert str(case.relation) == "RUS→PAK"
    assert case.period == Period(date(2012, 1, 1), date(2023, 1, 1))
    assert [str(dyad) for dyad in case.compare] == ["RUS→IND"]


def test_an_explanation_keeps_its_prior_and_predictions(tmp_path: Path) -> None:
    first, second = made(tmp_path).explanations
    (prediction,) = first.predictions
    assert (first.prior, second.prior) == ((0.2, 0.5), (0.2, 0.5))
    assert (str(prediction.driver), prediction.sign) == ("IND→USA", 1)
    assert second.predictions == ()


def test_evidence_keeps_its_likelihoods_and_place(tmp_path: Path) -> None:
    (item,) = made(tmp_path).evidence
    judged = item.likelihoods["pressure"]
    assert (judged.if_true, judged.if_false) == ((0.5, 0.7), (0.1, 0.2))
    assert (item.document, item.locator, item.precision) == ("doc", "paragraph 3", "day")


def test_a_case_keeps_the_hash_of_its_files_bytes(tmp_path: Path) -> None:
    data = TEXT.replace("\n", "\r\n").encode()
    case = read_case(write(tmp_path, data))
    assert case.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "data",
    [TEXT.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + TEXT.encode()],
    ids=["CRLF", "byte order mark"],
)
def test_what_editors_add_changes_no_case(tmp_path: Path, data: bytes) -> None:
    plain, edited = made(tmp_path), read_case(write(tmp_path, data, "edited.toml"))
    assert edited.evidence == plain.evidence
    assert edited.explanations == plain.explanations


HOSTILE = ["<script>alert(1)</script>", "{{ 7*7 }}", "'; DROP TABLE", "\\u202eback", "[x](y)"]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_text_in_a_title_is_text(tmp_path: Path, title: str) -> None:
    text = changed('title = "A made case"', f'title = "{title}"')
    assert made(tmp_path, text).title == title.replace("\\u202e", "\u202e")


PLAIN = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="'"), min_size=1
)


@propose
@given(question=PLAIN)
def test_any_words_of_a_question_come_back(tmp_path: Path, question: str) -> None:
    text = changed('question = "Why?"', f"question = '{question}'")
    assert made(tmp_path, text).question == question


def test_swapping_the_actors_swaps_nothing_else(tmp_path: Path) -> None:
    plain = made(tmp_path)
    swapped = made(tmp_path, changed('"RUS"\nrecipient = "PAK"', '"PAK"\nrecipient = "RUS"'))
    assert swapped.relation == plain.relation.reverse
    assert swapped.evidence == plain.evidence


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_case_that_ships_is_read(path: Path) -> None:
    case = read_case(path)
    assert case.name == path.stem
    assert len(case.evidence) >= 20
    assert len(case.explanations) >= 2


def test_keys_are_known_by_the_name_in_the_file() -> None:
    assert {"from", "to", "if_true", "nearest_rival"} <= set(KNOWN_KEYS)
    assert "start" not in KNOWN_KEYS


@pytest.mark.parametrize(
    ("written", "years"),
    [("", 5.0), ("half_life_years = 2", 2.0), ("half_life_years = inf", math.inf)],
)
def test_the_half_life_of_motives_is_as_written(
    written: str, years: float, tmp_path: Path
) -> None:
    text = changed('recipient = "PAK"\n', f'recipient = "PAK"\n{written}\n')
    assert made(tmp_path, text).half_life_years == years


@pytest.mark.parametrize("years", ["0", "-1", "nan"])
def test_a_half_life_of_no_length_is_refused(years: str, tmp_path: Path) -> None:
    text = changed('recipient = "PAK"\n', f'recipient = "PAK"\nhalf_life_years = {years}\n')
    assert "made.toml:7: case.half_life_years" in refused(write(tmp_path, text))


DECLARED = """
[declared]
target = "non_state:islamic-state"
document = "doc"
locator = "page 1"
"""
SHOCK = """
[[shock]]
day = {day}
where = "{where}"
what = "a bomb"
source = "https://example.org"
"""


def test_a_declared_target_is_resolved_and_keeps_its_document(tmp_path: Path) -> None:
    declared = made(tmp_path, TEXT + DECLARED).declared
    assert declared is not None
    assert declared.target.id == "non_state:islamic-state"
    assert (declared.document, declared.locator) == ("doc", "page 1")
    assert made(tmp_path).declared is None


def test_shocks_are_sorted_by_day(tmp_path: Path) -> None:
    text = TEXT + SHOCK.format(day="2016-05-01", where="PAK")
    case = made(tmp_path, text + SHOCK.format(day="2015-05-01", where="AFG"))
    assert [(s.day.year, s.where.id, s.what) for s in case.shocks] == [
        (2015, "AFG", "a bomb"),
        (2016, "PAK", "a bomb"),
    ]
    assert {"AFG"} <= {actor.id for actor in case.actors}


@pytest.mark.parametrize(
    ("added", "piece", "said"),
    [
        (DECLARED.replace('"doc"', '"dok"'), "dok", "doc"),
        (DECLARED.replace("islamic-state", "islamic-stat"), "islamic-stat", "islamic-stat"),
        (SHOCK.format(day="1999-01-01", where="PAK"), "1999-01-01", "not in the period"),
        (SHOCK.format(day="2016-01-01", where="PAKK"), "PAKK", "PAKK"),
        (SHOCK.format(day="2016-01-01", where="PAK") + 'wher = "X"\n', "wher =", "wher"),
    ],
    ids=["document", "target", "day", "actor", "key"],
)
def test_a_fault_in_a_declaration_or_shock_names_its_line(
    added: str, piece: str, said: str, tmp_path: Path
) -> None:
    text = TEXT + added
    message = refused(write(tmp_path, text))
    number = next(n for n, line in enumerate(text.splitlines(), 1) if piece in line)
    assert f":{number}:" in message
    assert said in message
