"""Everything this package raises on purpose.

* CuibonoError
  x CaseError              the case file asks for something impossible
    + CaseSyntaxError      a key, type or band the case format does not know
    + UnknownActorError    a code or name no vocabulary knows
    + EmptyRecordError     nothing in the store matches the case
    + NotCoveredError      the source does not cover what was asked
  x SourceError            a file is not what its card promises
    + DriftError           columns, codes or counts changed upstream
    + CorrectionError      a correction no longer matches what it corrects
  x DocumentError          a document that cannot be read
  x ProposerError          a model that cannot be asked, or does not answer
  x StoreError             the store cannot be read or written
  x TraceError             an id no dossier knows, or rows that are gone
  x ServeError             the workbench cannot be served as asked
    + MissingError         no case, chart or table of that name
    + BusyError            too much is asked at once
    + SlowError            a question that took too long and was stopped
  x PrintError             no browser prints the page, or it prints nothing
  x UntracedError          a number without source rows
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


def suggest(text: str, known: Collection[str]) -> str:
    """Phrase the nearest known spellings as a question.

    Parameters
    ----------
    text : str
        What was written.
    known : collection of str
        What would have been accepted.

    Returns
    -------
    str
        `" Did you mean A or B?"`, or nothing where nothing is near.

    Examples
    --------
    >>> suggest("RUSS", ["RUS", "PAK"])
    ' Did you mean RUS?'
    """
    folded = {name.casefold(): name for name in known}
    close = get_close_matches(text.casefold(), folded, n=3)
    return f" Did you mean {' or '.join(folded[name] for name in close)}?" if close else ""


class CuibonoError(Exception):
    """Base of every error in this tree; catch it at the edge (cli, web)."""


class CaseError(CuibonoError):
    """The case file asks for something impossible."""


class CaseSyntaxError(CaseError):
    """A key, type or band that the case format does not know."""


class UnknownActorError(CaseError):
    """A code or name that no vocabulary knows.

    Parameters
    ----------
    text : str
        What the user wrote.
    known : collection of str
        The codes and names that would have been accepted.
    where : str
        File and line, or the argument's name.
    """

    def __init__(self, text: str, known: Collection[str], where: str) -> None:
        self.text, self.where = text, where
        super().__init__(
            f"{where}: no actor {text!r}.{suggest(text, known)}"
            f" Search the known actors with `cuibono actors {text}`."
        )


class EmptyRecordError(CaseError):
    """Nothing in the store matches the case."""


class NotCoveredError(CaseError):
    """The source does not cover the actor or the period that was asked for."""


class SourceError(CuibonoError):
    """A file is not what its card promises."""


class DriftError(SourceError):
    """Columns, codes or counts changed upstream."""


class CorrectionError(SourceError):
    """A correction no longer matches the upstream value that it corrects."""


class DocumentError(CuibonoError):
    """A document that is empty, no text, or beyond the limits it is read within."""


class ProposerError(CuibonoError):
    """A language model that cannot be asked, or that does not answer as it should."""


class StoreError(CuibonoError):
    """The store cannot be read or written."""


class TraceError(CuibonoError):
    """An id that no dossier knows, or rows that are no longer there."""


class ServeError(CuibonoError):
    """The workbench cannot be served as asked."""


class MissingError(ServeError):
    """No case, chart or table of that name is served."""


class BusyError(ServeError):
    """Too much is asked at once; the same question may be asked again later."""


class SlowError(ServeError):
    """A question to the store that took longer than it may and was stopped."""


class PrintError(CuibonoError):
    """No browser of this machine prints the page, or it prints nothing."""


class UntracedError(CuibonoError):
    """A number without source rows."""
