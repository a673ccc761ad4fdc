"""What a sentence only wishes, denies or describes is told apart from what was done."""

import pytest

from cuibono.model.sourced_record import RecordKind, SourcedRecord
from cuibono.reading.document import build_document
from cuibono.reading.read import read_document

Told = tuple[str, tuple[str, ...], tuple[str, ...]]


def acts(text: str) -> list[SourcedRecord]:
    return [record for record in read_document(build_document(text)) if record.cameo]


def told(text: str) -> list[Told]:
    return [
        (
            record.cameo,
            tuple(party.actor for party in record.actors),
            tuple(party.actor for party in record.recipients),
        )
        for record in acts(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Chad has no plan to attack Sudan.",
        "The challenge for Chad is to attack Sudan.",
        "Chad is unlikely to have envoys in Sudan, much less soldiers to attack it.",
    ],
)
def test_an_infinitive_that_no_verb_made_an_act_is_none(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chad threatened to attack Sudan.", "138"),
        ("Chad is to visit Sudan.", "036"),
        ("Chad began to attack Sudan.", "190"),
    ],
)
def test_one_that_a_verb_governs_is_part_of_its_act(text: str, code: str) -> None:
    ((found, actors, recipients),) = told(text)
    assert (found[:3], actors, recipients) == (code, ("TCD",), ("SDN",))


def test_what_is_left_without_doing_was_not_done() -> None:
    records = acts("Chad left Khartoum without signing the treaty with Sudan.")
    kinds = {record.cameo: record.kind for record in records}
    assert kinds["057"] is RecordKind.EVENT_NOT


def test_whoever_stands_before_the_place_speaks() -> None:
    assert ("TCD",) in [
        actors
        for _, actors, _ in told("With Chad at the UN urging Sudan to talk, talks began.")
    ]


def test_a_clause_ends_where_another_begins_with_while() -> None:
    found = told("Chad bombed rebels while praising Sudan.")
    assert [recipients for code, _, recipients in found if code == "183"] == [("TCD",)]


@pytest.mark.parametrize("text", ["Chad's cooperation in Sudan is valuable."])
def test_a_place_is_not_whom_a_noun_reaches(text: str) -> None:
    assert told(text) == []


def test_a_raid_reaches_where_it_falls() -> None:
    assert told("Chad's airstrikes in Sudan went on.") == [("195", ("TCD",), ("SDN",))]


def test_a_state_does_nothing_to_its_own_leader() -> None:
    for _, actors, recipients in told("Putin attacked Russia."):
        assert not set(actors) & set(recipients)


def test_they_are_not_one_leader() -> None:
    text = "Putin mourned the victims. They attacked Sudan."
    assert ("RUS",) not in [actors for code, actors, _ in told(text) if code == "190"]


def test_its_raid_is_that_of_whoever_speaks_of_it() -> None:
    found = told("Chad justified its military intervention in Sudan.")
    assert ("190", ("TCD",), ("SDN",)) in found


def test_nobody_in_particular_does_nothing() -> None:
    assert told("One does not attack Sudan.") == []


def test_what_one_has_to_do_is_done_by_who_has_to() -> None:
    assert told("Chad had to bomb Sudan.") == [("183", ("TCD",), ("SDN",))]


def test_backed_rebels_are_not_of_the_state_that_fights_them() -> None:
    ((_, actors, recipients),) = told("Russia bombed the Western-backed rebels.")
    assert (actors, recipients) == (("RUS",), ("",))


def test_a_compound_names_no_agent() -> None:
    for _, actors, recipients in told("Chad sought military-to-military talks with Sudan."):
        assert (actors, recipients) == (("TCD",), ("SDN",))


@pytest.mark.parametrize(
    "text", ["Chad was made to attack Sudan.", "Chad asked how to attack Sudan."]
)
def test_what_one_is_made_to_do_or_asks_about_is_no_raid(text: str) -> None:
    assert "190" not in [code for code, _, _ in told(text)]


def test_an_ambiguous_verb_needs_someone_who_acts() -> None:
    assert told("If the assessment holds, it is another case for China.") == []
