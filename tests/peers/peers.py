#!/usr/bin/env python3
"""Times the settling of one batch in NumPy, PyTorch and JAX beside `npm run -s ngc -- bench`, in one run.

    python3 tests/peers/peers.py [--rows 200 1000] [--rounds 5] [--backends webgpu wasm] [--json]

The network is the bench's: gncn-pdh, 784-360-360-360, T = 50, float32, random synapses. NumPy computes it the way
ngc-learn does: cable by cable, a dense lateral matrix, e = (target - mu) P before it travels up. PyTorch and JAX get
the same step compiled (torch.compile, jax.jit) on the best device they see; TF32 is off. What is not installed is left
out and said so. Every peer is timed between two runs of the bench; figures are medians of milliseconds a settling step.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time

import numpy as np

SIZES = [784, 360, 360, 360]
GROUPS = [12, 12, 18]
STEPS = 50
BETA, LEAK = 0.1, 0.001
EXCITATION, INHIBITION = 0.15, 0.1
FLOP_PER_IMAGE = 2 * (3 * 784 * 360 + 7 * 360 * 360)


def lateral(size, group):
    """V: inhibition inside a column of neighbours, self-excitation on the diagonal."""
    column = np.arange(size) // group
    same = column[:, None] == column[None, :]
    V = np.where(same, INHIBITION, 0.0)
    np.fill_diagonal(V, -EXCITATION)
    return V.astype(np.float32)


def network(seed=1):
    """Synapses by name, as ngc.md shapes them."""
    rng = np.random.default_rng(seed)

    def normal(*shape):
        return (0.05 * rng.standard_normal(shape)).astype(np.float32)

    J = SIZES
    parts = {f"W{l}": normal(J[l], J[l - 1]) for l in (1, 2, 3)}
    parts |= {f"E{l}": normal(J[l - 1], J[l]) for l in (1, 2, 3)}
    parts |= {f"M{l}": normal(J[l], J[l - 2]) for l in (2, 3)}
    parts |= {f"P{l}": np.eye(J[l], dtype=np.float32) for l in (1, 2)}
    parts |= {f"V{l}": lateral(J[l], GROUPS[l - 1]) for l in (1, 2, 3)}
    return parts


def images(rows, seed=7):
    return (np.random.default_rng(seed).random((rows, SIZES[0])) < 0.2).astype(np.float32)


def step(x, z1, z2, z3, p, relu, sigmoid):
    """Predict, errors, states (Eqs. 1, 9-15); works on the arrays of any of the libraries."""
    f1, f2, f3 = relu(z1), relu(z2), relu(z3)
    mu0 = sigmoid(f1 @ p["W1"] + f2 @ p["M2"])
    mu1 = relu(f2 @ p["W2"] + f3 @ p["M3"])
    mu2 = relu(f3 @ p["W3"])
    e0 = x - mu0
    e1 = (f1 - mu1) @ p["P1"]
    e2 = (f2 - mu2) @ p["P2"]
    d1 = e0 @ p["E1"] - e1 - f1 @ p["V1"] - LEAK * z1
    d2 = e1 @ p["E2"] - e2 - f2 @ p["V2"] - LEAK * z2
    d3 = e2 @ p["E3"] - f3 @ p["V3"] - LEAK * z3
    return z1 + BETA * d1, z2 + BETA * d2, z3 + BETA * d3


class NumPy:
    name = "NumPy, step by step"

    def __init__(self, rows):
        self.x, self.parts = images(rows), network()

    def settle(self):
        z = [np.zeros((len(self.x), size), np.float32) for size in SIZES[1:]]
        for _ in range(STEPS):
            z = step(self.x, *z, self.parts, lambda a: np.maximum(a, 0), lambda a: 1 / (1 + np.exp(-a)))
        return z


class Torch:
    def __init__(self, rows):
        import torch

        self.torch = torch
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.backends.cuda.matmul.allow_tf32 = False
        where = torch.cuda.get_device_name() if self.device == "cuda" else "cpu"
        self.x = torch.tensor(images(rows), device=self.device)
        parts = {k: torch.tensor(v, device=self.device) for k, v in network().items()}

        def settled(x, z1, z2, z3):
            for _ in range(STEPS):
                z1, z2, z3 = step(x, z1, z2, z3, parts, torch.relu, torch.sigmoid)
            return z1, z2, z3

        try:
            if self.device == "cpu":
                raise RuntimeError("compiled on graphics processors only")
            self.run = torch.compile(settled, mode="max-autotune-no-cudagraphs")
            self.settle_once()
            how = "compiled"
        except Exception as error:  # no compiler for it here
            self.run, how = settled, f"eager ({str(error).splitlines()[0][:60]})"
        self.name = f"PyTorch {torch.__version__}, {how}, {where}"

    def settle_once(self):
        zeros = [self.torch.zeros(len(self.x), size, device=self.device) for size in SIZES[1:]]
        return self.run(self.x, *zeros)

    def settle(self):
        with self.torch.no_grad():
            z = self.settle_once()
            if self.device == "cuda":
                self.torch.cuda.synchronize()
        return [a.cpu().numpy() for a in z]


class TorchProducts(Torch):
    """The ceiling: the matrix products of a step by themselves, by the vendor's library."""

    def __init__(self, rows):
        super().__init__(rows)
        torch = self.torch
        J = SIZES
        shapes = [(J[l], J[l - 1]) for l in (1, 2, 3)] + [(J[l - 1], J[l]) for l in (1, 2, 3)]
        shapes += [(J[l], J[l - 2]) for l in (2, 3)] + [(J[l], J[l]) for l in (1, 2)]
        self.pairs = [(torch.rand(rows, a, device=self.device), torch.rand(a, b, device=self.device)) for a, b in shapes]
        self.name = f"PyTorch {torch.__version__}, bare products (ceiling)"

    def settle(self):
        for _ in range(STEPS):
            for a, b in self.pairs:
                out = a @ b
        if self.device == "cuda":
            self.torch.cuda.synchronize()
        return None


class Jax:
    def __init__(self, rows):
        import jax
        import jax.numpy as jnp

        jax.config.update("jax_default_matmul_precision", "highest")
        self.x = jnp.asarray(images(rows))
        parts = {k: jnp.asarray(v) for k, v in network().items()}

        def settled(x):
            z = tuple(jnp.zeros((x.shape[0], size)) for size in SIZES[1:])
            one = lambda _, z: step(x, *z, parts, jax.nn.relu, jax.nn.sigmoid)
            return jax.lax.fori_loop(0, STEPS, one, z)

        self.run = jax.jit(settled)
        self.name = f"JAX {jax.__version__}, compiled, {jax.devices()[0].device_kind}"

    def settle(self):
        z = self.run(self.x)
        z[-1].block_until_ready()
        return [np.asarray(a) for a in z]


def bench(rows, backend):
    """Milliseconds a step of every way the bench knows."""
    command = ["npm", "run", "-s", "ngc", "--", "bench", "--json", "--rows", str(rows), "--backend", backend]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        return {}, done.stderr.strip().splitlines()[-1:]
    results = json.loads(done.stdout)["results"]
    return {
        f"NGC Explorer, {r['backend']} ({r['adapter']}), {r['way']}": r["step"]["median"]
        for r in results
        if r["step"] is not None
    }, []


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[200])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--backends", nargs="+", default=["webgpu", "wasm"])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    told = []
    for rows in options.rows:
        peers, notes = [], []
        for kind in (NumPy, Torch, TorchProducts, Jax):
            try:
                peers.append(kind(rows))
            except ImportError as error:
                notes.append(f"{kind.__name__} is left out: {error}")
        reference = peers[0].settle()
        for peer in peers:  # warm up, and the same numbers
            states = peer.settle()
            if states is None:
                continue
            gap = max(float(np.abs(a - b).max()) for a, b in zip(states, reference))
            if not gap < 1e-3:
                sys.exit(f"{peer.name} computes something else: states differ by {gap}")
        times = {peer.name: [] for peer in peers}
        ours = {}
        for round_number in range(options.rounds):
            for peer in peers:
                began = time.perf_counter()
                peer.settle()
                times[peer.name].append(1000 * (time.perf_counter() - began) / STEPS)
            if round_number in (0, options.rounds - 1):
                for backend in options.backends:
                    found, problem = bench(rows, backend)
                    notes += [p for p in problem if p not in notes]
                    for name, value in found.items():
                        ours.setdefault(name, []).append(value)
        medians = {name: statistics.median(values) for name, values in (times | ours).items()}
        told.append({"rows": rows, "msPerStep": medians, "notes": notes})
        if not options.json:
            base = medians[peers[0].name]
            print(f"\nB = {rows}\n\n| way | ms a step | GFLOP/s | speed, NumPy = 1 |\n| --- | --: | --: | --: |")
            for name, ms in sorted(medians.items(), key=lambda pair: pair[1]):
                print(f"| {name} | {ms:.3g} | {FLOP_PER_IMAGE * rows / ms / 1e6:.3g} | {base / ms:.2f} |")
            for note in notes:
                print(note)
    if options.json:
        print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
