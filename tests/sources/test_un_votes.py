"""Agreement in the General Assembly: three members, four roll calls, by hand."""

from datetime import date

import pyarrow as pa
import pytest
from tests.sources.made_tables import Row, packed, read

# Roll call: what Russia, Pakistan and India voted; None is absent.
VOTES = {
    1: ("yes", "yes", "no"),
    2: ("abstain", "abstain", "no"),
    3: ("no", None, "no"),
    4: ("yes", "no", "abstain"),
}
MEMBERS = ("Russia", "Pakistan", "India")
CAST = [
    (call, member, vote)
    for call, votes in VOTES.items()
    for member, vote in zip(MEMBERS, votes, strict=True)
    if vote
]


def raw_tables(cast: list[tuple[int, str, str]] = CAST) -> dict[str, pa.Table]:
    return {
        "votes": pa.table(
            {
                "rcid": pa.array([float(call) for call, _, _ in cast]),
                "country": pa.array([member for _, member, _ in cast]),
                "country_code": pa.array(["XX"] * len(cast)),
                "vote": pa.array([vote for _, _, vote in cast]),
            }
        ),
        "calls": pa.table(
            {"rcid": [1, 2, 3, 4], "session": [70.0] * 4, "date": ["2015-12-01"] * 4}
        ),
        "issues": pa.table({"rcid": [1, 4, 4], "short_name": ["me", "me", "nu"]}),
    }


@pytest.fixture(scope="module")
def rows() -> dict[tuple[object, ...], Row]:
    read_rows = read("un_votes", "native", **raw_tables())
    return {(row["measure"], row["actor"], row["recipient"]): row for row in read_rows}


@pytest.mark.parametrize(
    ("measure", "dyad", "joint", "agreed"),
    [
        ("agreement", ("PAK", "RUS"), 3, 2),
        ("agreement", ("IND", "RUS"), 4, 1),
        ("agreement", ("IND", "PAK"), 3, 0),
        ("agreement:me", ("PAK", "RUS"), 2, 1),
        ("agreement:me", ("IND", "RUS"), 2, 0),
        ("agreement:nu", ("PAK", "RUS"), 1, 0),
    ],
)
def test_agreement_is_the_share_of_joint_votes_cast_alike(
    rows: dict[tuple[object, ...], Row],
    measure: str,
    dyad: tuple[str, str],
    joint: int,
    agreed: int,
) -> None:
    row = rows[measure, *dyad]
    assert (row["n"], row["value"]) == (joint, pytest.approx(agreed / joint))


def test_each_pair_of_members_comes_once(rows: dict[tuple[object, ...], Row]) -> None:
    pairs = {(actor, recipient) for measure, actor, recipient in rows if measure == "agreement"}
    assert pairs == {("IND", "PAK"), ("IND", "RUS"), ("PAK", "RUS")}


def test_a_session_is_booked_to_the_year_it_opens_in(
    rows: dict[tuple[object, ...], Row],
) -> None:
    row = rows["agreement", "PAK", "RUS"]
    assert (row["start"], row["end"]) == (date(2015, 1, 1), date(2016, 1, 1))


def test_a_vote_of_no_known_member_is_set_aside() -> None:
    strange = [*CAST, (1, "Ruritania", "yes")]
    found = read("un_votes", "native", **raw_tables(strange))
    rejected = [row["reject"] for row in found if row["reject"]]
    assert rejected == ["no such member on that day: Ruritania"]


def test_a_member_of_another_time_is_set_aside() -> None:
    strange = [*CAST, (1, "German Democratic Republic", "yes")]
    found = read("un_votes", "native", **raw_tables(strange))
    assert len([row for row in found if row["reject"]]) == 1


def test_the_order_of_votes_changes_nothing() -> None:
    assert read("un_votes", "native", **raw_tables(CAST[::-1])) == read(
        "un_votes", "native", **raw_tables()
    )


def test_what_ships_opens_to_the_same_figures(rows: dict[tuple[object, ...], Row]) -> None:
    short = packed("un_votes", "native", **raw_tables())
    opened = {
        (row["measure"], row["actor"], row["recipient"]): row
        for row in read("un_votes", "embedded", measures=short)
    }
    assert {key: (row["n"], row["value"]) for key, row in opened.items()} == {
        key: (row["n"], pytest.approx(row["value"])) for key, row in rows.items()
    }
