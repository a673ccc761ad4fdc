"""The desk brings cases, their dossiers and the store together."""

from cuibono.web.desk import Desk
from cuibono.web.settings import Settings


def test_cases_dossiers_and_store_are_those_of_the_settings(settings: Settings) -> None:
    desk = Desk(settings)
    assert desk.cases.path("small") == settings.cases["small"]
    assert desk.dossiers.read("small").name == desk.cases.read("small").name
    with desk.answers.ask() as store:
        assert store.folder == settings.store
