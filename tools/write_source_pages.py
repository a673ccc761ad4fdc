"""Write docs/sources: one page a source, from its card and its reader."""

import inspect
from importlib import import_module
from pathlib import Path

from cuibono.sources.base import Card, provider_layouts, read_card, read_with, source_names

FOLDER = Path(__file__).parents[1] / "docs" / "sources"
COVERAGE = {
    "busy_days": "Days with at least a tenth of a usual day's rows are covered.",
    "rows": "The spans that its rows state are covered.",
    "span": "All days from its first row to its last are covered.",
}


def first_line(thing: object) -> str:
    """Give what a module or function says of itself in one line."""
    return (inspect.getdoc(thing) or "").split("\n")[0]


def bounds(card: Card) -> list[str]:
    """Say what a usual file keeps to."""
    said = [f"- At most {card.refused_share:.0%} of its rows are refused."]
    if card.known_share:
        said.append(f"- At least {card.known_share:.0%} of its actors are known.")
    said += [
        f"- `{layout.name}` has about {layout.rows:,} rows: no fewer than 0.8 times, no more"
        " than twice as many."
        for layout in provider_layouts(card)
        if layout.rows
    ]
    return said


def page(card: Card) -> str:
    """Say what a source is, what it cannot see and how to load it."""
    folder = import_module(f"cuibono.sources.{card.name}")
    reader = import_module(f"cuibono.sources.{card.name}.reader")
    lines = [
        f"# {card.name}: {card.title}",
        "",
        first_line(folder) + " " + first_line(reader),
        "",
        f"Provider: {card.provider}. Read into `{card.table}`, to be counted by {card.grid} or"
        f" coarser. {COVERAGE[card.coverage]}",
        "",
        "## What it cannot see",
        "",
        *(f"- {spot}" for spot in card.blind_spots),
        "",
    ]
    if card.stories:
        lines += ["## What one report is", "", f"{card.stories}.", ""]
    if card.faults:
        lines += ["## What is known to be wrong", ""]
        for fault in card.faults:
            days = f" ({fault.start} to {fault.end})" if fault.start and fault.end else ""
            lines.append(f"- **{fault.name}**{days}: {fault.what}")
        lines.append("")
    if card.seams:
        lines += ["## Where its series break", "", *(f"- {seam}" for seam in card.seams), ""]
    lines += ["## Bounds that end a load", "", *bounds(card), ""]
    lines += [
        "## How to load it",
        "",
        f"{card.obtain[0].upper()}{card.obtain[1:]}.",
        "",
        "| layout | files | what is read |",
    ]
    lines.append("|---|---|---|")
    for layout in provider_layouts(card):
        kind = "Parquet" if layout.format == "parquet" else "text"
        files = ", ".join(f"`{pattern}`" for pattern in layout.files.values())
        what = first_line(read_with(card.name, layout.name))
        lines.append(f"| `{layout.name}` | {kind}, {files} | {what} |")
    lines += ["", "## Terms", "", f"{card.licence}.", "", f"{card.citation}", ""]
    return "\n".join(lines)


def index() -> str:
    """List the sources."""
    rows = [
        f"| [`{card.name}`]({card.name}.md) | {card.title} | {card.table} |"
        for card in map(read_card, source_names())
    ]
    head = [
        "# Sources",
        "",
        "One page a source: what it is, what it cannot see, how to load it.",
    ]
    head += ["", "| source | title | read into |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def pages() -> dict[str, str]:
    """Give every page by file name."""
    return {f"{name}.md": page(read_card(name)) for name in source_names()} | {
        "index.md": index()
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
