"""How well and how fast documents are read, beside the dictionary baseline.

    python bench/reading.py            every set at hand
    python bench/reading.py --misses   and each sentence of the rule-writing half that failed

The gold sets are looked for in ../shared/data/gold_events and ../shared/documents and are left
out where they are not there. The baseline is the usual one: first actor, first verb that the
dictionary knows, next actor. All figures come from one run on one core.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cuibono.model.sourced_record import RecordKind, SourcedRecord
from cuibono.reading.crosswalk import action_of
from cuibono.reading.document import build_document
from cuibono.reading.lexicon import load_lexicon
from cuibono.reading.mentions import find_mentions
from cuibono.reading.names import with_names
from cuibono.reading.read import read_document
from cuibono.reading.tokens import cut_words, split_sentences
from cuibono.vocab.actors import load_profiles

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "data" / "gold_events"
ESSAYS = ROOT.parent / "shared" / "documents"
OWN = Path(__file__).parent / "gold"
EVENTS = {RecordKind.EVENT, RecordKind.EVENT_SPAN, RecordKind.EVENT_NOT, RecordKind.STATE}
# The gold standard of 2016 speaks an earlier PLOVER, and misspells three codes.
EARLIER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE"}
EARLIER |= {"FIGHT": "ASSAULT"}
MISSPELT = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
QUADS = (
    {"AGREE", "CONSULT", "SUPPORT"},
    {"COOPERATE", "AID", "CONCEDE", "RETREAT"},
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
)
# CAMEO grew out of WEIS (Schrodt 2012, CAMEO manual 1.1b3, chapter 1): by code or root, the
# categories whose acts it took over.
WEIS = {
    "01": ("02",), "016": ("14",), "018": ("04",), "019": ("04",), "02": ("09", "10"),
    "03": ("05", "08", "10"), "04": ("03",), "05": ("04", "06", "08"), "055": ("01",),
    "06": ("06", "07", "08"), "07": ("07",), "08": ("01", "06"), "09": ("09", "12"),
    "10": ("15",), "11": ("12", "13"), "12": ("11",), "13": ("16", "17"), "14": ("18",),
    "15": ("18",), "16": ("19", "20"), "17": ("17", "20", "21"), "18": ("22",),
    "19": ("22",), "20": ("22",),
}  # fmt: skip
# The invented lands of the PETRARCH unit tests, as their dictionary resolves them.
LANDS = {
    "Arnor": "ARN", "Gondor": "GON", "Osgiliath": "OSG", "Ithilen": "ITH", "Mordor": "MOR",
    "Calenardhon": "CAL", "Dagolath": "DAG", "Dagolathi": "DAG", "Bree": "BRE",
    "Eriador": "ERI", "Eriadori": "ERI", "Eriadorian": "ERI", "Rohan": "ROH",
    "Rohans": "ROH", "Fornost": "FOR", "Minas Tirith": "GON", "Caras Galadhon": "ELF",
    "Arnorian": "ARN", "Barad-dur": "MOR", "Galadriel": "ELF", "Gollum": "HOB",
    "Frodo": "HOB", "Dol Amroth": "DOL", "Dol_Amroth": "DOL", "Lorien": "ELR",
    "Cirith Ungol": "MOR", "Hamfast Gamgee": "HOB", "Stinker": "HOB", "Shire": "SHR",
}  # fmt: skip


@dataclass
class Told:
    """One act as a reader tells it: sides, and codes."""

    actors: set[str]
    recipients: set[str]
    event_type: str
    cameo: str
    sectors: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))


Reader = Callable[[str], list[Told]]


def land(actor: str) -> str:
    """Give the country of an actor, or IGO: what the gold sets code."""
    if actor.startswith(("igo", "bloc")):
        return "IGO"
    profile = load_profiles().get(actor)
    return (profile.home or actor) if profile and ":" in actor else actor


def told(record: SourcedRecord) -> Told:
    """Reduce a record to what the gold sets have."""
    sides = [
        {land(p.actor) for p in side if p.actor} for side in (record.actors, record.recipients)
    ]
    sectors = [
        {p.actor + p.sector for p in side if p.actor}
        for side in (record.actors, record.recipients)
    ]
    return Told(sides[0], sides[1], record.event_type, record.cameo, (sectors[0], sectors[1]))


def ours(text: str) -> list[Told]:
    """Read a text as the package does."""
    return [
        told(r) for r in read_document(build_document(text)) if r.kind in EVENTS and r.cameo
    ]


def baseline(text: str) -> list[Told]:
    """First actor, first verb that the dictionary knows, next actor."""
    lexicon = load_lexicon()
    for start, end in split_sentences(text):
        tokens = cut_words(text, 0, start, end)
        named = [m for m in find_mentions(tokens) if m.actor]
        for i, word in enumerate(tokens.words):
            for base, _ in lexicon.forms.get(word, ()):
                for phrase in lexicon.verbs.get(base, ()):
                    code = lexicon.verb_classes[phrase.word_class].code
                    before = [m for m in named if m.last <= i]
                    if not code or phrase.rest or not before:
                        continue
                    after = [land(m.actor) for m in named if m.first > i]
                    first = {land(before[0].actor)}
                    return [Told(first, set(after[:1]), action_of(code).event_type, code)]
    return []


def pairs(actors: set[str], recipients: set[str]) -> set[tuple[str, str]]:
    """Directed pairs; sides that act together are paired with each other."""
    if recipients:
        return {(a, b) for a in actors for b in recipients}
    return {(a, b) for a in actors for b in actors if a != b} or {(a, "") for a in actors}


def quad(event_type: str) -> int:
    """Give the quad of a type, from 0; -1 for none."""
    return next((i for i, types in enumerate(QUADS) if event_type in types), -1)


def share(counts: dict[str, int], total: int) -> str:
    """Print counts as shares."""
    return "  ".join(f"{name} {count / max(total, 1):.3f}" for name, count in counts.items())


def parties(coded: object) -> set[str]:
    """List the codes of one side of a gold entry."""
    listed = [coded] if isinstance(coded, dict) else coded or []
    codes = [each["code"] for each in listed if isinstance(each, dict) and each.get("code")]
    return {MISSPELT.get(code, code) for code in codes}


def score_gsr(read: Reader) -> str:
    """Recall over the PLOVER gold standard: any record of the sentence may be the one."""
    entries = json.loads((GOLD / "PLOVER_GSR_CAMEO.json").read_text("utf-8"))[1:]
    counts = dict.fromkeys(("pair", "type", "quad", "pair+type", "first record both"), 0)
    emitted = right = 0
    for entry in entries:
        wanted = pairs(parties(entry.get("source")), parties(entry.get("target")))
        event_type = EARLIER.get(entry["event"], entry["event"])
        acts = read(entry["text"])
        found = [bool(pairs(a.actors, a.recipients) & wanted) for a in acts]
        typed = [a.event_type == event_type for a in acts]
        both = [f and t for f, t in zip(found, typed, strict=True)]
        emitted, right = emitted + len(acts), right + sum(both)
        counts["pair"] += any(found)
        counts["type"] += any(typed)
        counts["quad"] += any(quad(a.event_type) == quad(event_type) for a in acts)
        counts["pair+type"] += any(both)
        counts["first record both"] += both[:1] == [True]
    return f"{share(counts, len(entries))}  precision {right / max(emitted, 1):.3f}"


def score_cameo(read: Reader) -> str:
    """Recall over the examples of the CAMEO manual."""
    lines = (GOLD / "cameo_examples.jsonl").read_text("utf-8").splitlines()
    counts = {"root": 0, "full code": 0}
    for entry in map(json.loads, lines):
        codes = {act.cameo for act in read(entry["text"])}
        counts["root"] += entry["root"] in {code[:2] for code in codes}
        counts["full code"] += entry["code"] in codes
    return share(counts, len(lines))


def score_petrarch() -> str:
    """F1 of the PETRARCH unit tests, whose codes are WEIS's and some made up for them."""
    entries = json.loads((GOLD / "petrarch_unit_tests.json").read_text("utf-8"))
    names = with_names(LANDS)
    tally = {"pair": [0, 0], "pair+category": [0, 0]}
    total = 0
    for entry in entries:
        wanted = {
            (e["sourcecode"], e["targetcode"], e["eventcode"])
            for e in entry["events"]
            if {"sourcecode", "targetcode"} <= e.keys()
            and "---" not in e["sourcecode"] + e["targetcode"]
        }
        got = set()
        for record in read_document(build_document(entry["text"]), names):
            if record.cameo:
                sides = told(record).sectors
                got |= {(a, b, weis_of(record.cameo)) for a, b in pairs(*sides)}
        ours, theirs = {t[:2] for t in got}, {t[:2] for t in wanted}
        tally["pair"][0] += 2 * len(ours & theirs)
        tally["pair"][1] += len(ours) + len(theirs)
        hits = sum(any(w[:2] == g[:2] and w[2][:2] in g[2] for g in got) for w in wanted)
        tally["pair+category"][0] += 2 * min(hits, len(got))
        tally["pair+category"][1] += len(got) + len(wanted)
        total += len(wanted)
    f1 = "  ".join(f"{name} F1 {hit / max(all_, 1):.3f}" for name, (hit, all_) in tally.items())
    return f"{total} triples: {f1}"


def weis_of(code: str) -> tuple[str, ...]:
    """Give the WEIS categories that a CAMEO code grew out of."""
    return next((WEIS[code[:n]] for n in (3, 2) if code[:n] in WEIS), ())


def score_essay(name: str, file: str) -> str:
    """Tier-1 records found, and the share of emitted records that some gold record backs."""
    text = (ESSAYS / file).read_text("utf-8")
    records = read_document(build_document(text))
    with (OWN / f"{name}.csv").open(encoding="utf-8") as lines:
        gold = list(csv.DictReader(lines))
    backed: set[str] = set()
    found = 0
    for entry in gold:
        hits = [record.id for record in records if matches(record, entry)]
        backed |= set(hits)
        found += bool(hits) and entry["tier"] == "1"
    tier_one = sum(entry["tier"] == "1" for entry in gold)
    verbatim = all(text[r.start : r.end] == r.quote for r in records)
    return (
        f"tier-1 records {found} of {tier_one}  precision {len(backed) / len(records):.3f}"
        f" of {len(records)}  quotes verbatim {verbatim}"
    )


def matches(record: SourcedRecord, entry: dict[str, str]) -> bool:
    """Compare words, sort of record, sides where gold names them, and type."""
    if record.start >= int(entry["end"]) or int(entry["start"]) >= record.end:
        return False
    actors, recipients = (
        {s for s in entry[k].split("+") if s} for k in ("actors", "recipients")
    )
    sides = ({land(p.actor) for p in record.actors}, {land(p.actor) for p in record.recipients})
    wanted = ({land(a) for a in actors}, {land(r) for r in recipients})
    if entry["kind"].startswith("claim"):
        return record.kind == entry["kind"] and (
            not wanted[0] or bool(wanted[0] & (sides[0] | sides[1]))
        )
    if record.kind not in EVENTS or (entry["kind"] == "event_not") != (
        record.kind == "event_not"
    ):
        return False
    typed = not entry["event_type"] or record.event_type == entry["event_type"]
    whole = set.union(*sides)
    reached = not wanted[1] or bool(wanted[1] & (sides[1] or whole))
    return typed and reached and (not wanted[0] or bool(wanted[0] & sides[0]))


def labelled(half: str) -> Iterator[list[str]]:
    """Our own sentences: text, actors, recipients and what each says."""
    if half == "held out":
        sys.path.insert(0, str(ROOT))
        from tests.reading.test_held_out import SENTENCES

        yield from ([*sentence] for sentence in SENTENCES)
        return
    with (OWN / "rule_writing.csv").open(encoding="utf-8") as lines:
        yield from (
            [row["text"], row["actors"], row["recipients"], row["says"]]
            for row in csv.DictReader(lines)
        )


def score_proposer(half: str) -> str:
    """Count what the proposer adds where nothing is read, and how often it is right."""
    open_acts = made = right = 0
    for text, actors, recipients, says in labelled(half):
        document = build_document(text)
        if read_document(document):
            continue
        act = says[:1].isdigit()
        open_acts += act
        sides = ({land(s) for s in side.split("+") if s} for side in (actors, recipients))
        wanted = pairs(*sides)
        for record in read_document(document, propose=True):
            made += 1
            t = told(record)
            hit = bool(pairs(t.actors, t.recipients) & wanted) and t.cameo[:2] == says[:2]
            right += act and hit
    return f"{open_acts} acts where nothing is read: {made} proposed, {right} right"


def score_own(half: str, misses: bool = False) -> str:
    """Recall over one half of our own sentences, and how often nothing is rightly said."""
    counts = dict.fromkeys(("pair", "type", "pair+root", "full code"), 0)
    acts = claims = claimed = silent = quiet = emitted = right = 0
    for text, actors, recipients, says in labelled(half):
        records = read_document(build_document(text))
        if not says:
            silent, quiet = silent + 1, quiet + (not any(r.cameo for r in records))
        elif not says[0].isdigit():
            claims, claimed = claims + 1, claimed + any(r.kind == says for r in records)
        else:
            acts += 1
            sides = ({land(s) for s in side.split("+") if s} for side in (actors, recipients))
            wanted = pairs(*sides)
            got = [told(r) for r in records if r.cameo]
            paired = [
                bool(pairs(t.actors, t.recipients) & wanted) or not any(a for a, _ in wanted)
                for t in got
            ]
            rooted = [t.cameo[:2] == says[:2] for t in got]
            counts["pair"] += any(paired)
            counts["type"] += any(t.event_type == action_of(says).event_type for t in got)
            both = [p and r for p, r in zip(paired, rooted, strict=True)]
            hit = any(both)
            emitted, right = emitted + len(got), right + sum(both)
            counts["pair+root"] += hit
            counts["full code"] += any(t.cameo == says for t in got)
            if misses and not hit:
                print(f"    {says}\t{actors}\t{recipients}\t{text}")
    return (
        f"{acts} acts: {share(counts, acts)}  precision {right / max(emitted, 1):.3f};"
        f" {claims} claims: kind {claimed / max(claims, 1):.3f};"
        f" {silent} without an act: silent {quiet / max(silent, 1):.3f}"
    )


def score_speed() -> str:
    """Sentences a CPU second, everything loaded; memory; time to start and read one file."""
    texts = [row[0] for row in labelled("rule writing")]
    document = build_document("\n".join(texts * 20))
    read_document(build_document(texts[0]))
    began = time.process_time()
    read_document(document)
    rate = 20 * len(texts) / (time.process_time() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    code = "import cuibono; cuibono.read('Russia attacked Georgia.')"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{rate:,.0f} sentences/CPU-s  peak {peak:.0f} MB  start {start:.2f} CPU-s"


def main() -> None:
    """Print every figure."""
    if GOLD.is_dir():
        for name, read in (("ours", ours), ("baseline", baseline)):
            print(f"PLOVER GSR 322, {name}:  {score_gsr(read)}")
            print(f"CAMEO manual 386, {name}:  {score_cameo(read)}")
        print(f"PETRARCH unit tests:  {score_petrarch()}")
    else:
        print("gold sets: not at hand, left out")
    for half in ("rule writing", "held out"):
        shown = "--misses" in sys.argv[1:] and half != "held out"
        print(f"own sentences, {half}:  {score_own(half, shown)}")
        print(f"proposer, {half}:  {score_proposer(half)}")
    if ESSAYS.is_dir():
        for name, file in (
            ("essay-a", "essay-a-terror-and-opportunity-2016.txt"),
            ("essay-b", "essay-b-russia-pakistan-2017.txt"),
        ):
            print(f"{name}:  {score_essay(name, file)}")
    print(score_speed())


if __name__ == "__main__":
    main()
