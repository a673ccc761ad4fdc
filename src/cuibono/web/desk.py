"""What lies on the analyst's desk: cases, their dossiers, and the store they are asked of."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TypeVar

from markupsafe import Markup

from cuibono.dossier.render.html import draw_charts
from cuibono.dossier.render.pdf import print_pdf
from cuibono.dossier.write import read_dossier
from cuibono.errors import CaseError, MissingError, suggest
from cuibono.model.case import Case
from cuibono.model.dossier import Dossier
from cuibono.model.sourced_record import SourcedRecord
from cuibono.record.case_edit import save_case
from cuibono.record.case_file import read_case
from cuibono.record.evidence_entry import enter_record
from cuibono.record.tally import Tally
from cuibono.record.written import read_written
from cuibono.store.store import Store, open_store
from cuibono.web.ahead import Ahead
from cuibono.web.bundle import bundle_case
from cuibono.web.deadline import stop_after
from cuibono.web.recall import Recall
from cuibono.web.runs import EARLIER
from cuibono.web.settings import Settings
from cuibono.web.turnstile import Turnstile

T = TypeVar("T")
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
        self._turnstile, self._packing = Turnstile(), Turnstile(waiting=2, patience_s=60)
        self._cases: dict[Path, tuple[Mark, Case]] = {}
        self._dossiers: dict[Path, tuple[Mark, Dossier]] = {}
        self._drawings: dict[str, tuple[Dossier, dict[str, tuple[Markup, ...]]]] = {}
        self._store: tuple[Mark, Store] | None = None
        self._earlier: dict[str, list[tuple[str, str]]] = {}
        self._saving = Lock()
        self._ahead, self._recall = Ahead(settings), Recall()

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

    def enter(self, name: str, record: SourcedRecord) -> str:
        """Enter an accepted record into a case file, to be judged there.

        Parameters
        ----------
        name : str
            Name of the case in addresses.
        record : SourcedRecord
            Accepted or edited.

        Returns
        -------
        str
            Id of the item.

        Raises
        ------
        CaseError
            If the record has no day, or the file cannot be written.
        """
        path = self.path(name)
        with self._saving:
            before = read_written(path)
            item = enter_record(self.settings.store, path, record)
            after = read_written(path)
            if after.sha256 != before.sha256:
                self._earlier.setdefault(name, []).append((before.text, after.sha256))
        return item

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
        page = self._written_file(name, ".html")
        with self._packing.pass_through():
            return self._recall.give(
                ("paper", page, _mark(page)), lambda: print_pdf(page.read_text("utf-8"))
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
        dossier, case = self.written(name), self.path(name)
        files = [self._written_file(name, f".{form}") for form in ("html", "json", "md")]
        with self._packing.pass_through():
            store = open_store(self.settings.store, self.settings.engine)
            return bundle_case(dossier, case, files, store)

    def _written_file(self, name: str, ending: str) -> Path:
        self.written(name)
        return self.dossier_file(name).with_suffix(ending)

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
        SlowError
            If the question took longer than one may.
        """
        with self._turnstile.pass_through():
            mark = self._state()
            if self._store is None or self._store[0] != mark:
                opened = open_store(self.settings.store, self.settings.engine)
                self._store = (mark, opened)
                self._ahead.count(mark)
            store = self._store[1]
            with stop_after(store.engine, self.settings.longest_s):
                yield store

    def count_ahead(self) -> None:
        """Begin to count the events of the store, where the settings ask for it."""
        self._ahead.count(self._state())

    def tally(self, source: str) -> Tally | None:
        """Give what was counted ahead of a source.

        Parameters
        ----------
        source : str
            Provider of events.

        Returns
        -------
        Tally or None
            None where it is not counted yet, or too much to hold.
        """
        return self._ahead.give(self._state(), source)

    def recall(self, question: Hashable, answer: Callable[[], T]) -> T:
        """Give the answer to a question to the store, asked now or before.

        Parameters
        ----------
        question : hashable
            All that the answer depends on beside the store.
        answer : callable () -> T
            Asks the store.

        Returns
        -------
        T
            Of the store as it stands now; nobody may change it.
        """
        return self._recall.give((self._state(), question), answer)

    def _state(self) -> Mark:
        """Tell one state of the store from the next."""
        return _mark(self.settings.store / "manifest") or (0, 0)


def _mark(path: Path) -> Mark | None:
    """Tell one state of a file from the next; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
