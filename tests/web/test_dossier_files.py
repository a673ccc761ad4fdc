"""A dossier is read and drawn once, and again when its file has changed."""

import pytest
from tests.web.conftest import rewrite

from cuibono.errors import MissingError
from cuibono.web.case_files import CaseFiles
from cuibono.web.dossier_files import DossierFiles
from cuibono.web.settings import Settings


@pytest.fixture
def dossiers(settings: Settings) -> DossierFiles:
    return DossierFiles(settings, CaseFiles(settings))


def test_a_changed_dossier_is_read_and_drawn_again(dossiers: DossierFiles) -> None:
    before, drawn = dossiers.read("small"), dossiers.drawings("small")
    assert dossiers.drawings("small") is drawn
    rewrite(dossiers.path("small"), '"title": "A small case"', '"title": "Another"')
    assert (before.title, dossiers.read("small").title) == ("A small case", "Another")
    assert dossiers.drawings("small") is not drawn


def test_before_the_first_run_there_is_no_dossier(dossiers: DossierFiles) -> None:
    dossiers.path("small").unlink()
    assert dossiers.find("small") is None
    with pytest.raises(MissingError, match="Run it first"):
        dossiers.read("small")
