"""A shuffled order that needs no list."""

from __future__ import annotations

import numpy as np

_ROUNDS = 6


class Permutation:
    """A permutation of 0 … count − 1 that seed and epoch determine: place i is computed, whatever the count.

    A Feistel network permutes the smallest even power of two that holds them; places outside are sent through again.
    """

    def __init__(self, count: int, seed: int, epoch: int) -> None:
        self.count = count
        self.half_bits = max(1, (max(count - 1, 1).bit_length() + 1) // 2)
        words = np.random.SeedSequence([seed, epoch]).generate_state(_ROUNDS, np.uint64)
        self.keys = [int(word) for word in words]

    def __call__(self, places: np.ndarray) -> np.ndarray:
        """What is at these places, each below the count."""
        found = self._once(places.astype(np.uint64))
        while (outside := found >= self.count).any():
            found[outside] = self._once(found[outside])
        return found.astype(np.int64)

    def _once(self, places: np.ndarray) -> np.ndarray:
        bits = np.uint64(self.half_bits)
        low_bits = np.uint64((1 << self.half_bits) - 1)
        left, right = places >> bits, places & low_bits
        for key in self.keys:
            left, right = right, left ^ (_mixed(right ^ np.uint64(key)) & low_bits)
        return (left << bits) | right


def _mixed(words: np.ndarray) -> np.ndarray:
    """SplitMix64's finaliser: each bit of the answer depends on all bits (Steele, Lea and Flood 2014)."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))
