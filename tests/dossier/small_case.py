"""A case of one page on any two actors, as the text of its file."""

from pathlib import Path

HEAD = """\
[case]
name = "small"
title = "{title}"
question = "Why did one draw closer to the other?"
actor = "{actor}"
recipient = "{recipient}"
from = {start}
to = {end}
compare = {compare}

[[document]]
id = "memo"
title = "A memorandum"
author = "A. Writer"
published = 2022-01-01

[[document]]
id = "wire"
title = "A wire report"
author = "An agency"
published = 2021-06-01

"""

EXPLANATION = """\
[[explanation]]
id = "{name}"
name = "{title}"
mechanism = "It would bring them together."
nearest_rival = "{rival}"
discriminator = "It comes first."
"""

PREDICTION = """\
[[explanation.prediction]]
lens = "third_party"
driver = ["{driver[0]}", "{driver[1]}"]
sign = {driver[2]}
why = "It should move first."
"""

ITEM = """
[[evidence]]
id = "{name}"
text = "They met on the matter."
day = 2021-05-01
document = "{document}"
locator = "page 1"
holder = "A. Writer"
origin = "{origin}"
judge = "the tests"
blank = [{blank}]
[evidence.likelihoods]
"""

LIKELIHOOD = """\
{name} = {{ if_true = [{true}], if_false = [{false}], why = "as judged" }}
"""

RIVALS = {"trade": "fear", "fear": "trade", "purpose": "fear"}
JUDGED = {
    "meeting": {"trade": ("0.5, 0.7", "0.2, 0.4"), "fear": ("0.3, 0.5", "0.3, 0.6")},
    "alarm": {"fear": ("0.6, 0.8", "0.2, 0.4"), "purpose": ("0.2, 0.3", "0.4, 0.6")},
    "treaty": {"trade": ("0.4, 0.6", "0.2, 0.3")},
}


def small_case(
    actor: str = "TUR",
    recipient: str = "GRC",
    *,
    start: str = "2021-01-01",
    end: str = "2022-09-01",
    title: str = "A small case",
    drivers: tuple[tuple[str, str, int], ...] = (("BRA", "ARG", 1),),
    compare: str = "[]",
    order: tuple[str, ...] = ("trade", "fear", "purpose"),
    copies: int = 0,
) -> str:
    """Write the case; `copies` repeats the origin "alarm" so many times more."""
    head = HEAD.format(
        title=title, actor=actor, recipient=recipient, start=start, end=end, compare=compare
    )
    explanations = [
        EXPLANATION.format(name=name, title=name.capitalize(), rival=RIVALS[name])
        + "".join(PREDICTION.format(driver=driver) for driver in drivers if name == "trade")
        for name in order
    ]
    items = [_item(f"E{n}", origin, "memo") for n, origin in enumerate(JUDGED, 1)]
    items += [_item(f"W{n}", "alarm", "wire") for n in range(1, copies + 1)]
    return "\n".join([head, *explanations, *items])


def write_case(folder: Path, text: str) -> Path:
    path = folder / "small.toml"
    path.write_text(text, "utf-8")
    return path


def _item(name: str, origin: str, document: str) -> str:
    likelihoods = [
        LIKELIHOOD.format(name=explanation, true=true, false=false)
        for explanation, (true, false) in JUDGED[origin].items()
    ]
    blank = ", ".join(f'"{rival}"' for rival in RIVALS if rival not in JUDGED[origin])
    head = ITEM.format(name=name, origin=origin, document=document, blank=blank)
    return head + "".join(likelihoods)
