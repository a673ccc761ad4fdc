"""The shape of a case file, key by key, as a validator reads it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$")]
Probability = Annotated[float, Field(gt=0, lt=1)]
Band = tuple[Probability, Probability]


class Strict(BaseModel):
    """A table of the case file that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Banded(Strict):
    """A table with probability bands, each of which must run upwards."""

    @model_validator(mode="after")
    def _bands_run_upwards(self) -> Banded:
        for name in type(self).model_fields:
            band = getattr(self, name)
            if isinstance(band, tuple) and band[0] > band[1]:
                raise ValueError(f"{name} = {list(band)} runs downwards; write [low, high]")
        return self


class CaseHead(Strict):
    """The table `[case]`."""

    name: Id
    title: Text
    question: Text
    context: str = ""
    actor: Text
    recipient: Text
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    compare: list[Annotated[list[Text], Field(min_length=2, max_length=2)]] = []


class DocumentEntry(Strict):
    """One `[[document]]`."""

    id: Id
    title: Text
    author: Text
    published: date
    url: str = ""


class PredictionEntry(Strict):
    """One `[[explanation.prediction]]`."""

    lens: Literal["third_party"]
    driver: Annotated[list[Text], Field(min_length=2, max_length=2)]
    sign: Literal[-1, 1]
    why: Text


class ExplanationEntry(Banded):
    """One `[[explanation]]`."""

    id: Id
    name: Text
    mechanism: Text
    nearest_rival: Id
    discriminator: Text
    prior: Annotated[Band, Field(strict=False)] = (0.2, 0.5)
    prediction: list[PredictionEntry] = []


class LikelihoodEntry(Banded):
    """One entry of `[evidence.likelihoods]`."""

    if_true: Annotated[Band, Field(strict=False)]
    if_false: Annotated[Band, Field(strict=False)]
    why: Text


class EvidenceEntry(Strict):
    """One `[[evidence]]`."""

    id: Id
    text: Text
    day: date
    precision: Literal["day", "month", "year"] = "day"
    document: Id
    locator: Text
    holder: Text
    origin: Id
    cluster: str = ""
    judge: Text
    likelihoods: dict[Id, LikelihoodEntry]


class CaseFile(Strict):
    """A whole case file."""

    case: CaseHead
    document: Annotated[list[DocumentEntry], Field(min_length=1)]
    explanation: Annotated[list[ExplanationEntry], Field(min_length=2)]
    evidence: Annotated[list[EvidenceEntry], Field(min_length=1)]
