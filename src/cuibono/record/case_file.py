"""Read a case file: every fault is one line that names the file, the line and the mend."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path

from pydantic import ValidationError

from cuibono.errors import CaseError, CaseSyntaxError, suggest
from cuibono.model.actor import DirectedDyad
from cuibono.model.case import Case, Explanation, Prediction
from cuibono.model.evidence import Document, Evidence, Likelihood
from cuibono.model.period import Period
from cuibono.record.case_format import (
    PATTERNS,
    CaseFile,
    CaseHead,
    DocumentEntry,
    EvidenceEntry,
    ExplanationEntry,
    Strict,
)
from cuibono.record.locate import Place, line_of
from cuibono.vocab.actors import resolve_actor

# A case of a thousand items is half a megabyte; more is not a case file.
MAX_BYTES = 4 * 2**20
# States act in open data from the nineteenth century on; beyond lies a slip of the pen.
YEARS = range(1800, 2101)

MENDS = {
    "Invalid value": ' Text needs quotes: actor = "RUS".',
    "Cannot overwrite a value": " A key or table is written twice.",
}

KNOWN_KEYS = sorted(
    {
        field.alias or name
        for table in Strict.__subclasses__()
        for name, field in table.model_fields.items()
    }
)


def read_case(path: Path) -> Case:
    """Read a case file and resolve its actors.

    Parameters
    ----------
    path : Path
        A TOML file as `docs/concepts/cases.md` describes it.

    Returns
    -------
    Case
        With the file's hash.

    Raises
    ------
    CaseError
        If the file is missing, is no TOML, has a key, type, band, period or
        reference that does not hold, or names an unknown actor.
    """
    data = _read_bytes(path)
    text = _decode(path, data)
    try:
        entries = CaseFile.model_validate(_parse(path, text))
    except ValidationError as error:
        raise CaseSyntaxError(_explain(path, text, error)) from None
    reader = _Reader(path, text, hashlib.sha256(data).hexdigest())
    return reader.case(entries)


class _Reader:
    """Turns validated entries into a case, and knows where each was written."""

    def __init__(self, path: Path, text: str, sha256: str) -> None:
        self.path, self.text, self.sha256 = path, text, sha256

    def where(self, *place: str | int) -> str:
        """Name the file and line of a key."""
        return f"{self.path}:{line_of(self.text, place)}"

    def case(self, entries: CaseFile) -> Case:
        """Build the whole case."""
        head = entries.case
        explanations = self.unique(entries.explanation, "explanation")
        documents = self.unique(entries.document, "document")
        self.unique(entries.evidence, "evidence")
        return Case(
            name=head.name,
            title=head.title,
            question=head.question,
            context=head.context,
            relation=self.dyad(
                [head.actor, head.recipient], ("case", "actor"), ("case", "recipient")
            ),
            period=self.period(head),
            compare=tuple(self.dyad(pair, ("case", "compare")) for pair in head.compare),
            explanations=tuple(
                self.explanation(entry, number, explanations)
                for number, entry in enumerate(entries.explanation)
            ),
            documents=tuple(Document(**entry.model_dump()) for entry in entries.document),
            evidence=tuple(
                self.evidence(entry, number, explanations, documents)
                for number, entry in enumerate(entries.evidence)
            ),
            half_life_years=head.half_life_years,
            path=str(self.path),
            sha256=self.sha256,
        )

    def period(self, head: CaseHead) -> Period:
        """Check that the period runs forwards."""
        if head.start >= head.end:
            raise CaseError(
                f"{self.where('case', 'to')}: the period ends on {head.end}, not after it"
                f" starts on {head.start}. `to` is the first day after the period."
            )
        for key, day in (("from", head.start), ("to", head.end)):
            if day.year not in YEARS:
                raise CaseError(
                    f"{self.where('case', key)}: {day} lies outside the years"
                    f" {YEARS[0]} to {YEARS[-1]}. Mend the year."
                )
        return Period(head.start, head.end)

    def unique(
        self,
        entries: Sequence[ExplanationEntry | DocumentEntry | EvidenceEntry],
        table: str,
    ) -> list[str]:
        """List ids, and refuse one that is used twice."""
        ids: list[str] = []
        for number, entry in enumerate(entries):
            if entry.id in ids:
                raise CaseError(
                    f"{self.where(table, number, 'id')}: {table} id {entry.id!r} is used twice."
                    " Give each its own."
                )
            ids.append(entry.id)
        return ids

    def dyad(self, pair: Sequence[str], *places: Place) -> DirectedDyad:
        """Resolve two actors, written in one place or two, and refuse the same one twice."""
        first, last = (self.where(*place) for place in (places[0], places[-1]))
        actor, recipient = resolve_actor(pair[0], first), resolve_actor(pair[1], last)
        if actor == recipient:
            raise CaseError(
                f"{last}: {actor.id} acts on itself; a relation needs two different actors."
            )
        return DirectedDyad(actor, recipient)

    def known(self, name: str, known: Collection[str], what: str, *place: str | int) -> None:
        """Refuse a reference to something that the case does not have."""
        if name not in known:
            raise CaseError(
                f"{self.where(*place)}: no {what} {name!r}.{suggest(name, known)}"
                f" This case has {', '.join(known)}."
            )

    def explanation(self, entry: ExplanationEntry, number: int, ids: list[str]) -> Explanation:
        """Build one explanation."""
        place = ("explanation", number)
        self.known(entry.nearest_rival, ids, "explanation", *place, "nearest_rival")
        if entry.nearest_rival == entry.id:
            raise CaseError(
                f"{self.where(*place, 'nearest_rival')}: {entry.id} is named as its own rival."
                " Name the explanation it is most easily mistaken for."
            )
        predictions = tuple(
            Prediction(
                lens=p.lens,
                driver=self.dyad(p.driver, (*place, "prediction", n, "driver")),
                sign=p.sign,
                why=p.why,
            )
            for n, p in enumerate(entry.prediction)
        )
        fields = entry.model_dump(exclude={"prediction"})
        return Explanation(predictions=predictions, **fields)

    def evidence(
        self, entry: EvidenceEntry, number: int, explanations: list[str], documents: list[str]
    ) -> Evidence:
        """Build one item of evidence."""
        place = ("evidence", number)
        self.known(entry.document, documents, "document", *place, "document")
        for name in entry.likelihoods:
            self.known(name, explanations, "explanation", *place, "likelihoods", name)
        likelihoods = {n: Likelihood(**x.model_dump()) for n, x in entry.likelihoods.items()}
        fields = entry.model_dump(exclude={"likelihoods"})
        return Evidence(likelihoods=likelihoods, **fields)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_file():
            return _limited(path)
    except OSError as error:
        raise CaseError(f"{path}: cannot be read ({error.strerror}).") from None
    near = sorted(p.name for p in path.parent.glob("*.toml")) if path.parent.is_dir() else []
    raise CaseError(
        f"{path}: no such case file.{suggest(path.name, near)}"
        " Start from one of the shipped files in `cases/`."
    )


def _limited(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise CaseError(
            f"{path}: larger than {MAX_BYTES:,} bytes, so it is no case file."
            " Documents stay outside it; evidence only points at them."
        )
    return data


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseSyntaxError(
            f"{path}: byte {error.start:,} is not UTF-8. Save the file as UTF-8 text."
        ) from None


def _parse(path: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = found[1] if found else str(text.count("\n") + 1)
        said = re.sub(r"\s*\(at .*\)$", "", str(error))
        mend = MENDS.get(said, "")
        raise CaseSyntaxError(f"{path}:{line}: not TOML: {said}.{mend}") from None
    except ValueError:
        raise CaseSyntaxError(
            f"{path}: holds a number of more digits than can be read."
        ) from None
    except RecursionError:
        raise CaseSyntaxError(f"{path}: nested too deeply to be a case file.") from None


def _explain(path: Path, text: str, error: ValidationError) -> str:
    """Say the first fault in one line, and how many more there are."""
    faults = error.errors(include_url=False)
    misspelt = [fault for fault in faults if fault["type"] == "extra_forbidden"]
    first = (misspelt or faults)[0]
    place: Place = tuple(first["loc"])
    key = ".".join(part if part.isprintable() else ascii(part) for part in map(str, place))
    said = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        said = f"no such key.{suggest(str(place[-1]), KNOWN_KEYS)}"
    elif first["type"] == "missing":
        said = "this key is missing"
    elif first["type"] == "date_type":
        said = "a day is written without quotes and without a time: 2012-01-31"
    elif first["type"] == "string_pattern_mismatch":
        said = PATTERNS[first["ctx"]["pattern"]]
    more = f" Faults in the file: {len(faults)}." if len(faults) > 1 else ""
    end = "" if said.endswith(("?", ".")) else "."
    return f"{path}:{line_of(text, place)}: {key}: {said}{end}{more}"
