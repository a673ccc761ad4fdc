"""What files hold, each read once and again when it has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")
Mark = tuple[int, int]


def mark_of(path: Path) -> Mark | None:
    """Tell one state of a file or folder from the next.

    Parameters
    ----------
    path : Path
        Anything.

    Returns
    -------
    (int, int) or None
        Time of the last change in nanoseconds, and bytes; None where nothing is.
    """
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


class Reread(Generic[T]):
    """Keeps what was read of each file, for as long as the file stays as it was.

    Parameters
    ----------
    read : callable (Path) -> T
        Reads a file; what it raises is not kept.
    """

    def __init__(self, read: Callable[[Path], T]) -> None:
        self._read = read
        self._known: dict[Path, tuple[Mark, T]] = {}

    def give(self, path: Path) -> T | None:
        """Give what a file holds now.

        Parameters
        ----------
        path : Path
            The file.

        Returns
        -------
        T or None
            The same object while the file is the same; None where it is gone.
        """
        mark = mark_of(path)
        if mark is None:
            return None
        known = self._known.get(path)
        if known is None or known[0] != mark:
            known = self._known[path] = (mark, self._read(path))
        return known[1]
