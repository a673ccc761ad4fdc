"""Loops over arrays, as machine code where there is a compiler and as written where not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

Loop = TypeVar("Loop", bound=Callable[..., Any])


def can_compile() -> bool:
    """Say whether loops run as machine code.

    Returns
    -------
    bool
        False where numba is not installed, and where `NUMBA_DISABLE_JIT=1`
        says to do without.
    """
    try:
        from numba import config
    except ImportError:
        return False
    return not config.DISABLE_JIT


def compiled(loop: Loop) -> Loop:
    """Make a function of numbers and arrays fast enough for a loop over their elements.

    It is compiled when it is first called, and kept in `__pycache__` beside
    its file, or in the user's cache where that folder is read-only, so that
    the next process only reads it. Its answers are those of the function as
    written: no rule of arithmetic is relaxed, and a sum is taken in the order
    in which it stands. As numba takes a third of a second to import, so does a
    module with such functions: import it where it is used.

    Parameters
    ----------
    loop : callable
        A module's function that calls only NumPy, and others like itself from
        the same file: what is kept is not made again when another file changes.

    Returns
    -------
    callable
        The same function; compiled, it has the original as `py_func`.

    References
    ----------
    .. [1] Lam, S. K., Pitrou, A. and Seibert, S. (2015). Numba: a LLVM-based Python JIT
       compiler. *LLVM-HPC 2015*. doi:10.1145/2833157.2833162

    Examples
    --------
    >>> def longest_quiet(events_per_month):
    ...     longest = quiet = 0
    ...     for events in events_per_month:
    ...         quiet = 0 if events else quiet + 1
    ...         longest = max(longest, quiet)
    ...     return longest
    >>> import numpy as np
    >>> compiled(longest_quiet)(np.array([3, 0, 0, 1, 0]))
    2
    """
    if not can_compile():
        return loop
    from numba import njit

    try:
        return cast(Loop, njit(cache=True)(loop))
    except RuntimeError:  # there is no folder to keep it in
        return cast(Loop, njit(loop))
