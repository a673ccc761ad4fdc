"""Events are counted beside the pages, once for each state of the store."""

from dataclasses import replace

import pytest

from cuibono.web.ahead import Ahead
from cuibono.web.settings import Settings


@pytest.fixture
def ahead(settings: Settings) -> Ahead:
    return Ahead(replace(settings, ahead=True))


def test_what_was_counted_is_given_for_its_state_alone(ahead: Ahead) -> None:
    ahead.count("now")
    ahead.wait()
    found = ahead.give("now", "icews")
    assert found is not None
    assert ("TUR", "GRC") in found.relations
    assert ahead.give("later", "icews") is None
    assert ahead.give("now", "rumours") is None


def test_a_state_is_counted_once(ahead: Ahead) -> None:
    ahead.count("now")
    ahead.wait()
    before = ahead.give("now", "icews")
    ahead.count("now")
    ahead.wait()
    assert ahead.give("now", "icews") is before


def test_a_new_state_takes_the_place_of_the_old_one(ahead: Ahead) -> None:
    for state in ("now", "later"):
        ahead.count(state)
        ahead.wait()
    assert ahead.give("now", "icews") is None
    assert ahead.give("later", "icews") is not None


def test_nothing_is_counted_unless_it_is_asked_for(settings: Settings) -> None:
    idle = Ahead(settings)
    idle.count("now")
    idle.wait()
    assert idle.give("now", "icews") is None


def test_another_engine_has_one_session_and_is_left_to_the_pages(settings: Settings) -> None:
    idle = Ahead(replace(settings, ahead=True, engine="spark://local[2]"))
    idle.count("now")
    assert idle.give("now", "icews") is None


def test_a_store_that_cannot_be_opened_leaves_the_telling_to_the_page(
    settings: Settings,
) -> None:
    folder = settings.store / "manifest"
    folder.mkdir(parents=True)
    (folder / "broken.json").write_text("no manifest", "utf-8")
    ahead = Ahead(replace(settings, ahead=True))
    ahead.count("now")
    ahead.wait()
    assert ahead.give("now", "icews") is None
