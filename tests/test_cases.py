"""The shipped cases, held to what a reviewer would ask of them."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cuibono.model.evidence import Likelihood

ROOT = Path(__file__).parents[1]
ESSAYS = ROOT.parent / "shared" / "documents"
RAW = ROOT.parent / "shared" / "data"
LONGEST_QUOTE = 7
CASES = {
    path.stem: tomllib.loads(path.read_text("utf-8"))
    for path in sorted((ROOT / "cases").glob("*.toml"))
}
cases = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def ids(case: dict[str, Any], table: str) -> list[str]:
    return [entry["id"] for entry in case[table]]


def judged(case: dict[str, Any]) -> Iterator[tuple[str, str, Likelihood]]:
    for item in case["evidence"]:
        for explanation, bands in item["likelihoods"].items():
            yield item["id"], explanation, Likelihood(**bands)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def runs_of_words(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_the_worked_cases_ship() -> None:
    assert {"russia-pakistan", "india-united-states", "russia-west-2016"} <= set(CASES)


@cases
def test_a_case_weighs_forty_items_and_more(case: dict[str, Any]) -> None:
    assert len(case["evidence"]) >= 40


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_named_like_its_file(name: str) -> None:
    assert CASES[name]["case"]["name"] == name


@cases
@pytest.mark.parametrize("table", ["document", "explanation", "evidence"])
def test_ids_are_unique(case: dict[str, Any], table: str) -> None:
    assert len(ids(case, table)) == len(set(ids(case, table)))


@cases
def test_at_least_two_explanations_compete(case: dict[str, Any]) -> None:
    assert len(case["explanation"]) >= 2


@cases
def test_the_declared_purpose_is_taken_at_its_word(case: dict[str, Any]) -> None:
    assert "declared-purpose" in ids(case, "explanation")


@cases
def test_the_nearest_rival_is_another_listed_explanation(case: dict[str, Any]) -> None:
    known = ids(case, "explanation")
    wrong = [e["id"] for e in case["explanation"] if e["nearest_rival"] not in known]
    wrong += [e["id"] for e in case["explanation"] if e["nearest_rival"] == e["id"]]
    assert wrong == []


@cases
def test_every_explanation_names_what_would_separate_it(case: dict[str, Any]) -> None:
    assert [e["id"] for e in case["explanation"] if not e["discriminator"].strip()] == []


@cases
def test_no_explanation_gets_a_head_start(case: dict[str, Any]) -> None:
    assert len({tuple(e["prior"]) for e in case["explanation"]}) == 1


@cases
def test_predictions_are_of_a_third_party_relation(case: dict[str, Any]) -> None:
    focal = {case["case"]["actor"], case["case"]["recipient"]}
    predicted = [p for e in case["explanation"] for p in e.get("prediction", [])]
    assert predicted
    assert [p["driver"] for p in predicted if set(p["driver"]) == focal] == []


@cases
def test_no_driver_is_predicted_with_both_signs(case: dict[str, Any]) -> None:
    signs: dict[tuple[str, ...], set[int]] = {}
    for explanation in case["explanation"]:
        for p in explanation.get("prediction", []):
            signs.setdefault(tuple(p["driver"]), set()).add(p["sign"])
    assert all(len(found) == 1 and found <= {-1, 1} for found in signs.values())


@cases
def test_only_listed_explanations_are_judged(case: dict[str, Any]) -> None:
    known = set(ids(case, "explanation"))
    assert {explanation for _, explanation, _ in judged(case)} <= known


@cases
def test_every_item_bears_on_an_explanation(case: dict[str, Any]) -> None:
    assert [item["id"] for item in case["evidence"] if not item["likelihoods"]] == []


@cases
def test_bands_are_ordered_probabilities(case: dict[str, Any]) -> None:
    bands = [(i, e, band) for i, e, x in judged(case) for band in (x.if_true, x.if_false)]
    bands += [("prior", e["id"], e["prior"]) for e in case["explanation"]]
    assert [(i, e) for i, e, (low, high) in bands if not 0 < low <= high < 1] == []


@cases
def test_no_band_claims_to_know_better_than_a_tenth(case: dict[str, Any]) -> None:
    bands = [(i, e, band) for i, e, x in judged(case) for band in (x.if_true, x.if_false)]
    assert [(i, e) for i, e, (low, high) in bands if high - low < 0.1] == []


@cases
def test_every_judgement_gives_its_reason(case: dict[str, Any]) -> None:
    assert [(i, e) for i, e, x in judged(case) if not x.why.strip()] == []


@cases
@pytest.mark.parametrize("favours", [True, False], ids=["for", "against"])
def test_every_explanation_has_evidence_both_ways(case: dict[str, Any], favours: bool) -> None:
    seen = {e for _, e, x in judged(case) if (sum(x.decibans) > 0) == favours}
    assert set(ids(case, "explanation")) - seen == set()


@cases
def test_copies_of_one_origin_are_judged_alike(case: dict[str, Any]) -> None:
    by_origin: dict[tuple[str, str], set[tuple[float, ...]]] = {}
    origin = {item["id"]: item["origin"] for item in case["evidence"]}
    for item, explanation, x in judged(case):
        key = (origin[item], explanation)
        by_origin.setdefault(key, set()).add((*x.if_true, *x.if_false))
    assert [key for key, found in by_origin.items() if len(found) > 1] == []


@cases
def test_at_least_one_origin_is_reported_twice(case: dict[str, Any]) -> None:
    origins = sorted(item["origin"] for item in case["evidence"])
    assert any(one == other for one, other in pairwise(origins))


@cases
def test_evidence_cites_a_listed_document_and_a_place_in_it(case: dict[str, Any]) -> None:
    known = ids(case, "document")
    assert [
        item["id"]
        for item in case["evidence"]
        if item["document"] not in known or not item["locator"].strip()
    ] == []


@cases
def test_no_document_is_listed_without_being_used(case: dict[str, Any]) -> None:
    assert {item["document"] for item in case["evidence"]} == set(ids(case, "document"))


@cases
def test_evidence_is_dated_inside_the_period(case: dict[str, Any]) -> None:
    start: date = case["case"]["from"]
    end: date = case["case"]["to"]
    outside = [item["id"] for item in case["evidence"] if not start <= item["day"] < end]
    assert outside == []


@cases
def test_cross_references_name_items_that_exist(case: dict[str, Any]) -> None:
    named = {ref for text in texts(case) for ref in re.findall(r"\bE\d\d\b", text)}
    assert named <= set(ids(case, "evidence"))


@pytest.mark.skipif(not ESSAYS.is_dir(), reason="the essays are not in ../shared/documents")
@cases
def test_no_sentence_of_an_essay_is_copied(case: dict[str, Any]) -> None:
    length = LONGEST_QUOTE + 1
    essays = [path.read_text("utf-8") for path in ESSAYS.glob("*.txt")]
    theirs = set().union(*(runs_of_words(essay, length) for essay in essays))
    written = {table: value for table, value in case.items() if table != "document"}
    ours = [runs_of_words(text, length) for text in texts(written)]
    assert theirs & set().union(*ours) == set()


AGREEMENT = """
    select count(*) filter (a.vote = b.vote), count(*)
    from '{raw}/un_votes/un_votes.parquet' a
    join '{raw}/un_votes/un_votes.parquet' b using (rcid)
    join '{raw}/un_votes/un_roll_calls.parquet' c using (rcid)
    where a.country_code = '{one}' and b.country_code = '{other}'
    and year(c.date::date) between {first} and {last}
"""
BETWEEN = """
    select count(*) filter (r.vote = p.vote), count(*) filter (r.vote = i.vote), count(*)
    from '{raw}/un_votes/un_votes.parquet' r
    join '{raw}/un_votes/un_votes.parquet' p using (rcid)
    join '{raw}/un_votes/un_votes.parquet' i using (rcid)
    join '{raw}/un_votes/un_roll_calls.parquet' c using (rcid)
    where r.country_code = 'RU' and p.country_code = 'PK' and i.country_code = 'IN'
    and p.vote <> i.vote and year(c.date::date) between {first} and {last}
"""
EVENTS = """
    select count(*) filter (quad in {quads}), count(*)
    from '{raw}/icews/icews_{year}.parquet'
    where source_iso3 = '{actor}' and {recipient} and month(date) in {months}
"""
TALIBAN = "(target = 'Taliban' or target like '%(Taliban)')"
ALL_YEAR = (1, 2, 3, 4, 5, 6, 7, 8)
RP, IU, RW = "russia-pakistan", "india-united-states", "russia-west-2016"


def votes(one: str, other: str, first: int, last: int) -> tuple[str, dict[str, object]]:
    return AGREEMENT, {"one": one, "other": other, "first": first, "last": last}


def events(
    actor: str, recipient: str, year: int, quads: tuple[int, ...], *months: int
) -> tuple[str, dict[str, object]]:
    if len(recipient) == 3:
        recipient = f"target_iso3 = '{recipient}'"
    months = months or ALL_YEAR
    span = f"({', '.join(map(str, months))})"
    asked = f"({', '.join(map(str, quads))})"
    return EVENTS, {
        "actor": actor,
        "recipient": recipient,
        "year": year,
        "quads": asked,
        "months": span,
    }


FIGURES = [
    (RP, "E48", votes("RU", "PK", 2005, 2011), (479, 656)),
    (RP, "E48", votes("RU", "PK", 2014, 2019), (351, 565)),
    (RP, "E48", votes("RU", "IN", 2005, 2011), (466, 666)),
    (RP, "E48", votes("RU", "IN", 2014, 2019), (348, 572)),
    (RP, "E49", (BETWEEN, {"first": 2005, "last": 2011}), (48, 29, 99)),
    (RP, "E49", (BETWEEN, {"first": 2014, "last": 2019}), (37, 30, 99)),
    (RP, "E52", votes("RU", "CN", 2014, 2019), (422, 567)),
    (RP, "E53", events("RUS", "PAK", 2021, (1, 2, 3, 4), 4), (30, 30)),
    (RP, "E54", events("RUS", "PAK", 2022, (1, 2, 3, 4), 2), (22, 22)),
    (RP, "E55", events("PAK", "RUS", 2022, (1, 2, 3, 4), 2), (34, 34)),
    (RP, "E57", events("RUS", TALIBAN, 2021, (1, 2)), (88, 102)),
    (RP, "E59", events("RUS", "IND", 2022, (1, 2, 3, 4)), (207, 207)),
    (IU, "E01", votes("IN", "US", 1992, 1999), (85, 620)),
    (IU, "E01", votes("IN", "US", 2014, 2019), (116, 581)),
    (IU, "E05", votes("IN", "CN", 2014, 2019), (411, 573)),
    (IU, "E37", events("IND", "CHN", 2021, (3, 4)), (46, 196)),
    (IU, "E37", events("IND", "USA", 2022, (3, 4)), (15, 242)),
    (IU, "E38", events("IND", "RUS", 2022, (2,)), (13, 238)),
    (RW, "E42", votes("RU", "US", 2011, 2013), (80, 250)),
    (RW, "E42", votes("RU", "US", 2014, 2016), (76, 264)),
    (RW, "E43", votes("RU", "FR", 2011, 2013), (145, 251)),
    (RW, "E43", votes("RU", "FR", 2014, 2016), (132, 264)),
    (RW, "E44", votes("RU", "SY", 2009, 2013), (263, 399)),
    (RW, "E44", votes("RU", "SY", 2014, 2016), (173, 260)),
]


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw files are not in ../shared/data")
@pytest.mark.parametrize(("case", "item", "query", "figures"), FIGURES)
def test_a_figure_can_be_computed_again(
    case: str, item: str, query: tuple[str, dict[str, object]], figures: tuple[int, ...]
) -> None:
    sql, named = query
    found = duckdb.sql(sql.format(raw=RAW, **named)).fetchone()
    assert found == figures


@pytest.mark.parametrize(("case", "item", "query", "figures"), FIGURES)
def test_a_figure_stands_in_its_item(
    case: str, item: str, query: tuple[str, dict[str, object]], figures: tuple[int, ...]
) -> None:
    said = next(e for e in CASES[case]["evidence"] if e["id"] == item)
    numbers = re.findall(r"\d+", said["text"] + " " + said["locator"])
    assert {str(figure) for figure in figures} <= set(numbers)
