"""The case files that are served: read, weighed, saved, taken back change by change."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from cuibono.errors import CaseError, MissingError, suggest
from cuibono.model.case import Case
from cuibono.model.sourced_record import SourcedRecord
from cuibono.model.weight import Weighing
from cuibono.record.case_edit import save_case
from cuibono.record.case_file import read_case
from cuibono.record.evidence_entry import enter_record
from cuibono.record.written import read_written
from cuibono.web.reread import Reread
from cuibono.web.settings import Settings
from cuibono.weighing.weigh import weigh


class CaseFiles:
    """The case files, by their names in addresses, with the changes that were saved here.

    Parameters
    ----------
    settings : Settings
        Which they are, and the store that records are entered from.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings, self._saving = settings, Lock()
        self._cases = Reread(read_case)
        self._weighed: dict[str, tuple[Case, Weighing]] = {}
        self._earlier: dict[str, list[tuple[str, str]]] = {}

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
        known = self._settings.cases
        if name not in known:
            raise MissingError(f"No case of this name.{suggest(name, known)}")
        return known[name]

    def read(self, name: str) -> Case:
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
        case = self._cases.give(path)
        if case is None:
            raise CaseError(f"{path.name}: the case file is gone.")
        return case

    def weigh(self, name: str) -> Weighing:
        """Weigh a case, once for each state of its file.

        Parameters
        ----------
        name : str
            Its name in addresses.

        Returns
        -------
        Weighing
            What its judgements come to.

        Raises
        ------
        CaseError
            If the file does not hold a case that can be weighed.
        """
        case, known = self.read(name), self._weighed.get(name)
        if known is None or known[0] is not case:
            known = self._weighed[name] = (case, weigh(case))
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
            item = enter_record(self._settings.store, path, record)
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
