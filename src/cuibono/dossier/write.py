"""Write a dossier's three files: all of them, or none."""

from __future__ import annotations

from pathlib import Path

from cuibono.dossier.render.html import render_html
from cuibono.dossier.render.json import from_json, to_json
from cuibono.dossier.render.markdown import render_markdown
from cuibono.errors import StoreError, TraceError
from cuibono.model.dossier import Dossier


def write_dossier(dossier: Dossier, folder: Path) -> tuple[Path, ...]:
    """Write HTML, Markdown and JSON into a folder of the case's name.

    Everything is rendered before the first byte is written, and each file
    replaces its forerunner whole.

    Parameters
    ----------
    dossier : Dossier
        What to write.
    folder : Path
        Parent folder; made where it is missing.

    Returns
    -------
    tuple of Path
        The HTML file first.

    Raises
    ------
    StoreError
        If the folder cannot be written to.
    """
    texts = {
        "dossier.html": render_html(dossier),
        "dossier.md": render_markdown(dossier),
        "dossier.json": to_json(dossier),
    }
    home = folder / dossier.name
    try:
        home.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (home / f"{name}.partial").write_text(text, "utf-8")
        for name in texts:
            (home / f"{name}.partial").replace(home / name)
    except OSError as error:
        raise StoreError(
            f"{home}: cannot write the dossier ({error.strerror}). Choose another with --out."
        ) from error
    return tuple(home / name for name in texts)


def read_dossier(path: Path | None, folder: Path = Path("dossiers")) -> Dossier:
    """Read a dossier back from its JSON.

    Parameters
    ----------
    path : Path or None
        The JSON file, or the folder that holds it; None for the newest below
        `folder`.
    folder : Path, default "dossiers"
        Where dossiers are written.

    Returns
    -------
    Dossier
        As it was composed.

    Raises
    ------
    TraceError
        If there is none.
    """
    if path is None:
        written = sorted(folder.glob("*/dossier.json"), key=lambda file: file.stat().st_mtime)
        if not written:
            raise TraceError(
                f"{folder}: no dossier here. Make one with `cuibono explain CASE`,"
                " or name its JSON with --dossier."
            )
        path = written[-1]
    file = path / "dossier.json" if path.is_dir() else path
    if not file.is_file():
        raise TraceError(f"{file}: no such dossier. Make one with `cuibono explain CASE`.")
    return from_json(file.read_text("utf-8"))
