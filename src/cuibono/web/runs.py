"""A case run beside the page: a process of its own, with its progress, that can be ended."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from shutil import copyfile
from threading import Lock, Thread

from cuibono.errors import BusyError, CuibonoError, MissingError
from cuibono.web.settings import Settings

AT_ONCE = 1
EARLIER = "earlier"
RUNNING, DONE, FAILED, CANCELLED = "running", "done", "failed", "cancelled"

# A fresh interpreter: a forked one would inherit the server's threads and sockets.
_FRESH = multiprocessing.get_context("spawn")


class Run:
    """One run of one case.

    Parameters
    ----------
    case : Path
        The case file.
    settings : Settings
        Store, engine, and where the dossier goes.

    Attributes
    ----------
    state : {"running", "done", "failed", "cancelled"}
        How it stands.
    stages : list of str
        Stages that have begun, in order.
    fault : str
        Why it failed; empty otherwise.
    """

    def __init__(self, case: Path, settings: Settings) -> None:
        self.state, self.fault = RUNNING, ""
        self._shorten = settings.shorten
        self.stages: list[str] = []
        self._told, tell = _FRESH.Pipe(duplex=False)
        told = (case, settings.out, settings.store, settings.engine, tell)
        self._process = _FRESH.Process(target=write_case, args=told, daemon=True)
        self._process.start()
        # The child holds the other end now; with ours closed, its death ends the listening.
        tell.close()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def cancel(self) -> None:
        """End the run; a dossier that was there before stays as it was."""
        if self.state == RUNNING:
            self.state = CANCELLED
            self._process.terminate()
        self.wait()

    def wait(self) -> None:
        """Wait until the run has ended, however it ends."""
        self._listener.join()

    def _listen(self) -> None:
        try:
            while True:
                kind, said = self._told.recv()
                if kind == "stage":
                    self.stages.append(said)
                else:
                    self.fault = self._shorten(said)
        except EOFError:
            self._process.join()
        if self.state == RUNNING:
            self.state = DONE if self._process.exitcode == 0 else FAILED
        if self.state == FAILED and not self.fault:
            self.fault = f"The run ended with exit code {self._process.exitcode}."


class Runs:
    """The latest run of each case; few at once.

    Parameters
    ----------
    settings : Settings
        Store, engine, and where dossiers go.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings, self._lock = settings, Lock()
        self._runs: dict[str, Run] = {}

    def start(self, name: str, case: Path) -> Run:
        """Start a run.

        Parameters
        ----------
        name : str
            Name of the case in addresses.
        case : Path
            Its file.

        Returns
        -------
        Run
            Under way.

        Raises
        ------
        BusyError
            If as many as may run at once do already.
        """
        with self._lock:
            if sum(run.state == RUNNING for run in self._runs.values()) >= AT_ONCE:
                raise BusyError("A case is being run. Wait for it to end, or cancel it.")
            self._runs[name] = Run(case, self._settings)
            return self._runs[name]

    def find(self, name: str) -> Run:
        """Give the latest run of a case.

        Parameters
        ----------
        name : str
            Name of the case in addresses.

        Returns
        -------
        Run
            Under way or ended.

        Raises
        ------
        MissingError
            If none was started here.
        """
        if name not in self._runs:
            raise MissingError("No run of this case was started here.")
        return self._runs[name]

    def close(self) -> None:
        """End every run that is under way."""
        for run in self._runs.values():
            run.cancel()


def write_case(case: Path, out: Path, store: Path, engine: str, tell: Connection) -> None:
    """Run a case and write its dossier, in a process of its own.

    Parameters
    ----------
    case : Path
        The case file.
    out, store : Path
        Where the dossier goes, and the files you loaded.
    engine : str
        Where to compute.
    tell : Connection
        Takes pairs ("stage" or "fault", what is said).
    """
    tell.send(("stage", "case"))
    from cuibono.dossier.compose import compose
    from cuibono.dossier.gather import gather
    from cuibono.dossier.write import write_dossier
    from cuibono.record.case_file import read_case
    from cuibono.store.store import open_store

    try:
        opened = open_store(store, engine)
        asked = read_case(case)
        gathered = gather(asked, opened, lambda stage: tell.send(("stage", stage)))
        tell.send(("stage", "dossier"))
        dossier = compose(gathered)
        _keep(out / asked.name)
        write_dossier(dossier, out)
    except CuibonoError as error:
        tell.send(("fault", str(error)))
        raise SystemExit(1) from None


def _keep(home: Path) -> None:
    """Keep the dossier that is there, under the time at which it was written."""
    written = home / "dossier.json"
    if written.exists():
        when = datetime.fromtimestamp(written.stat().st_mtime, UTC)
        kept = home / EARLIER / f"{when:%Y-%m-%dT%H.%M.%SZ}.json"
        kept.parent.mkdir(exist_ok=True)
        copyfile(written, kept)
