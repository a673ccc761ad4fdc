"""`cuibono read`: documents become sourced records, each with its exact words."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cuibono.cli.options import DEFAULT_STORE, JsonOption, StoreOption

if TYPE_CHECKING:
    from cuibono.model.sourced_record import SourcedRecord
    from cuibono.reading.document import Document
    from cuibono.reading.endpoint import Endpoint

FilesArgument = Annotated[list[Path], typer.Argument(help="Documents, or folders of them.")]
PublishedOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day they were written, if they do not say."),
]


CaseOption = Annotated[
    Path | None, typer.Option("--case", help="Review at once, for this case file.")
]
KeepOption = Annotated[bool, typer.Option("--keep", help="Keep the records for review.")]
# No variable of the surroundings turns it on: whoever sends a text away types where to.
LlmOption = Annotated[
    str,
    typer.Option(
        "--llm",
        metavar="URL",
        help="Also ask a language model there (OpenAI's protocol). The text is sent to it.",
    ),
]
ModelOption = Annotated[
    str, typer.Option("--llm-model", envvar="CUIBONO_LLM_MODEL", help="Its name there.")
]
KEY_VARIABLE = "CUIBONO_LLM_KEY"

ProposeOption = Annotated[
    bool,
    typer.Option("--propose", help="Guess at sentences in which the dictionary finds nothing."),
]


def read(
    files: FilesArgument,
    published: PublishedOption = None,
    keep: KeepOption = False,
    case: CaseOption = None,
    propose: ProposeOption = False,
    llm: LlmOption = "",
    llm_model: ModelOption = "",
    store: StoreOption = DEFAULT_STORE,
    as_json: JsonOption = False,
) -> None:
    """Read documents into sourced records; nothing is asked of a network unless `--llm` is.

    Parameters
    ----------
    files : list of Path
        Documents or folders.
    published : datetime or None
        The day they were written, where they do not say.
    keep : bool
        Whether the records go to the store, for `cuibono review`.
    case : Path or None
        Keep them, and review them at once for this case.
    propose : bool
        Whether the proposer that ships guesses where the dictionary is silent.
    llm : str
        Base address of a language model that proposes further records; none is asked without.
    llm_model : str
        Its name there; its key is read from CUIBONO_LLM_KEY.
    store : Path
        Where they are kept.
    as_json : bool
        One JSON object a line instead of a list.
    """
    from rich.console import Console
    from rich.progress import track

    from cuibono.cli.tell import record_line, tell_skipped
    from cuibono.errors import CuibonoError, DocumentError, ProposerError
    from cuibono.reading.files import list_files, open_document
    from cuibono.reading.read import read_document

    talk = Console(stderr=True)
    endpoint = _endpoint(llm, llm_model)
    paths = [path for each in files for path in list_files(each)]
    failed: CuibonoError | None = None
    for path in track(
        paths, "reading", console=talk, disable=len(paths) < 2 or not talk.is_interactive
    ):
        try:
            document = open_document(path, published.date() if published else None)
        except DocumentError as error:
            if len(paths) == 1:
                raise
            typer.echo(f"cuibono: {error}", err=True)
            failed = error
            continue
        records = read_document(document, propose=propose)
        tell_skipped(document, len(records))
        if endpoint is not None:
            try:
                records += _asked(document, records, endpoint)
            except ProposerError as error:
                typer.echo(f"cuibono: {error}", err=True)
                failed = error
        if keep or case:
            from cuibono.store.readings import keep_reading

            new = keep_reading(store, document, records)
            typer.echo(f"  kept {new} new records in {store}", err=True)
        for record in records:
            typer.echo(_json(record) if as_json else record_line(record))
    if case is not None:
        from cuibono.cli.review import review

        review(store, case=case)
    if failed is not None:
        raise type(failed)(f"{failed} The rest was read.")


def _endpoint(url: str, model: str) -> Endpoint | None:
    if not url:
        return None
    from cuibono.reading.endpoint import Endpoint

    return Endpoint(url, model, os.environ.get(KEY_VARIABLE, ""))


def _asked(
    document: Document, records: list[SourcedRecord], endpoint: Endpoint
) -> list[SourcedRecord]:
    """Ask a language model for more, and say what is sent and what became of the answer."""
    from collections import Counter

    from cuibono.reading.language_model import propose_records

    where = "on this machine" if endpoint.is_local else "and leaves this machine"
    count = sum(end - start for start, end in document.blocks)
    typer.echo(f"  {count:,} characters go to {endpoint.host} {where}", err=True)
    more, refused = propose_records(document, records, endpoint)
    typer.echo(f"  {endpoint.model}: {len(more)} more records", err=True)
    for reason, times in Counter(refusal.reason for refusal in refused).most_common():
        typer.echo(f"  refused {times}: {reason}", err=True)
    return more


def _json(record: SourcedRecord) -> str:
    from cuibono.reading.arrow import to_arrow

    (row,) = to_arrow([record]).to_pylist()
    return json.dumps(row, default=str, ensure_ascii=False)
