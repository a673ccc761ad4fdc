"""A pronoun stands for whoever spoke or acted last, and for nobody where nobody did."""

import pytest

from cuibono.reading.coreference import resolve_pronouns
from cuibono.reading.mentions import Mention
from cuibono.reading.verb_groups import VerbGroup

RUSSIA, TURKEY, SYRIA = (Mention(0, 1, actor) for actor in ("RUS", "TUR", "SYR"))
REBELS = Mention(0, 1, "", "REB", "agent")


def group(
    *subject: Mention,
    pronoun: str = "",
    says: bool = False,
    governor: VerbGroup | None = None,
) -> VerbGroup:
    """A verb with what stands before it, somewhere in a sentence."""
    classes = ("say",) if says else ("attack",)
    return VerbGroup(
        0, 1, 0, "verb", "finite", classes=classes, subject=list(subject), pronoun=pronoun,
        governor=governor,
    )  # fmt: skip


def actors(of: VerbGroup) -> list[str]:
    return [mention.actor for mention in of.subject]


@pytest.mark.parametrize("pronoun", ["it", "he", "she", "they"])
def test_a_pronoun_is_the_subject_of_the_clause_before(pronoun: str) -> None:
    groups = [group(RUSSIA), group(TURKEY), group(pronoun=pronoun)]
    resolve_pronouns(groups, [])
    assert actors(groups[2]) == ["TUR"]


@pytest.mark.parametrize(
    ("pronoun", "meant"),
    [("it", ["RUS"]), ("they", ["RUS", "TUR"]), ("themselves", ["RUS", "TUR"])],
)
def test_one_is_meant_by_a_singular_and_all_by_a_plural(pronoun: str, meant: list[str]) -> None:
    groups = [group(RUSSIA, TURKEY), group(pronoun=pronoun)]
    resolve_pronouns(groups, [])
    assert actors(groups[1]) == meant


def test_where_someone_speaks_a_pronoun_is_the_speaker() -> None:
    groups = [group(RUSSIA, says=True), group(TURKEY), group(pronoun="it")]
    resolve_pronouns(groups, [])
    assert actors(groups[2]) == ["RUS"]


def test_the_nearest_that_governs_the_verb_goes_before_the_speaker() -> None:
    governor = group(TURKEY)
    groups = [group(RUSSIA, says=True), governor, group(pronoun="it", governor=governor)]
    resolve_pronouns(groups, [])
    assert actors(groups[2]) == ["TUR"]


@pytest.mark.parametrize("pronoun", ["we", "i", "us"])
def test_the_first_person_is_whoever_is_quoted_behind(pronoun: str) -> None:
    groups = [group(pronoun=pronoun), group(TURKEY), group(RUSSIA, says=True)]
    resolve_pronouns(groups, [SYRIA])
    assert actors(groups[0]) == ["RUS"]


def test_the_first_person_is_nobody_where_no_one_is_quoted() -> None:
    groups = [group(TURKEY), group(pronoun="we")]
    resolve_pronouns(groups, [SYRIA])
    assert groups[1].subject == []


def test_who_speaks_of_himself_is_not_his_own_quotation() -> None:
    groups = [group(pronoun="we", says=True)]
    resolve_pronouns(groups, [SYRIA])
    assert groups[0].subject == []


@pytest.mark.parametrize("pronoun", ["who", "this", "everyone", "there"])
def test_other_pronouns_stand_for_nobody(pronoun: str) -> None:
    groups = [group(RUSSIA), group(pronoun=pronoun)]
    resolve_pronouns(groups, [TURKEY])
    assert groups[1].subject == []


def test_a_subject_that_is_named_is_left_alone() -> None:
    groups = [group(RUSSIA), group(TURKEY, pronoun="it")]
    resolve_pronouns(groups, [SYRIA])
    assert actors(groups[1]) == ["TUR"]


def test_memory_carries_the_last_actor_into_the_next_sentence() -> None:
    memory = [SYRIA]
    first, second = [group(pronoun="it"), group(RUSSIA)], [group(pronoun="it")]
    resolve_pronouns(first, memory)
    resolve_pronouns(second, memory)
    assert (actors(first[0]), actors(second[0])) == (["SYR"], ["RUS"])
    assert memory == [RUSSIA]


def test_who_bears_no_name_is_not_remembered() -> None:
    memory = [SYRIA]
    resolve_pronouns([group(REBELS)], memory)
    assert memory == [SYRIA]
    resolve_pronouns([group(REBELS, TURKEY)], memory)
    assert memory == [TURKEY]


def test_with_no_one_before_it_a_pronoun_means_nobody() -> None:
    groups, memory = [group(pronoun="it"), group(pronoun="they")], list[Mention]()
    resolve_pronouns(groups, memory)
    assert [each.subject for each in groups] == [[], []]
    assert memory == []


def test_what_a_verb_is_given_is_a_list_of_its_own() -> None:
    memory = [RUSSIA]
    groups = [group(pronoun="they"), group(pronoun="they")]
    resolve_pronouns(groups, memory)
    groups[0].subject.append(TURKEY)
    assert actors(groups[1]) == ["RUS"]
    assert memory == [RUSSIA]
