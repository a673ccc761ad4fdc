"""Every form in which a text may write a verb or a noun is known, and only English ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.reading.document import build_document
from cuibono.reading.inflect import DOUBLES, DOUBLES_IN_BRITAIN, plural_of, verb_forms
from cuibono.reading.lexicon import load_lexicon
from cuibono.reading.read import read_document

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12)
KINDS = ["base", "s", "past", "participle", "ing"]


def forms_of(base: str) -> list[str]:
    return [form for form, _ in verb_forms(base)]


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("raid", "raids"),
        ("ally", "allies"),
        ("envoy", "envoys"),
        ("box", "boxes"),
        ("breach", "breaches"),
        ("push", "pushes"),
        ("pass", "passes"),
        ("veto", "vetoes"),
        ("embargo", "embargoes"),
        ("radio", "radios"),
        ("forces", "forces"),
    ],
)
def test_a_noun_has_the_plural_that_the_dictionary_gives(noun: str, plural: str) -> None:
    assert plural_of(noun) == plural


@given(noun=WORDS)
def test_the_plural_of_a_plural_is_itself(noun: str) -> None:
    plural = plural_of(noun)
    assert plural.endswith("s")
    assert plural_of(plural) == plural


@pytest.mark.parametrize(
    ("base", "third", "past", "ing"),
    [
        ("attack", "attacks", "attacked", "attacking"),
        ("invade", "invades", "invaded", "invading"),
        ("deny", "denies", "denied", "denying"),
        ("deploy", "deploys", "deployed", "deploying"),
        ("agree", "agrees", "agreed", "agreeing"),
        ("die", "dies", "died", "dying"),
        ("veto", "vetoes", "vetoed", "vetoing"),
        ("embargo", "embargoes", "embargoed", "embargoing"),
        ("boo", "boos", "booed", "booing"),
        ("opt", "opts", "opted", "opting"),
        ("gun", "guns", "gunned", "gunning"),
        ("annul", "annuls", "annulled", "annulling"),
        ("visit", "visits", "visited", "visiting"),
        ("impeach", "impeaches", "impeached", "impeaching"),
        ("push", "pushes", "pushed", "pushing"),
        ("discuss", "discusses", "discussed", "discussing"),
    ],
)
def test_a_regular_verb_has_the_forms_that_the_dictionary_gives(
    base: str, third: str, past: str, ing: str
) -> None:
    assert forms_of(base) == [base, third, past, past, ing]


@pytest.mark.parametrize(
    ("base", "irregular", "third", "ing"),
    [
        ("begin", ("began", "begun"), "begins", "beginning"),
        ("split", ("split", "split"), "splits", "splitting"),
        ("undergo", ("underwent", "undergone"), "undergoes", "undergoing"),
        ("have", ("had", "had"), "has", "having"),
        ("do", ("did", "done"), "does", "doing"),
        ("go", ("went", "gone"), "goes", "going"),
    ],
)
def test_an_irregular_verb_is_irregular_in_the_past_alone(
    base: str, irregular: tuple[str, str], third: str, ing: str
) -> None:
    assert [form for form, _ in verb_forms(base, irregular)] == [base, third, *irregular, ing]


def test_be_is_its_base_alone_for_the_auxiliaries_are_listed() -> None:
    assert verb_forms("be") == [("be", "base")]


@given(base=WORDS.filter(lambda word: word != "be"))
def test_every_verb_has_one_form_of_each_kind_and_keeps_its_stem(base: str) -> None:
    forms = verb_forms(base)
    assert [kind for _, kind in forms[:5]] == KINDS
    stem = base[:-2] if base.endswith("ie") else base[:-1]
    assert all(form.startswith(stem) or base in {"do", "have"} for form, _ in forms)
    assert len(forms) == (8 if base in DOUBLES_IN_BRITAIN else 5)


@pytest.mark.parametrize("base", sorted(DOUBLES_IN_BRITAIN))
def test_a_verb_is_known_in_american_and_in_british_spelling(base: str) -> None:
    known = load_lexicon().forms
    for spelling in (base, base + "l"):
        assert (base, "past") in known[spelling + "ed"]
        assert (base, "ing") in known[spelling + "ing"]


@pytest.mark.parametrize("base", sorted(DOUBLES | DOUBLES_IN_BRITAIN))
def test_only_one_consonant_behind_one_vowel_is_doubled(base: str) -> None:
    last, vowel, before = base[-1], base[-2], base[-3]
    assert last not in "aeiouwxy"
    assert vowel in "aeiou"
    assert before not in "aeio"
    assert before != "u" or base[-4] == "q"


@pytest.mark.parametrize("spelling", ["canceled", "cancelled"])
def test_an_act_is_read_in_either_spelling(spelling: str) -> None:
    (record,) = read_document(build_document(f"Russia {spelling} talks with Turkey."))
    assert (record.actors[0].actor, record.recipients[0].actor) == ("RUS", "TUR")
