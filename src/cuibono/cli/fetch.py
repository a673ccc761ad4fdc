"""`cuibono fetch`: a provider's files into the store, after a plan that says what it costs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cuibono.cli.load import SourceArgument
from cuibono.cli.options import DEFAULT_STORE, StoreOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cuibono.sources.base import Card
    from cuibono.store.fetch.patience import Patience
    from cuibono.store.fetch.plan import Plan
    from cuibono.store.fetch.transport import Site

FromOption = Annotated[str | None, typer.Option("--from", help="First year, month or day.")]
ToOption = Annotated[str | None, typer.Option("--to", help="Last year, month or day.")]
ActorsOption = Annotated[str, typer.Option("--actors", help="Actors wanted: RUS,PAK.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Print the plan and stop.")]
MirrorOption = Annotated[
    str | None, typer.Option("--mirror", help="Address of a copy of the provider's files.")
]
KindOption = Annotated[
    str | None, typer.Option("--kind", help="What the files should hold, if not the usual.")
]
SHOWN_HOLES = 5


def fetch(
    source: SourceArgument,
    start: FromOption = None,
    end: ToOption = None,
    kind: KindOption = None,
    actors: ActorsOption = "",
    dry_run: DryOption = False,
    mirror: MirrorOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Fetch a provider's files: first the plan, then each file whole and checked.

    Parameters
    ----------
    source : str
        Name of the source.
    start, end : str, optional
        First and last year, month or day (2012, 2012-09 or 2012-09-03, UTC).
    kind : str, optional
        What the files should hold, such as mentions; the usual kind by default.
    actors : str
        Whom you want to read about, separated by commas.
    dry_run : bool
        Print the plan and fetch nothing.
    mirror : str, optional
        Address of a copy that stands in for the provider.
    store : Path
        Folder to fetch into.
    """
    from contextlib import closing

    from cuibono.sources.base import read_card
    from cuibono.store.fetch.patience import Patience
    from cuibono.store.fetch.plan import choose_publication, open_site, plan_fetch
    from cuibono.store.fetch.slots import read_moment
    from cuibono.vocab.actors import resolve_actor

    card = read_card(source)
    wanted = [resolve_actor(text.strip(), "--actors") for text in actors.split(",") if text]
    first = read_moment(start, "--from") if start else None
    last = read_moment(end, "--to") if end else None
    publication = choose_publication(card, kind)
    with closing(open_site(publication, mirror)) as site:
        patience = Patience()
        plan = plan_fetch(store, source, publication, site, patience, first, last)
        for line in describe(card, plan, site):
            typer.echo(line)
        if wanted:
            names = ", ".join(actor.id for actor in wanted)
            typer.echo(
                f"actors: {card.name} publishes whole files, not files by actor; {names} are"
                " fetched with the rest of the world, against which they are ranked"
            )
        if not dry_run:
            carry_out(store, plan, site, patience)


def describe(card: Card, plan: Plan, site: Site) -> Iterator[str]:
    """Lay out a plan for a reader.

    Parameters
    ----------
    card : Card
        The source's description.
    plan : Plan
        What a fetch would do.
    site : Site
        Where from.

    Yields
    ------
    str
        One line each.
    """
    listing, wanted = plan.listing, plan.wanted
    unknown = sum(listed.size is None for listed in wanted)
    vouched = "by certificate" if site.authenticated else "unauthenticated, hashes checked"
    yield f"{card.name}: {card.title}"
    yield f"licence: {card.licence}"
    yield f"from: {site.base} ({vouched})"
    yield f"about: {plan.kind}, {plan.asked}"
    yield (
        f"to fetch: {len(wanted):,} files, {megabytes(plan.n_bytes)}"
        + f" and {unknown:,} files whose size is not told" * bool(unknown)
    )
    yield f"already here: {len(plan.present):,} files"
    for span in plan.outside:
        yield f"outside what the provider has: {span}"
    for span in plan.unlisted[:SHOWN_HOLES]:
        yield f"not listed: {span}"
    if len(plan.unlisted) > SHOWN_HOLES:
        yield f"not listed: {len(plan.unlisted) - SHOWN_HOLES:,} more spans"
    yield (
        f"lists: {sum(listing.n_lines.values()):,} lines = {listing.n_used:,} used"
        f" + {listing.n_other:,} about other files + {len(listing.refused):,} refused"
    )
    for warning in plan.warnings:
        yield f"warning: {warning}"


def carry_out(store: Path, plan: Plan, site: Site, patience: Patience) -> None:
    """Fetch what a plan wants, with a bar on standard error and a line for each miss.

    Parameters
    ----------
    store : Path
        Folder to fetch into.
    plan : Plan
        What is wanted.
    site : Site
        Where from.
    patience : Patience
        How long to wait for it.
    """
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    from cuibono.dossier.render.visible import make_visible
    from cuibono.store.fetch.plan import place_of
    from cuibono.store.fetch.run import fetch as fetch_files

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    counts: dict[str, int] = {}
    console = Console(stderr=True)
    silent = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=silent) as bar:
        whole = bar.add_task(plan.source, total=plan.n_bytes or None)
        done = 0

        def told(name: str, size: int) -> None:
            bar.update(whole, description=name, completed=done + size)

        files = fetch_files(store, plan, site, patience, lambda f, size: told(f.name, size))
        for outcome in files:
            counts[outcome.state] = counts.get(outcome.state, 0) + 1
            done += outcome.listed.size or outcome.size
            bar.update(whole, completed=done)
            if outcome.reason:
                said = f"{outcome.listed.name}: {outcome.state}: {outcome.reason}"
                typer.echo(make_visible(said))
    untried = len(plan.wanted) - sum(counts.values())
    parts = [f"{n:,} {state}" for state, n in counts.items()]
    parts += [f"{untried:,} not tried"] * bool(untried)
    typer.echo(f"fetched: {', '.join(parts) or 'nothing; all is here'}")
    if counts.get("got"):
        folder = place_of(store, "raw", plan.source, plan.kind)
        typer.echo(f"Load them with `cuibono load {plan.source} {folder}/*`.")
    if len(plan.wanted) > counts.get("got", 0):
        typer.echo("The same command asks again for what is missing.")


def megabytes(n_bytes: int) -> str:
    """Write a number of bytes as people say it.

    Parameters
    ----------
    n_bytes : int
        Bytes.

    Returns
    -------
    str
        In megabytes of a million bytes.

    Examples
    --------
    >>> megabytes(39_122_522)
    '39.1 MB'
    """
    return f"{n_bytes / 1e6:,.1f} MB"
