"""Likeness: which texts speak of the same, by the rare words that they share (tf-idf, cosine)."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

MOST_WORDS = 30
"""The words by which a text is compared; more of them change little and cost much."""
TOO_COMMON = 0.2
"""Words that more than this share of the texts hold say nothing about one of them."""
FEWEST_TEXTS = 20
"""Among fewer texts no word is too common."""
LEAST = 0.06
"""Texts that are less alike than this have nothing to do with each other (0 nothing, 1 all)."""

_WORD = re.compile(r"[^\W\d_]{3,40}")

K = TypeVar("K", bound=Hashable)


def alike(
    texts: Callable[[], Iterable[tuple[K, str]]],
) -> Iterator[tuple[K, list[tuple[K, float]]]]:
    """For each text, the others that are like it with how much, the likest first.

    `texts` is asked twice, so that never all texts are held at once.
    """
    holding: Counter[str] = Counter()
    count = 0
    for _, text in texts():
        holding.update(set(_words(text)))
        count += 1
    most = max(count * TOO_COMMON, FEWEST_TEXTS)
    told = {key: _telling(text, holding, count=count, most=most) for key, text in texts()}
    postings: defaultdict[str, list[tuple[K, float]]] = defaultdict(list)
    for key, weights in told.items():
        for word, weight in weights.items():
            postings[word].append((key, weight))
    for key, weights in told.items():
        yield key, _likest(key, weights, postings)


def _likest(
    key: K, weights: Mapping[str, float], postings: Mapping[str, list[tuple[K, float]]]
) -> list[tuple[K, float]]:
    scores: defaultdict[K, float] = defaultdict(float)
    for word, weight in weights.items():
        for other, its in postings[word]:
            scores[other] += weight * its
    scores.pop(key, None)
    found = [(other, score) for other, score in scores.items() if score >= LEAST]
    return sorted(found, key=lambda each: (-each[1], str(each[0])))


def _telling(text: str, holding: Mapping[str, int], *, count: int, most: float) -> dict[str, float]:
    """The words that tell most about a text, with weights whose squares sum up to one."""
    said = Counter(word for word in _words(text) if 1 < holding[word] <= most)
    weighed = {
        word: (1 + math.log(often)) * math.log(1 + count / holding[word])
        for word, often in said.items()
    }
    best = sorted(weighed, key=lambda word: (-weighed[word], word))[:MOST_WORDS]
    length = math.sqrt(sum(weighed[word] ** 2 for word in best)) or 1.0
    return {word: weighed[word] / length for word in best}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
