"""Short chest CT reports made by code from templates; in half of them the disease is only named, not found."""

import numpy as np

from marubatsu.checks import chance, whole

FINDINGS = ("pulmonary embolism", "pneumothorax", "pleural effusion", "pneumonia", "lymphadenopathy")
"""What is asked for and what may stand beside it."""

_THERE = (
    "There is {site} {finding}.",
    "Findings are consistent with {site} {finding}.",
    "{Site} {finding} is seen.",
    "New {site} {finding} compared with the prior study.",
    "Known {site} {finding}, not increased.",
)
_NOT_THERE = (
    "No evidence of {finding}.",
    "There is no {site} {finding}.",
    "No {site} {finding} is seen.",
    "The previously seen {site} {finding} is no longer present.",
    "Neither {finding} nor {other}.",
)
_ASKED = (
    "Clinical question: {finding}?",
    "Referred to exclude {finding}.",
    "Chest pain and dyspnoea, question of {finding}.",
)
_SITES = ("right-sided", "left-sided", "bilateral", "minimal", "extensive")
_NEUTRAL = (
    "The heart is of normal size.",
    "No comparison is available.",
    "Degenerative changes of the spine.",
    "There is a small hiatal hernia.",
    "The liver shows no change.",
    "Calcified coronary arteries.",
    "Technique: contrast was given.",
)


def reports(count: int, *, rng: np.random.Generator, disease: str = FINDINGS[0]) -> tuple[list[str], np.ndarray]:
    """Return reports as text, and whether the disease was found; in every report it is named.

    Each report names why the patient was sent, says about the disease that it is or is not there, says the same of one
    or two other findings, and tells of things beside the point, in any order.

    Parameters
    ----------
    count : int
        How many; half of them have the disease.
    rng : numpy.random.Generator
        Where chance comes from.
    disease : str
        One of `FINDINGS`.

    Returns
    -------
    (list of str, numpy.ndarray)
        The texts, and their labels of shape (count,), int64: 1 if the disease was found.

    Raises
    ------
    ValueError
        If the count is not whole or below 1, or the disease is not one of `FINDINGS`.
    TypeError
        If `rng` is no generator.
    """
    count = whole("reports", "count", count, 1)
    chance("reports", rng)
    if disease not in FINDINGS:
        raise ValueError(f"reports: disease must be one of {', '.join(FINDINGS)}, but {disease!r} came.")
    labels = rng.permutation(np.arange(count) % 2)
    return [_report(disease, bool(label), rng) for label in labels], labels


def _report(disease: str, found: bool, rng: np.random.Generator) -> str:
    others = [str(each) for each in rng.permutation([each for each in FINDINGS if each != disease])]
    sentences = [_sentence(disease, found, others[0], rng)]
    sentences += [_sentence(each, rng.random() < 0.5, others[3], rng) for each in others[1 : 2 + int(rng.integers(2))]]
    sentences += [str(each) for each in rng.choice(_NEUTRAL, 2, replace=False)]
    told = " ".join(sentences[place] for place in rng.permutation(len(sentences)))
    return f"{str(rng.choice(_ASKED)).format(finding=disease)} {told}"


def _sentence(finding: str, found: bool, other: str, rng: np.random.Generator) -> str:
    site = str(rng.choice(_SITES))
    template = str(rng.choice(_THERE if found else _NOT_THERE))
    return template.format(finding=finding, site=site, Site=site.capitalize(), other=other)
