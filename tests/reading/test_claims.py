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
