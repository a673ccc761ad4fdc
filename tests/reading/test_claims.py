"""What an essay says beyond acts is found by the words that show it."""

import pytest

from cuibono.reading.claims import find_claims, load_claims


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Moscow justified the raid as self-defence.", "claim:declared_purpose"),
        ("Moscow acted in the hope that Kyiv would yield.", "claim:attributed_motive"),
        ("There was a string attached.", "claim:linkage"),
        ("It is a double standard.", "claim:double_standard"),
        ("It is not clear on what evidence the claim rests.", "claim:evidence_gap"),
        ("As a result, Moscow called.", "claim:causal"),
        ("Moscow is unlikely to yield.", "claim:outlook"),
        ("Moscow was slow to react.", "claim:reaction"),
        ("Moscow lacks the means.", "claim:capability"),
        ("Moscow regards Kyiv as lost.", "state"),
    ],
)
def test_each_kind_has_its_words(text: str, kind: str) -> None:
    assert kind in [claim.kind for claim in find_claims(text, 0, len(text))]


def test_a_gap_in_a_frame_is_bridged() -> None:
    text = "Moscow justified its long and costly war there as aid."
    (claim,) = find_claims(text, 0, len(text))
    assert text[claim.start : claim.end] == "justified its long and costly war there as"


@pytest.mark.parametrize("text", ["The bread was good.", "They met on Monday.", ""])
def test_plain_words_claim_nothing(text: str) -> None:
    assert find_claims(text, 0, len(text)) == []


def test_a_text_made_to_backtrack_is_answered() -> None:
    text = "justified " + "so " * 5_000
    assert find_claims(text, 0, len(text)) == []


def test_every_kind_of_claim_has_a_frame() -> None:
    assert len(load_claims()) == 10


@pytest.mark.parametrize(
    "text",
    ["The raid did not lead to talks.", "It never led to talks.", "It didn't lead to talks."],
)
def test_a_cause_that_is_denied_is_not_claimed(text: str) -> None:
    assert find_claims(text, 0, len(text)) == []


def test_what_is_not_clear_is_a_gap_all_the_same() -> None:
    text = "It is not clear why."
    assert [claim.kind for claim in find_claims(text, 0, len(text))] == ["claim:evidence_gap"]


def test_words_parted_by_a_stroke_stand_for_each_other() -> None:
    for word in ("link", "links", "linked", "linking"):
        text = f"They {word} their vote to gas."
        assert [claim.kind for claim in find_claims(text, 0, len(text))] == ["claim:linkage"]


def test_a_claim_inside_another_of_its_kind_is_told_once() -> None:
    text = "It presents the raid as the price it describes as aid, an operation."
    claims = find_claims(text, 0, len(text))
    assert len(claims) == len({claim.kind for claim in claims})


def test_a_link_that_is_not_made_is_not_claimed() -> None:
    text = "They are not making any linkage."
    assert find_claims(text, 0, len(text)) == []


def test_what_was_not_done_may_have_its_cause() -> None:
    text = "They did not come because of the rain."
    assert [claim.kind for claim in find_claims(text, 0, len(text))] == ["claim:causal"]
