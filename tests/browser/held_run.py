"""A run that gets no further than its first stage, so that a test can take its time."""

from multiprocessing.connection import Connection
from threading import Event


def hold(*told: object) -> None:
    """Say which stage begins, and wait for the end of the process.

    Parameters
    ----------
    *told : object
        What `cuibono.web.runs.write_case` is told; the last is where it says its stages.
    """
    tell = told[-1]
    assert isinstance(tell, Connection)
    tell.send(("stage", "case"))
    Event().wait()
