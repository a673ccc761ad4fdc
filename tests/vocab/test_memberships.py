"""Who belonged to what on which day: spans are sound, and a day is in them or not."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.model.actor import Kind
from cuibono.vocab.actors import load_actors
from cuibono.vocab.memberships import Membership, load_memberships, members_of

BLOCS = sorted({each.bloc for each in load_memberships()})
DAYS = st.dates(date(1945, 1, 1), date(2026, 1, 1))


def ids(bloc: str, day: date) -> list[str]:
    return [member.id for member in members_of(load_actors()[bloc], day)]


def spans() -> dict[tuple[str, str], list[Membership]]:
    found: dict[tuple[str, str], list[Membership]] = {}
    for each in load_memberships():
        found.setdefault((each.bloc, each.member), []).append(each)
    return found


@pytest.mark.parametrize(
    ("bloc", "day", "count"),
    [
        ("igo:nato", date(1999, 3, 11), 16),
        ("igo:nato", date(1999, 3, 12), 19),
        ("igo:nato", date(2017, 5, 31), 28),
        ("igo:nato", date(2017, 6, 5), 29),
        ("igo:eu", date(2013, 6, 30), 27),
        ("igo:eu", date(2013, 7, 1), 28),
        ("igo:eu", date(2020, 2, 1), 27),
        ("igo:eaeu", date(2014, 12, 31), 0),
        ("bloc:brics", date(2010, 12, 23), 4),
        ("bloc:g7", date(2015, 6, 7), 7),
    ],
)
def test_a_bloc_has_as_many_members_as_history_says(bloc: str, day: date, count: int) -> None:
    assert len(ids(bloc, day)) == count


def test_britain_was_in_the_union_until_the_last_day() -> None:
    assert "GBR" in ids("igo:eu", date(2020, 1, 31))
    assert "GBR" not in ids("igo:eu", date(2020, 2, 1))


@given(bloc=st.sampled_from(BLOCS), day=DAYS)
def test_members_come_once_and_by_id(bloc: str, day: date) -> None:
    members = ids(bloc, day)
    assert members == sorted(set(members))


@given(each=st.sampled_from(load_memberships()))
def test_the_first_day_is_inside_and_the_end_is_outside(each: Membership) -> None:
    if each.start is not None:
        assert each.member in ids(each.bloc, each.start)
    if each.end is not None:
        assert each.member in ids(each.bloc, each.end - timedelta(days=1))
        again = [m.start for m in spans()[each.bloc, each.member]]
        assert (each.member in ids(each.bloc, each.end)) is (each.end in again)


def test_the_spans_of_one_member_do_not_overlap() -> None:
    for own in spans().values():
        ordered = sorted(own, key=lambda each: each.start or date.min)
        for one, other in pairwise(ordered):
            assert one.end is not None
            assert other.start is not None
            assert one.end <= other.start
        assert all(m.start is None or m.end is None or m.start < m.end for m in own)


def test_blocs_and_members_are_in_the_registry_and_no_bloc_is_a_person() -> None:
    actors = load_actors()
    for each in load_memberships():
        assert actors[each.bloc].kind is not Kind.PERSON
        assert actors[each.member].kind is not Kind.PERSON
        assert each.source


def test_the_refusal_names_every_bloc_that_is_dated() -> None:
    with pytest.raises(ValueError, match="it dates those of") as refused:
        members_of(load_actors()["RUS"], date(2015, 1, 1))
    assert [bloc for bloc in BLOCS if bloc not in str(refused.value)] == []
