"""What lies on the analyst's desk: cases, their dossiers, and the store they are asked of."""

from __future__ import annotations

from cuibono.web.answers import Answers
from cuibono.web.case_files import CaseFiles
from cuibono.web.dossier_files import DossierFiles
from cuibono.web.settings import Settings


class Desk:
    """Cases, dossiers and the store, each read again when its file has changed.

    Parameters
    ----------
    settings : Settings
        Which they are.

    Attributes
    ----------
    cases : CaseFiles
        What is asked.
    dossiers : DossierFiles
        What was found.
    answers : Answers
        What the store says.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.cases = CaseFiles(settings)
        self.dossiers = DossierFiles(settings, self.cases)
        self.answers = Answers(settings)
