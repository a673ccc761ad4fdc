"""`cuibono serve`: the workbench, on this machine unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cuibono.cli.options import DEFAULT_ENGINE, DEFAULT_STORE, EngineOption, StoreOption

CasesArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[CASE]...", help="Case files or folders; cases/ if left out."),
]
OutOption = Annotated[Path, typer.Option("--out", help="Folder of the dossiers.")]
HostOption = Annotated[str, typer.Option("--host", help="Address to listen on.")]
PortOption = Annotated[int, typer.Option("--port", min=0, max=65535, help="Port.")]
NameOption = Annotated[
    list[str] | None, typer.Option("--name", help="Further host name that is answered.")
]
TokenOption = Annotated[
    str,
    typer.Option(
        "--token", envvar="CUIBONO_TOKEN", help="What a visitor must show; needed with --host."
    ),
]
LongestOption = Annotated[
    float, typer.Option("--longest", min=0.1, help="Seconds a question to the store may take.")
]


def serve(
    cases: CasesArgument = None,
    out: OutOption = Path("dossiers"),
    store: StoreOption = DEFAULT_STORE,
    engine: EngineOption = DEFAULT_ENGINE,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8787,
    name: NameOption = None,
    token: TokenOption = "",
    longest: LongestOption = 20.0,
) -> None:
    """Serve the workbench: cases, dossiers and their rows as pages.

    Parameters
    ----------
    cases : list of Path, optional
        Case files, or folders of them.
    out : Path
        Folder of the dossiers.
    store : Path
        Folder of the files you loaded.
    engine : str
        Where to compute.
    host : str
        Address to listen on.
    port : int
        Port; 0 for any that is free.
    name : list of str, optional
        Further host names under which the workbench may be asked.
    token : str
        What a visitor must show; needed where other machines can reach it.
    longest : float
        Seconds after which a question to the store is stopped.
    """
    import uvicorn

    from cuibono.web.app import make_app
    from cuibono.web.listen import listen_on
    from cuibono.web.settings import Settings, name_cases

    with listen_on(host, port) as listener:
        settings = Settings(
            cases=name_cases(cases or [Path("cases")]),
            out=out,
            store=store,
            engine=engine,
            host=host,
            port=listener.getsockname()[1],
            token=token,
            names=tuple(name or ()),
            longest_s=longest,
            ahead=True,
        )
        typer.echo(f"Workbench: {settings.address}")
        config = uvicorn.Config(
            make_app(settings),
            log_level="warning",
            server_header=False,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=3,
            limit_concurrency=200,
        )
        uvicorn.Server(config).run(sockets=[listener])
