"""From a CAMEO code to PLOVER: the vocabulary's crosswalk, and what it leaves out."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from cuibono.reading.wordlists import read_csv
from cuibono.vocab.events import cameo_codes


class Action(NamedTuple):
    """An act in both systems of codes.

    Attributes
    ----------
    event_type, mode, context : str
        PLOVER; the type is empty for statements, which PLOVER does not code.
    cameo : str
        CAMEO code.
    """

    event_type: str
    mode: str
    context: str
    cameo: str


NO_ACTION = Action("", "", "", "")


@cache
def action_of(code: str) -> Action:
    """Give the PLOVER type, mode and contexts of a CAMEO code.

    Parameters
    ----------
    code : str
        As the dictionaries write it.

    Returns
    -------
    Action
        With an empty type where PLOVER has none.

    Examples
    --------
    >>> action_of("0254").event_type, action_of("163").mode, action_of("010").event_type
    ('REQUEST', 'discontinue', '')
    """
    known = cameo_codes().get(code)
    context = known.context if known else ""
    for row in read_csv("plover.csv"):
        if code.startswith(row["code"]):
            return Action(row["event_type"], row["mode"], context, code)
    if known is None:
        return Action("", "", "", code)
    return Action(known.event_type or "", known.mode, context, code)
