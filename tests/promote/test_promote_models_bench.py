"""The bench of the models, on tiny ones: what it measures needs a GPU."""

import pytest

from bench import promote_models as bench


@pytest.mark.parametrize(
    ("name", "words"), [("vace", bench.words_vace), ("ltx2", bench.words_ltx2)]
)
def test_each_way_to_make_a_step_cheaper_is_timed_or_says_why(
    saved, monkeypatch, name, words
):
    from previz.generate.pipelines import load

    monkeypatch.setattr(bench, "STEPS", 2)
    monkeypatch.setattr(bench, "WARM", 0)
    monkeypatch.setattr(bench, "_ATTENTION", ("flash",))
    pipe = load(saved(name), device="cpu").pipe
    case = bench.Case("tiny", lambda device: pipe, words, 64, 64, 9, 3.0, 4)
    found = bench.measured(case, "cpu")
    assert found["plain"]["s_a_step"] > 0
    assert found["taylorseer, one of 2"]["s_a_step"] > 0
    assert found["few steps"]["steps"] == 4
    assert "not run" in found["attention flash"]
    known = name == "vace"
    assert ("not run" not in found["first-block"]) == known
    assert not pipe.transformer.is_cache_enabled


def test_without_a_gpu_it_says_so(monkeypatch):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert bench.promote_models_figures() == {"not run": "no CUDA device"}
