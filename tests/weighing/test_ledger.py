"""The ledger, checked by hand, by property and by its errors."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.made_cases import cases, item, judged, likelihoods, made, propose

from cuibono.errors import CaseSyntaxError
from cuibono.model.case import Case
from cuibono.model.evidence import Judgement, Likelihood
from cuibono.weighing.ledger import build_ledger


def test_copies_share_one_row() -> None:
    first = item("E1", {"india": judged(0.8, 0.2)}, origin="tass", day=date(2014, 6, 2))
    copy = item("E2", {"india": judged(0.8, 0.2)}, origin="tass", day=date(2014, 6, 3))
    (row,) = build_ledger(made(["india"], [copy, first]))
    assert (row.origin, row.items, row.span.start) == ("tass", ("E1", "E2"), date(2014, 6, 2))


def test_what_nobody_judged_is_blank() -> None:
    (row,) = build_ledger(made(["india", "china"], [item("E1", {"india": judged(0.8, 0.2)})]))
    assert row.cells["china"] is None


def test_judged_even_is_not_blank() -> None:
    (row,) = build_ledger(made(["india"], [item("E1", {"india": judged(0.5, 0.5)})]))
    cell = row.cells["india"]
    assert cell is not None
    assert cell.mid_db == 0


def test_cell_is_ten_log_ten_of_the_ratio() -> None:
    (row,) = build_ledger(made(["india"], [item("E1", {"india": judged(0.6, 0.06)})]))
    cell = row.cells["india"]
    assert cell is not None
    assert (cell.low_db, cell.mid_db, cell.high_db) == pytest.approx((10, 10, 10))
    assert cell.diagnostic == "smoking_gun"


@propose
@given(st.lists(likelihoods, min_size=2, max_size=4))
def test_disagreement_widens_and_never_strengthens(judgements: list[Likelihood]) -> None:
    copies = [item(f"E{k}", {"h": j}, origin="one") for k, j in enumerate(judgements)]
    (row,) = build_ledger(made(["h"], copies))
    cell = row.cells["h"]
    assert cell is not None
    mids = [sum(judgement.decibans) / 2 for judgement in judgements]
    assert all(cell.low_db <= j.decibans[0] for j in judgements)
    assert all(cell.high_db >= j.decibans[1] for j in judgements)
    assert min(mids) - 1e-9 <= cell.mid_db <= max(mids) + 1e-9


@propose
@given(cases(), st.randoms(use_true_random=False))
def test_order_of_items_is_immaterial(case: Case, random: Random) -> None:
    shuffled = list(case.evidence)
    random.shuffle(shuffled)
    assert build_ledger(replace(case, evidence=tuple(shuffled))) == build_ledger(case)


def test_item_without_an_origin_is_its_own() -> None:
    seen = item("E1", {"h": judged(0.8, 0.2)})
    (row,) = build_ledger(made(["h"], [replace(seen, origin="")]))
    assert row.origin == "E1"


def test_copy_without_a_cluster_joins_its_origins() -> None:
    first = item("E1", {"h": judged(0.8, 0.2)}, origin="o", cluster="leak")
    (row,) = build_ledger(made(["h"], [first, item("E2", {}, origin="o")]))
    assert row.cluster == "leak"


def test_origin_in_two_clusters_is_refused() -> None:
    one = item("E1", {}, origin="tass", cluster="kremlin")
    other = item("E2", {}, origin="tass", cluster="agency")
    said = r"cases/made.toml: origin 'tass' is in 2 clusters: 'agency' in E2, 'kremlin' in E1\."
    with pytest.raises(CaseSyntaxError, match=said):
        build_ledger(made(["h"], [one, other]))


def test_unknown_explanation_gets_the_nearest_name() -> None:
    case = made(["india", "urging"], [item("E1", {"indai": judged(0.8, 0.2)})])
    said = r"evidence 'E1' weighs 'indai', .* Did you mean india\? The case has india, urging\."
    with pytest.raises(CaseSyntaxError, match=said):
        build_ledger(case)


@pytest.mark.parametrize("band", [(0.0, 0.5), (0.5, 1.0), (0.6, 0.4), (float("nan"), 0.5)])
def test_impossible_band_is_refused_with_its_place(band: tuple[float, float]) -> None:
    case = made(["h"], [item("E1", {"h": Likelihood((0.5, 0.5), band, "")})])
    with pytest.raises(CaseSyntaxError, match=r"evidence 'E1', 'h': if_false = \["):
        build_ledger(case)


def test_without_evidence_the_ledger_is_empty() -> None:
    assert build_ledger(made(["h"], [])) == ()


def second(judge: str, if_true: float, if_false: float) -> Judgement:
    return Judgement(judge=judge, likelihoods={"h": judged(if_true, if_false)})


def test_two_judges_span_a_cell_and_their_distance_shows() -> None:
    one = item("E1", {"h": judged(0.4, 0.1)})
    (row,) = build_ledger(made(["h"], [replace(one, others=(second("Zoë", 0.2, 0.1),))]))
    cell = row.cells["h"]
    assert cell is not None
    assert [opinion.judge for opinion in cell.opinions] == ["Zoë", "an analyst"]
    assert (cell.low_db, cell.high_db) == pytest.approx((3.0103, 6.0206), abs=1e-4)
    assert cell.disagreement_db == pytest.approx(3.0103, abs=1e-4)


def test_one_judge_disagrees_with_nobody() -> None:
    (row,) = build_ledger(made(["h"], [item("E1", {"h": judged(0.4, 0.1)})]))
    cell = row.cells["h"]
    assert cell is not None
    assert cell.disagreement_db == 0


def test_a_cell_that_one_judge_leaves_blank_is_the_other_one_s() -> None:
    one = replace(item("E1", {}), others=(second("Zoë", 0.2, 0.1),))
    (row,) = build_ledger(made(["h"], [one]))
    cell = row.cells["h"]
    assert cell is not None
    assert [opinion.judge for opinion in cell.opinions] == ["Zoë"]


def test_a_second_judge_s_impossible_band_is_refused() -> None:
    wrong = replace(item("E1", {}), others=(second("Zoë", 0.2, 1.0),))
    with pytest.raises(CaseSyntaxError, match=r"evidence 'E1', 'h': if_false"):
        build_ledger(made(["h"], [wrong]))


def test_no_explanation_says_what_to_add() -> None:
    with pytest.raises(CaseSyntaxError, match=r"Add an \[\[explanation\]\] table"):
        build_ledger(made([], [item("E1", {})]))


def test_case_that_no_file_holds_is_named() -> None:
    case = replace(made([], []), path="")
    with pytest.raises(CaseSyntaxError, match="case 'made': no explanation"):
        build_ledger(case)
