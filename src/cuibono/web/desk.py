"""What lies on the analyst's desk: cases, their dossiers, and the store they are asked of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from markupsafe import Markup

from cuibono.dossier.render.html import draw_charts
from cuibono.dossier.write import read_dossier
from cuibono.errors import CaseError, MissingError, suggest
from cuibono.model.case import Case
from cuibono.model.dossier import Dossier
from cuibono.record.case_edit import save_case
from cuibono.record.case_file import read_case
from cuibono.record.written import read_written
from cuibono.store.store import Store, open_store
from cuibono.web.runs import EARLIER
from cuibono.web.settings import Settings
from cuibono.web.turnstile import Turnstile

Mark = tuple[int, int]


class Desk:
    """Cases, dossiers and the store, each read again when its file has changed.

    Parameters
    ----------
    settings : Settings
        Which they are.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._turnstile = Turnstile()
        self._cases: dict[Path, tuple[Mark, Case]] = {}
        self._dossiers: dict[Path, tuple[Mark, Dossier]] = {}
        self._drawings: dict[str, tuple[Dossier, dict[str, tuple[Markup, ...]]]] = {}
        self._store: tuple[Mark, Store] | None = None
        self._earlier: dict[str, list[tuple[str, str]]] = {}
        self._saving = Lock()

    def path(self, name: str) -> Path:
        """Give the file of a case.

        Parameters
        ----------
        name : str
            Its name in addresses.

        Returns
        -------
        Path
            The case file.

        Raises
        ------
        MissingError
            If no such case is served.
        """
        if name not in self.settings.cases:
            raise MissingError(f"No case of this name.{suggest(name, self.settings.cases)}")
        return self.settings.cases[name]

    def case(self, name: str) -> Case:
        """Read a case.

        Parameters
        ----------
        name : str
            Its name in addresses.

        Returns
        -------
        Case
            As its file has it now.

        Raises
        ------
        CaseError
            If the file does not hold a case.
        """
        path = self.path(name)
        mark = _mark(path)
        if mark is None:
            raise CaseError(f"{path.name}: the case file is gone.")
        known = self._cases.get(path)
        if known is None or known[0] != mark:
            known = self._cases[path] = (mark, read_case(path))
        return known[1]

    def save(self, name: str, text: str, replaces: str) -> Case:
        """Save a case file, and remember what it was.

        Parameters
        ----------
        name : str
            Name of the case in addresses.
        text : str
            What its file shall hold.
        replaces : str
            Hash of the file that the change was made to.

        Returns
        -------
        Case
            As the file has it now.

        Raises
        ------
        CaseError
            If the text is no case, or the file was changed elsewhere.
        """
        path = self.path(name)
        with self._saving:
            before = read_written(path).text
            case = save_case(path, text, replaces)
            self._earlier.setdefault(name, []).append((before, case.sha256))
        return case

    def undo(self, name: str) -> Case:
        """Take back the last change that was saved here.

        Parameters
        ----------
        name : str
            Name of the case in addresses.

        Returns
        -------
        Case
            As the file has it now.

        Raises
        ------
        CaseError
            If nothing was saved here, or the file was changed elsewhere since.
        """
        path = self.path(name)
        with self._saving:
            if not self._earlier.get(name):
                raise CaseError("Nothing that was saved here is left to take back.")
            before, written = self._earlier[name][-1]
            case = save_case(path, before, written)
            self._earlier[name].pop()
        return case

    def can_undo(self, name: str) -> bool:
        """Tell whether a change that was saved here can be taken back.

        Parameters
        ----------
        name : str
            Name of the case in addresses.

        Returns
        -------
        bool
            True after a save.
        """
        return bool(self._earlier.get(name))

    def dossier_file(self, name: str) -> Path:
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
        return self.settings.out / self.case(name).name / "dossier.json"

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
        kept = (self.dossier_file(name).parent / EARLIER).glob("*.json")
        return {path.stem: path for path in sorted(kept, reverse=True)}

    def dossier(self, name: str) -> Dossier | None:
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
        path = self.dossier_file(name)
        mark = _mark(path)
        if mark is None:
            return None
        known = self._dossiers.get(path)
        if known is None or known[0] != mark:
            known = self._dossiers[path] = (mark, read_dossier(path))
        return known[1]

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
        dossier = self.written(name)
        known = self._drawings.get(name)
        if known is None or known[0] is not dossier:
            known = self._drawings[name] = (dossier, draw_charts(dossier))
        return known[1]

    def written(self, name: str) -> Dossier:
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
        dossier = self.dossier(name)
        if dossier is None:
            raise MissingError("This case has no dossier yet. Run it first.")
        return dossier

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Ask the store, one question at a time.

        Yields
        ------
        Store
            As its manifests stand now.

        Raises
        ------
        BusyError
            If too many others ask.
        """
        with self._turnstile.pass_through():
            mark = _mark(self.settings.store / "manifest") or (0, 0)
            if self._store is None or self._store[0] != mark:
                opened = open_store(self.settings.store, self.settings.engine)
                self._store = (mark, opened)
            yield self._store[1]


def _mark(path: Path) -> Mark | None:
    """Tell one state of a file from the next; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
