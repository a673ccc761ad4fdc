"""The page on paper: printed to PDF by a browser of this machine that asks no network."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from cuibono.errors import PrintError

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
LONGEST_S = 120
# Nothing but the file: no host has an address, nothing is updated, synced or reported.
QUIET = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)


def find_browser() -> str:
    """Find a browser that can print.

    Returns
    -------
    str
        Path of the first that is there.

    Raises
    ------
    PrintError
        If there is none.
    """
    for name in BROWSERS:
        if found := which(name):
            return found
    raise PrintError(
        "No browser that prints was found. Install Chromium (`apt install chromium`) or Chrome,"
        " or open dossier.html in any browser and print it from there."
    )


def print_pdf(html: str) -> bytes:
    """Print a page that needs nothing but itself.

    Parameters
    ----------
    html : str
        As `render_html` writes it.

    Returns
    -------
    bytes
        A PDF of A4 pages with its table of contents as bookmarks.

    Raises
    ------
    PrintError
        If no browser is there, or it prints nothing.
    """
    browser = find_browser()
    with TemporaryDirectory(prefix="cuibono-print-") as name:
        folder = Path(name)
        page, paper = folder / "dossier.html", folder / "dossier.pdf"
        page.write_text(html, "utf-8")
        command = [
            browser, *QUIET, *_sandbox(), f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={paper}", "--generate-pdf-document-outline", page.as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=LONGEST_S, check=True)
            return paper.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise PrintError(
                f"{Path(browser).name} printed nothing ({_why(error)}). Open dossier.html in"
                " a browser and print it from there."
            ) from error


def _why(error: Exception) -> str:
    match error:
        case subprocess.TimeoutExpired():
            return f"not done after {LONGEST_S} seconds"
        case subprocess.CalledProcessError(returncode=code):
            return f"exit code {code}"
    return str(getattr(error, "strerror", None) or error)


def _sandbox() -> tuple[str, ...]:
    """Chromium refuses its sandbox to the superuser; the page holds no script either way."""
    import os

    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
