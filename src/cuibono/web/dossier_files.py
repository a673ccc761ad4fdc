"""The dossiers of the cases that are served: read, drawn, printed and packed once each."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from cuibono.dossier.render.html import draw_charts
from cuibono.dossier.render.pdf import print_pdf
from cuibono.dossier.write import read_dossier
from cuibono.errors import MissingError
from cuibono.model.dossier import Dossier
from cuibono.store.store import open_store
from cuibono.web.bundle import bundle_case
from cuibono.web.case_files import CaseFiles
from cuibono.web.recall import Recall
from cuibono.web.reread import Reread, mark_of
from cuibono.web.runs import EARLIER
from cuibono.web.settings import Settings
from cuibono.web.turnstile import Turnstile

PRINTED = 8


class DossierFiles:
    """The dossiers, by the names of their cases in addresses.

    Parameters
    ----------
    settings : Settings
        Where they lie, and the store that their rows are in.
    cases : CaseFiles
        The cases.
    """

    def __init__(self, settings: Settings, cases: CaseFiles) -> None:
        self._settings, self._cases = settings, cases
        self._dossiers = Reread(read_dossier)
        self._drawings: dict[str, tuple[Dossier, dict[str, tuple[Markup, ...]]]] = {}
        self._packing, self._printed = Turnstile(waiting=2, patience_s=60), Recall(PRINTED)

    def path(self, name: str) -> Path:
        """Name the JSON file of a case's dossier.

        Parameters
        ----------
        name : str
            Name of the case in addresses.

        Returns
        -------
        Path
            Where it lies once the case has been run.
        """
        return self._settings.out / self._cases.read(name).name / "dossier.json"

    def earlier_runs(self, name: str) -> dict[str, Path]:
        """List the dossiers of a case that later runs took the place of.

        Parameters
        ----------
        name : str
            Name of the case in addresses.

        Returns
        -------
        dict of str to Path
            By the time at which each was written, the latest first.
        """
        kept = (self.path(name).parent / EARLIER).glob("*.json")
        return {path.stem: path for path in sorted(kept, reverse=True)}

    def find(self, name: str) -> Dossier | None:
        """Read the dossier of a case.

        Parameters
        ----------
        name : str
            Name of the case in addresses.

        Returns
        -------
        Dossier or None
            None before the first run.

        Raises
        ------
        TraceError
            If it is damaged.
        """
        return self._dossiers.give(self.path(name))

    def read(self, name: str) -> Dossier:
        """Read the dossier of a case that has been run.

        Parameters
        ----------
        name : str
            Name of the case in addresses.

        Returns
        -------
        Dossier
            Its latest.

        Raises
        ------
        MissingError
            If the case has not been run.
        """
        dossier = self.find(name)
        if dossier is None:
            raise MissingError("This case has no dossier yet. Run it first.")
        return dossier

    def drawings(self, name: str) -> dict[str, tuple[Markup, ...]]:
        """Draw the charts of a dossier, once for each dossier.

        Parameters
        ----------
        name : str
            Name of a case that has been run.

        Returns
        -------
        dict of str to tuple of Markup
            By id of the chart.
        """
        dossier = self.read(name)
        known = self._drawings.get(name)
        if known is None or known[0] is not dossier:
            known = self._drawings[name] = (dossier, draw_charts(dossier))
        return known[1]

    def paper(self, name: str) -> bytes:
        """Print the dossier of a case, once for each dossier.

        Parameters
        ----------
        name : str
            Name of a case that has been run.

        Returns
        -------
        bytes
            A PDF.

        Raises
        ------
        PrintError
            If no browser of this machine prints it.
        BusyError
            If too many others print or pack.
        """
        page = self._written(name, ".html")
        with self._packing.pass_through():
            return self._printed.give(
                (page, mark_of(page)), lambda: print_pdf(page.read_text("utf-8"))
            )

    def bundle(self, name: str) -> bytes:
        """Put a case and all that was found into one zip.

        Parameters
        ----------
        name : str
            Name of a case that has been run.

        Returns
        -------
        bytes
            The zip.

        Raises
        ------
        BusyError
            If too many others print or pack.
        """
        dossier, case = self.read(name), self._cases.path(name)
        files = [self._written(name, f".{form}") for form in ("html", "json", "md")]
        with self._packing.pass_through():
            store = open_store(self._settings.store, self._settings.engine)
            return bundle_case(dossier, case, files, store)

    def _written(self, name: str, ending: str) -> Path:
        self.read(name)
        return self.path(name).with_suffix(ending)
