"""The draws that a split needs, against published vectors and the canonical form's definition."""

import numpy as np
import pytest

from draws import canonical, permutation, words


def test_philox_gives_its_published_vectors():
    """Random123's known answer of counter 0 and key 0."""
    assert [hex(w) for w in words(0, np.array([0]))[0].tolist()] == ["0xe169c58d6627e8d5", "0x9b00dbd8bc57ac4c"]


def test_a_permutation_has_each_number_once_and_rows_differ():
    first, second = permutation(7, 100), permutation(7, 100, 1)
    assert sorted(first.tolist()) == sorted(second.tolist()) == list(range(100))
    assert not np.array_equal(first, second)


@pytest.mark.parametrize(
    "value, text",
    [
        (1.0, "1"),
        (-0.0, "0"),
        (0.5, "0.5"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (-2.5e-9, "-2.5e-9"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (0.1 + 0.2, "0.30000000000000004"),
        (True, "true"),
        ({"b": [1, "é"], "a": {}}, '{"a":{},"b":[1,"é"]}'),
    ],
)
def test_canonical_json_is_the_shortest_in_ecmascripts_notation(value, text):
    assert canonical(value) == text
