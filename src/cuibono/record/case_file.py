"""Read a case file: every fault is one line that names the file, the line and the mend."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cuibono.errors import CaseError
from cuibono.model.actor import DirectedDyad
from cuibono.model.case import Case, Chain, Declared, Explanation, Shock
from cuibono.model.evidence import Document
from cuibono.model.period import Period
from cuibono.record.case_audits import build_audits
from cuibono.record.case_format import (
    AbsenceEntry,
    CaseFile,
    CaseHead,
    ClaimEntry,
    DocumentEntry,
    EvidenceEntry,
    ExplanationEntry,
)
from cuibono.record.case_items import build_absences, build_items
from cuibono.record.case_predictions import build_predictions
from cuibono.record.locate import Place
from cuibono.record.written import WrittenFile, read_written
from cuibono.vocab.actors import resolve_actor

# States act in open data from the nineteenth century on; beyond lies a slip of the pen.
YEARS = range(1800, 2101)


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
    file = read_written(path)
    return _Reader(file).case(file.parse(CaseFile))


class _Reader:
    """Turns validated entries into a case, and knows where each was written."""

    def __init__(self, file: WrittenFile) -> None:
        self.file, self.where, self.known = file, file.where, file.known

    def case(self, entries: CaseFile) -> Case:
        """Build the whole case."""
        head = entries.case
        explanations = self.unique(entries.explanation, "explanation")
        paths = [path.name for path in entries.path]
        self.unique(entries.document, "document")
        self.unique([*entries.evidence, *entries.absence], "evidence")
        self.unique(entries.claim, "claim")
        items = build_items(self.file, entries)
        audited = build_audits(self.file, entries, [item.id for item in items], self.dyad)
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
                self.explanation(entry, number, explanations, paths)
                for number, entry in enumerate(entries.explanation)
            ),
            documents=tuple(Document(**entry.model_dump()) for entry in entries.document),
            evidence=items,
            claims=audited[0],
            goals=audited[1],
            added_values=audited[2],
            absences=build_absences(entries),
            declared=self.declared(entries),
            shocks=self.shocks(entries),
            chains=self.chains(entries),
            half_life_years=head.half_life_years,
            path=str(self.file.path),
            sha256=self.file.sha256,
        )

    def declared(self, entries: CaseFile) -> Declared | None:
        """Resolve whom the actor says that it strikes."""
        entry = entries.declared
        if entry is None:
            return None
        documents = [document.id for document in entries.document]
        self.known(entry.document, documents, "document", "declared", "document")
        target = resolve_actor(entry.target, self.where("declared", "target"))
        return Declared(target=target, document=entry.document, locator=entry.locator)

    def shocks(self, entries: CaseFile) -> tuple[Shock, ...]:
        """Resolve whom each shock struck, and refuse one outside the period."""
        days = self.period(entries.case)
        shocks = []
        for number, entry in enumerate(entries.shock):
            if entry.day not in days:
                raise CaseError(
                    f"{self.where('shock', number, 'day')}: {entry.day} is not in the period,"
                    f" {days}. Mend the day, or leave the shock out."
                )
            where = resolve_actor(entry.where, self.where("shock", number, "where"))
            shocks.append(
                Shock(day=entry.day, where=where, what=entry.what, source=entry.source)
            )
        return tuple(sorted(shocks, key=lambda shock: (shock.day, shock.where)))

    def chains(self, entries: CaseFile) -> tuple[Chain, ...]:
        """Resolve the relations of each path, and ask for one sign a step."""
        chains = []
        for number, entry in enumerate(entries.path):
            place = ("path", number)
            steps = len(entry.relations) - 1
            if len(entry.signs) != steps:
                raise CaseError(
                    f"{self.where(*place, 'signs')}: {len(entry.signs)} signs for"
                    f" {steps} steps. Write one for each step from a relation to the next."
                )
            relations = tuple(
                self.dyad(pair, (*place, "relations", n))
                for n, pair in enumerate(entry.relations)
            )
            chains.append(
                Chain(
                    name=entry.name,
                    why=entry.why,
                    relations=relations,
                    signs=tuple(entry.signs),
                )
            )
        return tuple(chains)

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
        entries: Sequence[
            ExplanationEntry | DocumentEntry | EvidenceEntry | AbsenceEntry | ClaimEntry
        ],
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

    def explanation(
        self, entry: ExplanationEntry, number: int, ids: list[str], paths: list[str]
    ) -> Explanation:
        """Build one explanation."""
        place = ("explanation", number)
        self.known(entry.nearest_rival, ids, "explanation", *place, "nearest_rival")
        if entry.nearest_rival == entry.id:
            raise CaseError(
                f"{self.where(*place, 'nearest_rival')}: {entry.id} is named as its own rival."
                " Name the explanation it is most easily mistaken for."
            )
        predictions, expectations = build_predictions(
            self.file, entry, number, paths, self.dyad
        )
        fields = entry.model_dump(exclude={"prediction"})
        return Explanation(predictions=predictions, expectations=expectations, **fields)
