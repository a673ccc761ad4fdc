"""Write a dossier's three files: all of them, or none."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from cuibono.dossier.render.html import render_html
from cuibono.dossier.render.json import from_json, to_json
from cuibono.dossier.render.markdown import render_markdown
from cuibono.errors import StoreError, TraceError
from cuibono.model.dossier import Dossier


def write_dossier(dossier: Dossier, folder: Path) -> tuple[Path, ...]:
    """Write HTML, Markdown and JSON into a folder of the case's name.

    Everything is rendered before the first byte is written, and no file takes
    its place before all of them are on the disk.

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
    plain = to_json(dossier)
    texts = {
        "dossier.html": render_html(dossier),
        "dossier.md": render_markdown(dossier),
        "dossier.json": plain,
    }
    home = folder / dossier.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=f".{dossier.name}-") as unfinished:
            for name, text in texts.items():
                (Path(unfinished) / name).write_text(text, "utf-8")
            home.mkdir(exist_ok=True)
            for name in texts:
                (Path(unfinished) / name).replace(home / name)
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
        If there is none, or it is damaged.
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
    try:
        return from_json(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, TraceError) as error:
        raise TraceError(f"{file}: {error}") from error
