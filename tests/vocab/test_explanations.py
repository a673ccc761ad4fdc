"""The library of explanations is whole: every role has a player, every rival exists."""

import pytest

from cuibono.model.actor import Kind
from cuibono.record.case_format import LENSES
from cuibono.record.case_predictions import NEEDS
from cuibono.vocab.explanations import (
    PARTIES,
    ExplanationTemplate,
    load_explanations,
    load_roles,
)

TEMPLATES = load_explanations()
ROLES = {role.name for role in load_roles()}
NAMES = {name: name.upper() for name in (*ROLES, *PARTIES)}
each = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)


def test_there_are_a_dozen_and_the_declared_purpose_is_the_first() -> None:
    assert len(TEMPLATES) == 12
    assert next(iter(TEMPLATES)) == "declared-purpose"


@each
def test_its_nearest_rival_is_another_template(template: ExplanationTemplate) -> None:
    assert template.nearest_rival in TEMPLATES
    assert template.nearest_rival != template.id


@each
def test_it_says_where_the_discipline_says_so(template: ExplanationTemplate) -> None:
    assert template.sources
    assert all("(" in source and ")" in source for source in template.sources)


@each
def test_the_roles_its_words_name_are_roles_it_needs(template: ExplanationTemplate) -> None:
    assert template.roles <= set(template.needs) <= ROLES


@each
def test_its_predictions_name_roles(template: ExplanationTemplate) -> None:
    for prediction in template.predictions:
        assert {*prediction.driver, prediction.party} <= ROLES | set(PARTIES) | {""}
        assert set(prediction.driver) != set(PARTIES)
        assert prediction.sign in (-1, 1)
        assert prediction.why


@each
def test_its_words_can_be_filled(template: ExplanationTemplate) -> None:
    filled = template.fill(NAMES)
    assert all(filled)
    assert not any("{" in text for text in filled)


@each
def test_its_discriminator_is_an_observation(template: ExplanationTemplate) -> None:
    assert template.discriminator.endswith(".")
    assert len(template.discriminator.split()) >= 8


@pytest.mark.parametrize("role", load_roles(), ids=lambda role: role.name)
def test_a_role_is_found_in_known_sources(role: object) -> None:
    from cuibono.sources.base import read_card
    from cuibono.vocab.explanations import RoleTemplate

    assert isinstance(role, RoleTemplate)
    assert set(role.of) <= set(PARTIES)
    assert role.kind in set(Kind)
    for sign in role.signs:
        assert read_card(sign.source).table == sign.table
        assert sign.codes


def test_the_library_asks_every_lens_whose_answers_have_a_place_in_the_world() -> None:
    asked = {p.lens for template in TEMPLATES.values() for p in template.predictions}
    assert asked == {*LENSES} - {"path"}


@each
def test_what_another_lens_should_show_is_named(template: ExplanationTemplate) -> None:
    for prediction in template.predictions:
        needs = NEEDS[prediction.lens]
        assert not needs or any(getattr(prediction, key) for key in needs)
