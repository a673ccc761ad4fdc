"""Four fixed words for a claim, by hand and by property."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.made_cases import item, judged, made, propose

from cuibono.model.audit import Claim
from cuibono.model.case import Case
from cuibono.weighing.claims import audit_claims

H = {"h": judged(0.6, 0.3)}
VERDICTS = ["implausible", "unsupported", "single origin", "independently supported"]


def claim(*supports: str, **facts: object) -> Claim:
    made_of: dict[str, object] = {
        "id": "C1",
        "text": "two thousand were killed",
        "speaker": "The ministry",
        "day": date(2016, 2, 1),
        "supports": supports,
    }
    return Claim(**{**made_of, **facts})  # type: ignore[arg-type]


def case(*claims: Claim) -> Case:
    evidence = [
        item("E1", H, origin="agency"),
        item("E2", H, origin="agency"),
        item("E3", H, origin="essay-3", cluster="essay"),
        item("E4", H, origin="essay-7", cluster="essay"),
        replace(item("E5", H, origin="own"), holder="The ministry, as reported by an agency"),
        item("E6", H, origin="register"),
        item("E7", H, origin="essay-3"),
    ]
    return replace(made(["h"], evidence), claims=claims)


def verdict(*supports: str, **facts: object) -> str:
    (audited,) = audit_claims(case(claim(*supports, **facts)))
    return audited.verdict


def test_what_nothing_bears_out_is_unsupported() -> None:
    assert verdict() == "unsupported"


def test_a_speaker_does_not_bear_out_their_own_claim() -> None:
    assert verdict("E5") == "unsupported"


def test_copies_of_one_report_are_a_single_origin() -> None:
    assert verdict("E1", "E2") == "single origin"


def test_two_pages_of_one_author_are_a_single_origin() -> None:
    assert verdict("E3", "E4") == "single origin"


def test_a_copy_outside_the_cluster_of_its_origin_is_no_second_voice() -> None:
    assert verdict("E3", "E7") == "single origin"


def test_two_reports_of_their_own_support_independently() -> None:
    assert verdict("E1", "E6") == "independently supported"


def test_a_number_beyond_the_data_is_implausible_whoever_repeats_it() -> None:
    beyond = {"number": 2000.0, "unit": "deaths", "plausible": (10.0, 900.0), "bound": "UCDP"}
    assert verdict("E1", "E3", "E6", **beyond) == "implausible"


@pytest.mark.parametrize("number", [10.0, 500.0, 900.0])
def test_a_number_within_the_data_is_judged_by_its_origins(number: float) -> None:
    within = {"number": number, "unit": "deaths", "plausible": (10.0, 900.0), "bound": "UCDP"}
    assert verdict("E1", **within) == "single origin"


def test_a_number_that_no_data_bound_is_judged_by_its_origins() -> None:
    assert verdict(number=2000.0, unit="deaths") == "unsupported"


def test_the_origins_that_bear_it_out_are_named() -> None:
    (audited,) = audit_claims(case(claim("E1", "E2", "E4", "E5")))
    assert audited.origins == ("agency", "essay-7")


def test_a_case_without_claims_audits_none() -> None:
    assert audit_claims(case()) == ()


names = st.lists(st.sampled_from(["E1", "E2", "E3", "E4", "E5", "E6"]), unique=True)


@propose
@given(names)
def test_the_order_of_the_items_does_not_matter(supports: list[str]) -> None:
    assert verdict(*supports) == verdict(*reversed(supports))


@propose
@given(names, st.sampled_from(["E1", "E2", "E3", "E4", "E5", "E6"]))
def test_another_item_never_takes_support_away(supports: list[str], more: str) -> None:
    before, after = verdict(*supports), verdict(*dict.fromkeys([*supports, more]))
    assert VERDICTS.index(after) >= VERDICTS.index(before)
