import numpy as np
import pytest
import torch

from marubatsu import architectures as arch
from marubatsu.exchange.bridge import to_torch
from marubatsu.exchange.weights import fill, load, save

RNG = np.random.default_rng


def trained():
    network = arch.resnet18(classes=3, rng=RNG(1))
    network.forward(RNG(2).standard_normal((2, 3, 32, 32), np.float32), training=True)  # moves the running numbers
    return network


def assert_equal(one, other):
    for name, array in one.arrays().items():
        np.testing.assert_array_equal(array, other.arrays()[name], err_msg=name)


def test_saved_weights_come_back_with_running_statistics(tmp_path):
    network, other = trained(), arch.resnet18(classes=3)
    save(network, tmp_path / "w.safetensors")
    load(other, tmp_path / "w.safetensors")
    assert_equal(network, other)


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_state_dict_of_pytorch_is_read_by_name(tmp_path, wrapped):
    network, other = trained(), arch.resnet18(classes=3)
    state = to_torch(network).state_dict()
    torch.save(
        {"state_dict": {f"module.{name}": array for name, array in state.items()}} if wrapped else state,
        tmp_path / "w.pth",
    )
    load(other, tmp_path / "w.pth")
    assert_equal(network, other)


def test_names_are_those_of_torchvisions_files():
    # as in the files that torchvision publishes: a few of each
    assert {"features.0.weight", "features.10.bias", "classifier.1.weight", "classifier.6.bias"} <= set(
        arch.alexnet_single().arrays()
    )
    names = set(arch.resnet50(classes=3).arrays())
    assert {
        "conv1.weight",
        "bn1.running_var",
        "layer1.0.conv3.weight",
        "layer1.0.downsample.1.running_mean",
        "layer4.2.bn3.bias",
        "fc.weight",
    } <= names
    assert len(names) == 267  # its state dict has 320 entries, 53 of them counters of batches


@pytest.mark.parametrize("name", ["w.safetensors", "w.pth"])
def test_a_damaged_file_gets_a_sentence_and_the_network_stays(tmp_path, name):
    network = arch.marubatsu_net(rng=RNG(1))
    before = {key: array.copy() for key, array in network.arrays().items()}
    (tmp_path / name).write_bytes(b"no weights at all")
    with pytest.raises(ValueError, match=rf"load: {name} is not a .* or it is damaged"):
        load(network, tmp_path / name)
    for key, array in network.arrays().items():
        np.testing.assert_array_equal(array, before[key])


def test_a_file_that_would_run_a_program_is_not_run(tmp_path):
    class Evil:
        def __reduce__(self):
            return (open, (str(tmp_path / "ran"), "w"))

    torch.save({"weight": Evil()}, tmp_path / "evil.pth")
    with pytest.raises(ValueError, match="is not a PyTorch file of weights"):
        load(arch.marubatsu_net(), tmp_path / "evil.pth")
    assert not (tmp_path / "ran").exists()


def test_weights_of_another_network_are_told_apart(tmp_path):
    network = arch.marubatsu_net()
    save(arch.unet(width=4, levels=1), tmp_path / "u.safetensors")
    with pytest.raises(
        ValueError, match=r"u.safetensors does not hold the weights of this network. Missing: .* Was it saved"
    ):
        load(network, tmp_path / "u.safetensors")
    save(arch.marubatsu_net(classes=3), tmp_path / "c.safetensors")
    with pytest.raises(
        ValueError, match=r"load: 7.bias in c.safetensors has shape \(3,\), but this network needs \(2,\)"
    ):
        load(network, tmp_path / "c.safetensors")
    with pytest.raises(FileNotFoundError, match="load: there is no file"):
        load(network, tmp_path / "gone.safetensors")
    torch.save([1, 2], tmp_path / "list.pth")
    with pytest.raises(ValueError, match=r"list.pth holds no state dict"):
        load(network, tmp_path / "list.pth")
    bad = {name: array.copy() for name, array in network.arrays().items()}
    bad["0.weight"][0] = np.nan
    with pytest.raises(ValueError, match=r"load: 0.weight in the given arrays must hold finite numbers"):
        fill(network, bad)
