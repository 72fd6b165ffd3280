"""How fast the layers are, as a ratio to PyTorch on the same processor: the same weights, inputs and thread count.

Run by `make bench`. Each figure is the median of our times over the median of PyTorch's, taken in turns in one run, in
float32. Below 1, numpy is faster. The second column compares with PyTorch's faster memory layout, channels_last.
"""

# ruff: noqa: B023  (every function here is called before its loop goes on)
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

AVX512 = {"OPENBLAS_CORETYPE": "SkylakeX"}  # on some processors OpenBLAS does not choose AVX-512 by itself


def measure(functions, rounds):
    """Return the median milliseconds of several functions, run in turns."""
    times = [[] for _ in functions]
    for function in functions:
        function()
        function()
    for _ in range(rounds):
        for function, found in zip(functions, times, strict=True):
            start = time.perf_counter()
            function()
            found.append(time.perf_counter() - start)
    return [1000 * statistics.median(found) for found in times]


def line(name, functions, rounds=15):
    """Measure ours, PyTorch's and perhaps PyTorch's with channels_last, and print one line of the table."""
    ours, *theirs = measure(functions, rounds)
    ratios = "".join(f"{ours / each:>10.2f}" for each in theirs)
    print(f"{name:<58}{ours:>9.2f} ms{ratios}", flush=True)


def run(threads):
    """Print the table for a number of threads."""
    import numpy as np
    import scipy.ndimage
    import torch
    import torch.nn.functional as F

    from marubatsu import architectures
    from marubatsu.arithmetic.convolution import conv2d, conv2d_backward
    from marubatsu.arithmetic.pooling import max_pool2d, max_pool2d_backward
    from marubatsu.exchange.bridge import to_torch
    from marubatsu.learning import losses, optimisers

    torch.set_num_threads(threads)
    rng = np.random.default_rng(1)
    last = torch.channels_last

    def normal(*shape):
        return rng.standard_normal(shape, np.float32)

    network = architectures.alexnet(rng=rng)
    module, other = to_torch(network), to_torch(network).to(memory_format=last)
    for count in (1, 8):
        x = normal(count, 3, 227, 227)
        t, c = torch.from_numpy(x), torch.from_numpy(x).to(memory_format=last)
        with torch.no_grad():
            line(
                f"AlexNet as published, {count} image{'s' if count > 1 else ''}",
                [lambda: network(x), lambda: module(t), lambda: other(c)],
            )

    for name in ("conv2", "conv3", "conv4", "conv5"):
        layer, size = network.named[name], 27 if name == "conv2" else 13
        x, w = normal(1, layer.in_channels, size, size), layer.weight.value
        options = {"padding": layer.padding, "groups": layer.groups}
        g = normal(*conv2d(x, w, **options).shape)
        tx, tw, tg = map(torch.from_numpy, (x, w, g))
        cx, cw, cg = (each.to(memory_format=last) for each in (tx, tw, tg))

        def back(g, x, w, layer=layer):
            rest = ([1, 1], list(layer.padding), [1, 1], False, [0, 0], layer.groups, [True, True, True])
            return torch.ops.aten.convolution_backward(g, x, w, [w.shape[0]], *rest)

        with torch.no_grad():
            line(
                f"AlexNet {name}, forward",
                [
                    lambda: conv2d(x, w, **options),
                    lambda: F.conv2d(tx, tw, **options),
                    lambda: F.conv2d(cx, cw, **options),
                ],
            )
            line(
                f"AlexNet {name}, backward",
                [
                    lambda: conv2d_backward(g, x, w, **options),
                    lambda: back(tg, tx, tw),
                    lambda: back(cg, cx, cw),
                ],
            )

    x = np.maximum(normal(8, 96, 55, 55), 0)
    t, g = torch.from_numpy(x), np.ones((8, 96, 27, 27), np.float32)

    def pool_both():
        max_pool2d_backward(g, x, max_pool2d(x, 3, stride=2), 3, stride=2)

    def pool_both_there():
        F.max_pool2d(t.detach().requires_grad_(), 3, stride=2).backward(torch.from_numpy(g))

    line(
        "max pooling 3 × 3, stride 2, forward",
        [lambda: max_pool2d(x, 3, stride=2), lambda: F.max_pool2d(t, 3, stride=2)],
    )
    line("max pooling 3 × 3, stride 2, forward and backward", [pool_both, pool_both_there])

    def step(name, network, x, target, ours, theirs):
        functions, optimiser = [], optimisers.Adam(network.parameters(), 0.001)

        def our_step():
            _, gradient = ours(network.forward(x, training=True), target)
            optimiser.zero_grad()
            network.learn(gradient)
            optimiser.step()

        functions.append(our_step)
        for layout in (torch.contiguous_format, last):
            module = to_torch(network).train().to(memory_format=layout)
            adam = torch.optim.Adam(module.parameters(), 0.001)
            tx, tt = torch.from_numpy(x).to(memory_format=layout), torch.from_numpy(target)

            def their_step(module=module, adam=adam, tx=tx, tt=tt):
                adam.zero_grad()
                theirs(module(tx), tt).backward()
                adam.step()

            functions.append(their_step)
        line(name, functions, 30)

    labels = rng.integers(0, 2, 64)
    step(
        "○× network, one training step, 64 images of 32 × 32",
        architectures.marubatsu_net(rng=rng),
        normal(64, 1, 32, 32),
        labels,
        losses.cross_entropy,
        F.cross_entropy,
    )
    step(
        "U-Net, 8 and 16 channels, one training step, 16 of 64 × 64",
        architectures.unet(width=8, levels=1, rng=rng),
        normal(16, 1, 64, 64),
        (rng.random((16, 1, 64, 64)) > 0.5).astype(np.float32),
        losses.binary_cross_entropy_with_logits,
        F.binary_cross_entropy_with_logits,
    )

    image = normal(1, 1, 512, 512)
    t = torch.from_numpy(image)
    for size in (3, 11):
        kernel = normal(1, 1, size, size)
        tk = torch.from_numpy(kernel)
        ours = lambda: conv2d(image, kernel, padding=size // 2)  # noqa: E731
        line(f"one grey image of 512 × 512, {size} × {size}", [ours, lambda: F.conv2d(t, tk, padding=size // 2)])
        line(
            "   the same against scipy.ndimage.correlate",
            [ours, lambda: scipy.ndimage.correlate(image[0, 0], kernel[0, 0])],
        )


def main():
    """Run the table in a fresh process for each setting, because a thread count holds for a whole process."""
    if len(sys.argv) > 1:
        run(int(sys.argv[1]))
        return
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    settings = [("one thread", 1, {}), ("two threads", 2, {})]
    if "avx512f" in flags:
        settings.append(("one thread, OpenBLAS told to use AVX-512 as PyTorch does (OPENBLAS_CORETYPE)", 1, AVX512))
    for title, threads, extra in settings:
        print(f"\n{title}\n{'':<58}{'ours':>12}{'/ PyTorch':>10}{'/ ch_last':>10}", flush=True)
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
        env = os.environ | dict.fromkeys(names, str(threads)) | extra
        subprocess.run([sys.executable, __file__, str(threads)], env=env, check=True)


if __name__ == "__main__":
    main()
