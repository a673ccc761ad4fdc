"""What a person says a sentence comes to."""

from typing import NamedTuple


class Labelled(NamedTuple):
    """One sentence with its label.

    `says` is a CAMEO code for an act, the kind of a claim, or empty where there is nothing to
    read. Sides are ids of actors, joined by "+"; sides that act together stand as actors.
    """

    text: str
    actors: str
    recipients: str
    says: str
