"""Weights on disk: save and load as safetensors, and read a file of PyTorch's weights by name, with checked shapes."""

from pathlib import Path
from types import ModuleType

import numpy as np

from marubatsu.layers import Layer

IGNORED = ("num_batches_tracked",)  # counters of PyTorch's batch normalisation, which nothing here needs


def save(network: Layer, path: str | Path) -> None:
    """Write every array of a network to a safetensors file.

    Raises
    ------
    ImportError
        If the package safetensors is not installed.
    """
    _safetensors().save_file({name: np.ascontiguousarray(array) for name, array in network.arrays().items()}, str(path))


def load(network: Layer, path: str | Path) -> None:
    """Read the arrays of a network, in place, from a safetensors file or a file that PyTorch wrote.

    Parameters
    ----------
    network : Layer
        Made with the same sizes as the one that was saved.
    path : str or pathlib.Path
        A ``.safetensors`` file, or a ``.pth`` or ``.pt`` file with a state dict (needs torch, and reads weights only:
        no program inside the file is run).

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no such file, it is no file of weights, or its arrays are not those of the network. The network
        is then as it was.
    ImportError
        If the package that reads the file is not installed.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"load: there is no file {path}.")
    read = _read_torch if path.suffix in (".pth", ".pt") else _read_safetensors
    fill(network, read(path), path.name)


def fill(network: Layer, arrays: dict[str, np.ndarray], source: str = "the given arrays") -> None:
    """Put arrays into a network by name, after all names and shapes were compared.

    Raises
    ------
    ValueError
        If a name is missing or too many, a shape differs, or a number is NaN or infinite.
    """
    wanted = network.arrays()
    arrays = {name: np.asarray(array) for name, array in arrays.items() if not name.endswith(IGNORED)}
    missing, more = sorted(set(wanted) - set(arrays)), sorted(set(arrays) - set(wanted))
    if missing or more:
        raise ValueError(
            f"load: {source} does not hold the weights of this network. "
            + (f"Missing: {_few(missing)}. " if missing else "")
            + (f"Not part of the network: {_few(more)}. " if more else "")
            + "Was it saved from another architecture?"
        )
    for name, array in arrays.items():
        if array.shape != wanted[name].shape:
            raise ValueError(
                f"load: {name} in {source} has shape {array.shape}, but this network needs {wanted[name].shape}. "
                "Another number of classes or channels?"
            )
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            raise ValueError(f"load: {name} in {source} must hold finite numbers with a decimal point.")
    for name, array in arrays.items():
        wanted[name][...] = array


def _few(names: list[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def _read_safetensors(path: Path) -> dict[str, np.ndarray]:
    safetensors = _safetensors()
    try:
        return safetensors.load_file(str(path))
    except Exception as error:  # noqa: BLE001 -- an error of its own for every way a file can be broken
        raise ValueError(f"load: {path.name} is not a safetensors file, or it is damaged ({error}).") from None


def _read_torch(path: Path) -> dict[str, np.ndarray]:
    try:
        import torch
    except ImportError:
        raise ImportError(
            "load: a .pth file was written by PyTorch and needs it to be read. Install it: pip install torch."
        ) from None
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # noqa: BLE001 -- here too
        raise ValueError(f"load: {path.name} is not a PyTorch file of weights, or it is damaged ({error}).") from None
    if isinstance(state, dict) and isinstance(state.get("state_dict"), dict):
        state = state["state_dict"]
    if not isinstance(state, dict) or not all(isinstance(array, torch.Tensor) for array in state.values()):
        raise ValueError(f"load: {path.name} holds no state dict (a table of names and arrays).")
    return {name.removeprefix("module."): array.float().numpy() for name, array in state.items()}


def _safetensors() -> ModuleType:
    try:
        import safetensors.numpy
    except ImportError:
        raise ImportError(
            "weights: saving and loading need the package safetensors. Install it: pip install safetensors."
        ) from None
    return safetensors.numpy
