"""Every CAMEO code has its PLOVER type, and where the crosswalk is mended the manual rules."""

import pytest

from cuibono.reading.crosswalk import NO_ACTION, Action, action_of
from cuibono.reading.wordlists import read_csv
from cuibono.vocab.events import cameo_codes

MENDED = {row["code"]: row for row in read_csv("plover.csv")}


@pytest.mark.parametrize(
    ("code", "event_type", "mode"),
    [
        ("163", "SANCTION", "discontinue"),
        ("1631", "SANCTION", "discontinue"),
        ("0831", "RETREAT", "resign"),
        ("0254", "REQUEST", ""),
        ("176", "COERCE", "cyber"),
        ("190", "ASSAULT", ""),
        ("010", "", ""),
    ],
)
def test_a_code_has_the_type_and_mode_of_the_manual(
    code: str, event_type: str, mode: str
) -> None:
    action = action_of(code)
    assert (action.event_type, action.mode) == (event_type, mode)


def test_a_mended_code_rules_over_the_codes_below_it_and_no_others() -> None:
    for code, known in cameo_codes().items():
        row = next((MENDED[head] for head in MENDED if code.startswith(head)), None)
        action = action_of(code)
        wanted = (
            (row["event_type"], row["mode"]) if row else (known.event_type or "", known.mode)
        )
        assert (action.event_type, action.mode) == wanted
        assert (action.context, action.cameo) == (known.context, code)


def test_no_mended_code_hides_another() -> None:
    assert not [(a, b) for a in MENDED for b in MENDED if a != b and a.startswith(b)]


def test_only_statements_have_no_type() -> None:
    bare = {code[:2] for code in cameo_codes() if not action_of(code).event_type}
    assert bare == {"01"}


@pytest.mark.parametrize("code", ["", "99", "no code"])
def test_a_code_that_nobody_knows_is_kept_and_given_no_type(code: str) -> None:
    assert action_of(code) == Action("", "", "", code)


def test_no_code_is_no_action() -> None:
    assert action_of("") == NO_ACTION
