"""How the proposer is learnt: an averaged perceptron in whole numbers, the same everywhere.

It learns from labelled sentences (a CAMEO root, or no act) and from the dictionary's own
entries, whose words lead to words like them. How often it is right is counted on sentences in
which the dictionary finds nothing, by a model that never saw them.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from cuibono.reading.claims import find_claims
from cuibono.reading.events import Analysis, analyse, find_acts
from cuibono.reading.lexicon import Phrase, load_lexicon
from cuibono.reading.proposer import NO_ACT, choose_root, clause_of, features_of
from cuibono.reading.tokens import cut_words

ROUNDS = 5
FOLDS = 5
# Weights are kept in sixteenths of one lesson, and those below this many are dropped.
FINENESS = 16
LEAST_WEIGHT = 12
# Of each class that a pair of classes joins, so many phrases are read.
PHRASES_OF_A_PAIR = 2
# Proposals are made where at least so many in a hundred like them were right.
LEAST_RIGHT_PERCENT = 50
FEWEST_OF_A_STEP = 4

Table = dict[str, tuple[tuple[str, int], ...]]


class Lesson(NamedTuple):
    """What a stretch of words looks like, and what it says.

    Attributes
    ----------
    features : tuple of str
        As `features_of` gives them.
    root : str
        Two digits, or `none`.
    silent : bool
        Whether the dictionary finds nothing there, and a proposal would be made.
    """

    features: tuple[str, ...]
    root: str
    silent: bool = False


def _analysis(text: str) -> Analysis:
    return analyse(cut_words(text, 0, 0, len(text)))


def labelled_lessons(rows: Iterable[Mapping[str, str]]) -> Iterator[Lesson]:
    """Make lessons of labelled sentences.

    Parameters
    ----------
    rows : iterable of mapping
        With `text`, `says` and `register`, as `bench/gold/rule_writing.csv` has them.

    Yields
    ------
    Lesson
        Claims and plain sentences say no act; a sentence whose label is open is left out.
    """
    for row in rows:
        says = row["says"]
        if not says and row["register"] != "plain":
            continue
        sentence = _analysis(row["text"])
        clause = clause_of(sentence)
        start, end = clause[1:3] if clause else (0, len(sentence.tokens.words))
        root = says[:2] if says[:1].isdigit() else NO_ACT
        read = find_acts(sentence) or find_claims(row["text"], 0, len(row["text"]))
        silent = clause is not None and not read
        yield Lesson(features_of(sentence, start, end), root, silent)


def dictionary_lessons() -> Iterator[Lesson]:
    """Make lessons of the dictionary: its phrases with a code, and its pairs of classes.

    Yields
    ------
    Lesson
        In the order of the data files.
    """
    lexicon = load_lexicon()
    verbs, nouns = _by_class(lexicon.verbs), _by_class(lexicon.nouns)
    for phrases, classes in ((verbs, lexicon.verb_classes), (nouns, lexicon.noun_classes)):
        for name, texts in phrases.items():
            if code := classes[name].code:
                yield from (_lesson(text, code) for text in texts)
    for (verb, noun), code in lexicon.frames.items():
        firsts = (verbs[verb][:PHRASES_OF_A_PAIR], nouns[noun][:PHRASES_OF_A_PAIR])
        yield from (_lesson(" ".join(pair), code) for pair in product(*firsts))


def _by_class(phrases: Mapping[str, tuple[Phrase, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for first, entries in phrases.items():
        for phrase in entries:
            found[phrase.word_class].append(" ".join((first, *phrase.rest)))
    return found


def _lesson(text: str, code: str) -> Lesson:
    sentence = _analysis(text)
    return Lesson(features_of(sentence, 0, len(sentence.tokens.words)), code[:2])


def learn(lessons: list[Lesson]) -> Table:
    """Learn weights: an averaged perceptron that wants a margin.

    Parameters
    ----------
    lessons : list of Lesson
        Their order does not matter.

    Returns
    -------
    dict
        By feature, sorted: roots and weights in sixteenths of a lesson.
    """
    roots = sorted({lesson.root for lesson in lessons})
    now: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    late: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    step = 1
    for turn in range(ROUNDS):
        for lesson in sorted(lessons, key=lambda each: _shuffled(each, turn)):
            totals = dict.fromkeys(roots, 0)
            for feature in lesson.features:
                for root, weight in now[feature].items():
                    totals[root] += weight
            own = totals.pop(lesson.root)
            rival = max(totals, key=lambda root: (totals[root], root))
            if own <= totals[rival] + len(lesson.features) // 4:
                for feature in lesson.features:
                    for root, change in ((lesson.root, 1), (rival, -1)):
                        now[feature][root] += change
                        late[feature][root] += change * step
            step += 1
    return {
        feature: kept
        for feature in sorted(now)
        if (kept := _averaged(now[feature], late[feature], step))
    }


def _shuffled(lesson: Lesson, turn: int) -> tuple[int, Lesson]:
    return zlib.crc32(f"{turn}{lesson}".encode()), lesson


def _averaged(
    now: Mapping[str, int], late: Mapping[str, int], step: int
) -> tuple[tuple[str, int], ...]:
    means = {root: (now[root] * step - late[root]) * FINENESS // step for root in sorted(now)}
    return tuple((root, mean) for root, mean in means.items() if abs(mean) >= LEAST_WEIGHT)


def find_steps(labelled: list[Lesson], others: list[Lesson]) -> tuple[tuple[int, int], ...]:
    """Count how often a proposal is right, by its margin, on sentences not learnt from.

    Parameters
    ----------
    labelled : list of Lesson
        Sentences; each fifth in turn is kept apart.
    others : list of Lesson
        Learnt from each time.

    Returns
    -------
    tuple of tuple of int and int
        Margins, highest first, with how many in a hundred proposals of at least that margin
        were right; none below half.
    """
    made: list[tuple[int, bool]] = []
    for fold in range(FOLDS):
        kept = [lesson for i, lesson in enumerate(labelled) if i % FOLDS != fold]
        weights = learn([*kept, *others])
        for lesson in labelled[fold::FOLDS]:
            root, margin = choose_root(lesson.features, weights)
            if lesson.silent and root != NO_ACT:
                made.append((margin, root == lesson.root))
    made.sort(reverse=True)
    steps: list[tuple[int, int]] = []
    right = 0
    for count, (margin, hit) in enumerate(made, 1):
        right += hit
        percent = 100 * right // count
        if count < FEWEST_OF_A_STEP or percent < LEAST_RIGHT_PERCENT:
            continue
        steps = [(least, min(percent, share)) for least, share in steps if least != margin]
        steps.append((margin, percent))
    return tuple(steps)


def format_weights(weights: Table, steps: tuple[tuple[int, int], ...]) -> str:
    """Write a table of weights: the steps, then one feature a line.

    Parameters
    ----------
    weights : dict
        As `learn` gives them.
    steps : tuple
        As `find_steps` gives them.

    Returns
    -------
    str
        Names, a tab, and pairs parted by spaces.
    """
    rows = [("", steps), *weights.items()]
    return "".join(
        name + "\t" + " ".join(f"{left}:{right}" for left, right in pairs) + "\n"
        for name, pairs in rows
    )


def train_table(rows: Iterable[Mapping[str, str]]) -> str:
    """Learn the proposer from labelled sentences and the dictionary.

    Parameters
    ----------
    rows : iterable of mapping
        As for `labelled_lessons`.

    Returns
    -------
    str
        The table as it ships; the same for the same rows and dictionary.
    """
    labelled, dictionary = list(labelled_lessons(rows)), list(dictionary_lessons())
    steps = find_steps(labelled, dictionary)
    return format_weights(learn([*labelled, *dictionary]), steps)
