"""The shape of a case file, key by key, as a validator reads it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveFloat,
    StringConstraints,
)

ID = r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$"
# No control and no format characters: an actor's code is shown again in errors.
CODE = r"^[^\p{C}]{1,100}$"
PATTERNS = {
    ID: "an id has at most 64 letters, digits, `.`, `_` or `-`, a letter or digit first",
    CODE: "an actor's code has 1 to 100 characters, all of them printable",
}


def _run_upwards(band: tuple[float, float]) -> tuple[float, float]:
    if band[0] > band[1]:
        raise ValueError(f"{list(band)} runs downwards; write [low, high]")
    return band


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Id = Annotated[str, StringConstraints(pattern=ID)]
Code = Annotated[str, StringConstraints(pattern=CODE)]
Probability = Annotated[float, Field(gt=0, lt=1)]
Share = Annotated[float, Field(gt=0, le=1)]
Coverage = Annotated[tuple[Share, Share], Field(strict=False), AfterValidator(_run_upwards)]
Number = Annotated[float, Field(allow_inf_nan=False)]
NumberBand = Annotated[tuple[Number, Number], Field(strict=False), AfterValidator(_run_upwards)]
Band = Annotated[
    tuple[Probability, Probability], Field(strict=False), AfterValidator(_run_upwards)
]


class Strict(BaseModel):
    """A table of the case file that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True)


class CaseHead(Strict):
    """The table `[case]`."""

    name: Id
    title: Text
    question: Text
    context: str = ""
    actor: Code
    recipient: Code
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    compare: list[Annotated[list[Code], Field(min_length=2, max_length=2)]] = []
    half_life_years: Annotated[float, Field(gt=0)] = 5.0
    judged: date | None = None


class DocumentEntry(Strict):
    """One `[[document]]`."""

    id: Id
    title: Text
    author: Text
    published: date
    url: str = ""
    source: str = ""


Lens = Literal[
    "third_party",
    "linkage",
    "latency",
    "declared_done",
    "double_standard",
    "instruments",
    "path",
    "turning_points",
]
"""Lenses that a prediction may name: those whose answers have a place in the world."""

LENSES: tuple[str, ...] = get_args(Lens)

Days = Annotated[tuple[date, date], Field(strict=False)]


class PredictionEntry(Strict):
    """One `[[explanation.prediction]]`."""

    lens: Lens
    driver: Annotated[list[Code], Field(min_length=2, max_length=2)] | None = None
    item: str = ""
    party: Code | None = None
    windows: list[Days] = []
    sign: Literal[-1, 1]
    why: Text


class ExplanationEntry(Strict):
    """One `[[explanation]]`."""

    id: Id
    name: Text
    mechanism: Text
    nearest_rival: Id
    discriminator: Text
    prior: Band = (0.2, 0.5)
    prediction: list[PredictionEntry] = []


class LikelihoodEntry(Strict):
    """One entry of `[evidence.likelihoods]`."""

    if_true: Band
    if_false: Band
    why: Text


class EvidenceEntry(Strict):
    """One `[[evidence]]`."""

    id: Id
    text: Text
    day: date
    until: date | None = None
    precision: Literal["day", "month", "year"] = "day"
    document: Id
    locator: Text
    holder: Text
    origin: Id
    cluster: str = ""
    judge: Text
    judged: date | None = None
    blank: list[Id] = []
    likelihoods: dict[Id, LikelihoodEntry] = {}


class AbsenceEntry(Strict):
    """One `[[absence]]`."""

    id: Id
    text: Text
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    looked: str = ""
    coverage: Coverage | None = None
    document: str = ""
    origin: str = ""
    cluster: str = ""
    judge: Text
    judged: date | None = None
    blank: list[Id] = []
    expected: dict[Id, LikelihoodEntry]


class SayingEntry(Strict):
    """One entry of `later` in a claim."""

    day: date
    speaker: Text
    text: Text


class BoundEntry(Strict):
    """The entry `from_rows` of a claim."""

    source: Text
    measure: str = ""
    quad: str = ""
    actor: Code | None = None
    recipient: Code | None = None
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    statistic: Literal["sum", "mean", "largest", "smallest", "rows"]
    within: Annotated[
        tuple[PositiveFloat, PositiveFloat], Field(strict=False), AfterValidator(_run_upwards)
    ] = (1.0, 1.0)


class ClaimEntry(Strict):
    """One `[[claim]]`."""

    id: Id
    text: Text
    speaker: Text
    day: date
    hedge: str = ""
    number: Number | None = None
    unit: str = ""
    plausible: NumberBand | None = None
    bound: str = ""
    supports: list[Id] = []
    later: list[SayingEntry] = []
    from_rows: BoundEntry | None = None


class YardstickEntry(Strict):
    """One `measured_by` of a goal."""

    relation: Annotated[list[Text], Field(min_length=2, max_length=2)]
    kind: Literal[
        "cooperation",
        "conflict",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
    ]
    aim: Literal["more", "less"]


class GoalEntry(Strict):
    """One `[[goal]]`."""

    id: Id
    text: Text
    holder: Text
    declared: date
    due: date
    outcome: Literal["met", "not met", "unclear"]
    evidence: list[Id] = []
    measured_by: YardstickEntry | None = None


class AddedValueEntry(Strict):
    """One `[[added_value]]`."""

    id: Id
    text: Text
    asked: list[Id] = []
    claimed: list[Id] = []
    delivered: list[Id] = []


class JudgementEntry(Strict):
    """One `[[judgement]]` of a further judge."""

    evidence: Id
    judged: date | None = None
    blank: list[Id] = []
    likelihoods: dict[Id, LikelihoodEntry] = {}


class JudgementFile(Strict):
    """A whole file of judgements."""

    case: Id
    judge: Text
    judged: date
    judgement: Annotated[list[JudgementEntry], Field(min_length=1)]


class DeclaredEntry(Strict):
    """The table `[declared]`: whom the actor says that it strikes."""

    target: Code
    document: Id
    locator: Text


class ShockEntry(Strict):
    """One `[[shock]]`: a day on which something happened that calls for an answer."""

    day: date
    where: Code
    what: Text
    source: Text


class ForecastEntry(Strict):
    """One `[[forecast]]`."""

    id: Id
    text: Text
    made: date
    resolves: date
    probability: Probability
    explanation: str = ""
    outcome: Literal["yes", "no", "open"] = "open"
    why: str = ""


class ForecastLog(Strict):
    """A whole log of forecasts."""

    case: Id
    forecast: Annotated[list[ForecastEntry], Field(min_length=1)]


class PathEntry(Strict):
    """One `[[path]]`: relations of which each is said to move after the one before it."""

    name: Text
    why: Text
    relations: Annotated[
        list[Annotated[list[Code], Field(min_length=2, max_length=2)]], Field(min_length=2)
    ]
    signs: list[Literal[-1, 1]]


class CaseFile(Strict):
    """A whole case file."""

    case: CaseHead
    document: list[DocumentEntry] = []
    explanation: Annotated[list[ExplanationEntry], Field(min_length=2)]
    evidence: list[EvidenceEntry] = []
    absence: list[AbsenceEntry] = []
    declared: DeclaredEntry | None = None
    shock: list[ShockEntry] = []
    path: list[PathEntry] = []
    claim: list[ClaimEntry] = []
    goal: list[GoalEntry] = []
    added_value: list[AddedValueEntry] = []


KNOWN_KEYS = sorted(
    {
        field.alias or name
        for table in Strict.__subclasses__()
        for name, field in table.model_fields.items()
    }
)
