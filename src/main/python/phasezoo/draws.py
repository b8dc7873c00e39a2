"""The counter-based draws of the engine, as far as a split needs them."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

import numpy as np

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)


def canonical(value: Any) -> str:
    """Return the canonical JSON of a document: sorted keys, no space, numbers as ECMAScript's."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{canonical(k)}:{canonical(value[k])}" for k in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, bool | str) or value is None:
        return json.dumps(value, ensure_ascii=False)
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    if 1e-6 <= abs(value) < 1e21:
        return format(Decimal(repr(value)), "f")
    mantissa, _, power = repr(value).partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(power):+d}"


def key(document: dict[str, Any]) -> int:
    """Return the key of a stream: the first 8 bytes of SHA-256 over the canonical JSON."""
    return int.from_bytes(hashlib.sha256(canonical(document).encode()).digest()[:8], "big")


def words(key: int, index: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return Philox4x32-10's two 64-bit words `(n, 2)` at the counters `index`, an array `(n,)`.

    Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
    """
    index = np.asarray(index, np.uint64)
    k0, k1 = np.uint64(key & 0xFFFFFFFF), np.uint64(key >> 32)
    c0, c1 = index & _LOW, index >> _HALF
    c2 = c3 = np.zeros_like(index)
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _LOW, (p0 >> _HALF) ^ c3 ^ k1, p0 & _LOW
        k0, k1 = (k0 + np.uint64(0x9E3779B9)) & _LOW, (k1 + np.uint64(0xBB67AE85)) & _LOW
    return np.stack([(c1 << _HALF) | c0, (c3 << _HALF) | c2], axis=-1)


def permutation(key: int, n: int, row: int = 0) -> np.ndarray[Any, Any]:
    """Return the `row`-th uniform permutation of 0 … n − 1 under a key (Fisher and Yates)."""
    draws = words(key, np.arange(row * n, row * n + n))[:, 0].tolist()
    order = list(range(n))
    for i in range(n - 1, 0, -1):
        j = (draws[i] * (i + 1)) >> 64
        order[i], order[j] = order[j], order[i]
    return np.array(order)
