"""A provider's lists, fetched to be read and kept no longer than that."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from cuibono.errors import SourceError, StoreError
from cuibono.sources.publication import DATAVERSE, Publication
from cuibono.store.fetch.download import Errand, State
from cuibono.store.fetch.listing import Listed
from cuibono.store.fetch.patience import Patience
from cuibono.store.fetch.transport import Site


@contextmanager
def get_lists(
    store: Path, source: str, publication: Publication, site: Site, patience: Patience
) -> Iterator[tuple[list[Path | None], datetime]]:
    """Have a provider's lists at hand for a while, and its clock with them.

    Its own clock says what is about a time to come; this machine's may be wrong.

    Parameters
    ----------
    store : Path
        The lists lie in it while they are read.
    source : str
        Name of the source, for the error.
    publication : Publication
        Says which lists there are.
    site : Site
        Where they are.
    patience : Patience
        How long to wait for them.

    Yields
    ------
    list of Path or None, datetime
        The lists in the order of the card, None where the card holds one; the
        time in UTC.

    Raises
    ------
    SourceError
        If a list cannot be had.
    """
    unfinished = store / "unfinished"
    clock: datetime | None = None
    texts: list[Path | None] = []
    with _scratch(unfinished) as folder:
        for number, plan in enumerate(publication.lists):
            if not plan.path:
                texts.append(None)
                continue
            name = f"list-{number}.{'json' if plan.format == DATAVERSE else 'txt'}"
            listed = Listed(name=name, slot=None, path=plan.path)
            errand = Errand(site, patience, listed, folder / name)
            outcome = errand.run()
            if outcome.state is not State.GOT:
                raise SourceError(
                    f"{source}: its list of files cannot be had: {outcome.reason}. What you"
                    " have stays as it is; see it with `cuibono coverage`."
                )
            clock = clock or errand.clock
            texts.append(errand.part)
        yield texts, clock or patience.now()


@contextmanager
def _scratch(unfinished: Path) -> Iterator[Path]:
    try:
        unfinished.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=unfinished) as folder:
            yield Path(folder)
    except OSError as error:
        raise StoreError(
            f"{unfinished}: cannot be written ({error.strerror or error})."
            " Name another folder with `--store`."
        ) from error
    finally:
        with suppress(OSError):
            unfinished.rmdir()
            unfinished.parent.rmdir()
