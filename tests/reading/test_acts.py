"""Verbs, objects and operators come to a code together, or to none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.reading.acts import operate
from cuibono.reading.crosswalk import action_of
from cuibono.reading.events import Act, analyse, find_acts
from cuibono.reading.lexicon import load_lexicon
from cuibono.reading.tokens import cut_words
from cuibono.vocab.events import cameo_codes

LEXICON = load_lexicon()
OPERATORS = ("agree", "appeal", "demand", "refuse", "threaten", "cease")
CODES = sorted(cameo_codes())


def acts(text: str) -> list[Act]:
    return find_acts(analyse(cut_words(text, 0, 0, len(text))))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Russia cut aid to Serbia.", "162"),
        ("Russia cut ties with Serbia.", "161"),
        ("Russia agreed to lift sanctions on Serbia.", "0354"),
        ("Russia refused to lift sanctions on Serbia.", "1244"),
        ("Russia demanded that Serbia lift sanctions.", "1054"),
        ("Russia urged Serbia to lift sanctions.", "0254"),
        ("Russia threatened to cut aid to Serbia.", "1311"),
        ("Russia stopped shelling Serbia.", "087"),
        ("Russia said it would visit Serbia.", "036"),
        ("Russia said it would not meet Serbia.", "125"),
        ("Russia said Serbia must free the prisoners.", "1053"),
        ("Russia launched an attack on Serbia.", "190"),
        ("Russian jets bombed Serbia.", "195"),
        ("Russia is considering sending troops to Serbia.", "014"),
        ("Russia vowed to help Serbia.", "033"),
    ],
)
def test_meaning_is_composed(text: str, code: str) -> None:
    assert acts(text)[0].code == code


def test_what_someone_failed_at_did_not_happen() -> None:
    (act,) = acts("Russia failed to bomb Serbia.")
    assert (act.code, act.negated) == ("183", True)


@pytest.mark.parametrize(
    "text",
    [
        "Russia is a large country.",
        "Serbia and Russia lie in Europe.",
        "The talks were long.",
        "Russian bread is dark.",
    ],
)
def test_nothing_is_coded_by_default(text: str) -> None:
    assert acts(text) == []


@given(st.sampled_from(OPERATORS), st.sampled_from(CODES))
def test_an_operator_gives_a_known_code_or_none(operator: str, code: str) -> None:
    turned = operate(operator, code)
    assert turned == "" or turned in cameo_codes() or turned == "176"


@pytest.mark.parametrize("code", ["02", "0231", "163", "176", "0813", "010", "190"])
def test_the_crosswalk_names_types_of_plover(code: str) -> None:
    assert action_of(code).cameo == code
    assert action_of(code).event_type != "FIGHT"


def test_every_code_of_the_dictionary_is_in_the_vocabulary() -> None:
    classes = (*LEXICON.verb_classes.values(), *LEXICON.noun_classes.values())
    used = {code for each in classes for code in (each.code, each.asked, each.means)}
    used |= set(LEXICON.frames.values())
    turned = {row[name] for row in LEXICON.operators.values() for name in OPERATORS}
    assert (used | turned) - {""} - set(cameo_codes()) <= {"176"}


def test_every_frame_pairs_known_classes() -> None:
    assert {verb for verb, _ in LEXICON.frames} <= set(LEXICON.verb_classes)
    assert {noun for _, noun in LEXICON.frames} <= set(LEXICON.noun_classes)


def test_the_dictionary_covers_every_root() -> None:
    classes = (*LEXICON.verb_classes.values(), *LEXICON.noun_classes.values())
    assert {each.code[:2] for each in classes if each.code} >= {f"{n:02}" for n in range(1, 21)}


def test_the_dictionary_is_large() -> None:
    verbs = sum(map(len, LEXICON.verbs.values()))
    nouns = sum(map(len, LEXICON.nouns.values()))
    assert verbs + nouns >= 3_500
