import tracemalloc

import numpy as np
import pytest

from marubatsu import architectures
from marubatsu.data import marks
from marubatsu.layers import Flatten, Linear
from marubatsu.learning.losses import cross_entropy
from marubatsu.learning.optimisers import SGD, Adam, cosine
from marubatsu.learning.training import accuracy, predict, train
from marubatsu.network import Chain

RNG = np.random.default_rng
IMAGES, LABELS = marks.sample(160, rng=RNG(1), difficulty=0.3)
HELD = marks.sample(80, rng=RNG(2), difficulty=0.3)


def learn(seed=3, epochs=4, **options):
    rng = RNG(seed)
    network = architectures.marubatsu_net(rng=rng)
    optimiser = Adam(network.parameters(), 0.01)
    history = train(network, IMAGES, LABELS, loss=cross_entropy, optimiser=optimiser, rng=rng, epochs=epochs, **options)
    return network, history


def test_a_network_learns_and_the_history_says_how():
    network, history = learn(validation=HELD, score=accuracy)
    assert len(history) == 4 and history.stopped == "all epochs"
    assert history.loss[-1] < history.loss[0] / 2
    assert history.validation_score[-1] > 0.9
    assert history.validation_score[-1] == accuracy(predict(network, HELD[0]), HELD[1])


def test_the_same_seed_gives_the_same_weights_and_another_does_not():
    (one, _), (two, _), (three, _) = learn(epochs=1), learn(epochs=1), learn(seed=4, epochs=1)
    for name, array in one.arrays().items():
        np.testing.assert_array_equal(array, two.arrays()[name])
    assert any((array != three.arrays()[name]).any() for name, array in one.arrays().items())


def test_early_stopping_puts_the_best_weights_back():
    network = Chain(Flatten(), Linear(1024, 2, rng=RNG(1)))
    _, wrong = HELD[0], 1 - HELD[1]  # the better it learns, the worse it gets here
    history = train(
        network,
        IMAGES,
        LABELS,
        loss=cross_entropy,
        optimiser=SGD(network.parameters(), 0.05),
        rng=RNG(1),
        epochs=30,
        validation=(HELD[0], wrong),
        patience=2,
    )
    assert history.stopped == "no better" and len(history) == history.best_epoch + 3
    best = cross_entropy(predict(network, HELD[0]), wrong)[0]
    np.testing.assert_allclose(best, min(history.validation_loss), rtol=1e-6)


def test_ctrl_c_keeps_what_was_learnt():
    def interrupt(history):
        if len(history) == 2:
            raise KeyboardInterrupt

    network, history = learn(epochs=50, after_epoch=interrupt)
    assert history.stopped == "interrupted" and len(history) == 2
    assert (network.arrays()["0.weight"] != learn(epochs=1)[0].arrays()["0.weight"]).any()


def test_the_schedule_sets_the_learning_rate():
    network = Chain(Flatten(), Linear(1024, 2))
    optimiser = SGD(network.parameters(), 1.0)
    train(network, IMAGES, LABELS, loss=cross_entropy, optimiser=optimiser, rng=RNG(1), epochs=2, schedule=cosine(0.1))
    assert 0 < optimiser.lr < 0.02


def test_a_bar_is_shown_when_asked(capsys):
    learn(epochs=1, progress=True)
    assert "3/3" in capsys.readouterr().err


def test_images_and_labels_are_left_as_they_were():
    images, labels = IMAGES.copy(), LABELS.copy()
    learn(epochs=1)
    np.testing.assert_array_equal(images, IMAGES)
    np.testing.assert_array_equal(labels, LABELS)


def test_memory_does_not_grow_over_steps():
    network = architectures.marubatsu_net(rng=RNG(1))
    options = {"loss": cross_entropy, "optimiser": SGD(network.parameters(), 0.01), "rng": RNG(1), "epochs": 1}
    train(network, IMAGES[:32], LABELS[:32], **options)
    tracemalloc.start()
    sizes = []
    for _ in range(6):
        train(network, IMAGES[:32], LABELS[:32], **options)
        sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert sizes[-1] - sizes[1] < 20_000, sizes


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ({"targets": LABELS[:5]}, ValueError, "train: 160 images and 5 targets came"),
        ({"epochs": 0}, ValueError, "train: epochs must be a whole number of at least 1, but 0 came"),
        ({"rng": 3}, TypeError, "train: rng must be a random generator .* but 3 came"),
        ({"patience": 2}, ValueError, "train: patience and score need held-out examples"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(change, error, sentence):
    network = Chain(Flatten(), Linear(1024, 2))
    given = {"images": IMAGES, "targets": LABELS, "rng": RNG(1)} | change
    with pytest.raises(error, match=sentence):
        train(network, loss=cross_entropy, optimiser=SGD(network.parameters(), 0.1), **given)


def test_a_learning_rate_that_is_far_too_large_gets_a_sentence():
    network = architectures.marubatsu_net(rng=RNG(1))
    optimiser = SGD(network.parameters(), 1e20)
    with np.errstate(all="ignore"), pytest.raises(ValueError, match=r"finite|larger than float32 can hold"):
        train(network, IMAGES, LABELS, loss=cross_entropy, optimiser=optimiser, rng=RNG(1), epochs=5)
    with pytest.raises(ValueError, match="predict: at least one image is needed"):
        predict(network, IMAGES[:0])


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_the_network_of_the_book_reaches_99_percent_on_fresh_images(seed):  # benchmarks/ten_seeds.py runs ten
    rng = RNG(seed)
    images, targets = marks.sample(1500, rng=rng)
    network = architectures.marubatsu_net(rng=rng)
    options = {"epochs": 4, "batch_size": 32, "schedule": cosine(0.01, 0.0005)}
    train(network, images, targets, loss=cross_entropy, optimiser=Adam(network.parameters(), 0.01), rng=rng, **options)
    fresh, labels = marks.sample(1000, rng=RNG(2027))
    assert accuracy(predict(network, fresh), labels) > 0.99


def test_accuracy_counts_images_or_pixels():
    scores = np.array([[0.2, 0.8], [0.9, 0.1], [0.4, 0.6]])
    assert accuracy(scores, np.array([1, 0, 0])) == pytest.approx(2 / 3)
    assert (
        accuracy(scores.reshape(1, 2, 3, 1), np.ones((1, 3, 1), int))
        == (scores.reshape(2, 3)[1] > scores.reshape(2, 3)[0]).mean()
    )


@pytest.mark.parametrize("labels", [np.ones((3, 1), int), np.ones(1, int), np.ones((1, 3), int)])
def test_accuracy_compares_nothing_with_everything_although_numpy_would(labels):
    with pytest.raises(ValueError, match=r"accuracy: for outputs of shape \(3, 2\) one label an image \(or pixel\)"):
        accuracy(np.ones((3, 2)), labels)
