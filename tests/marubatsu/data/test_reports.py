import numpy as np
import pytest

from marubatsu.data.reports import FINDINGS, reports

RNG = np.random.default_rng


def test_every_report_names_the_disease_and_half_of_them_have_it():
    texts, labels = reports(101, rng=RNG(1))
    assert len(texts) == len(labels) == 101 and labels.sum() == 50
    assert all(text.lower().count("pulmonary embolism") == 2 for text in texts)  # once asked, once answered


def test_the_answer_stands_in_the_sentence_about_the_disease_alone():
    for disease in FINDINGS:
        for text, label in zip(*reports(60, rng=RNG(2), disease=disease), strict=True):
            after = text.split(disease, 1)[1]
            (answer,) = [part for part in after.split(".") if disease in part]
            negated = any(word in f" {answer.lower()} " for word in (" no ", "neither", " no longer"))
            assert negated != bool(label), text


def test_no_word_alone_gives_the_answer_away():
    texts, labels = reports(400, rng=RNG(3))
    for word in ("no ", "no evidence", "there is", "seen"):
        has = np.array([word in text.lower() for text in texts])
        assert 0.35 < np.mean(has == labels) < 0.85, word


def test_the_same_seed_gives_the_same_reports_and_another_one_others():
    assert reports(5, rng=RNG(1))[0] == reports(5, rng=RNG(1))[0] != reports(5, rng=RNG(2))[0]


@pytest.mark.parametrize(
    ("make", "error", "sentence"),
    [
        (lambda: reports(0, rng=RNG(1)), ValueError, "reports: count must be a whole number of at least 1, but 0 came"),
        (lambda: reports(5, rng=1), TypeError, "reports: rng must be a random generator"),
        (
            lambda: reports(5, rng=RNG(1), disease="flu"),
            ValueError,
            "reports: disease must be one of .* but 'flu' came",
        ),
    ],
)
def test_what_cannot_be_gets_a_sentence(make, error, sentence):
    with pytest.raises(error, match=sentence):
        make()
