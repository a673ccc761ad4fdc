"""A native ICEWS file of a few days, made up line by line."""

from datetime import date, timedelta
from pathlib import Path

HEADER = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country",
    "Event Text", "CAMEO Code", "Intensity", "Target Name", "Target Sectors",
    "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def made_up(number: int, day: date, actor: str, recipient: str) -> str:
    cells = dict.fromkeys(HEADER, "")
    cells |= {
        "Event ID": str(number),
        "Event Date": day.isoformat(),
        "Source Name": f"Citizen ({actor})",
        "Source Country": actor,
        "Event Text": "Express intent to cooperate",
        "CAMEO Code": "030",
        "Intensity": "4.0",
        "Target Name": f"Citizen ({recipient})",
        "Target Country": recipient,
    }
    return "\t".join(cells.values())


def write_icews(path: Path, start: date, n_days: int, each: int = 3) -> Path:
    """Write `each` acts of Turkey towards Greece on every one of so many days."""
    lines = ["\t".join(HEADER)]
    for number in range(n_days * each):
        day = start + timedelta(days=number // each)
        lines.append(made_up(number, day, "Turkey", "Greece"))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
