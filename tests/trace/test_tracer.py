"""The process that traces: same bytes again, faults told, a dead one replaced."""

import os
import signal
import sys
import time
from dataclasses import replace
from pickle import UnpicklingError

import numpy as np
import pytest
import scenes

from previz.errors import (
    MissingRuntimeError,
    ModelError,
    PrevizError,
    TraceError,
    UnknownNameError,
)
from previz.film import Film
from previz.model import Light, LightKind
from previz.trace import Tracer, best_variant, find_runtime, order_of, trace, variant
from previz.trace import tracer as tracer_module
from previz.trace.worker import send


def order(*, samples=4, seed=0, denoise=True, size=(32, 18)):
    lamp = Light(id="l", kind=LightKind.AREA, position_m=(1.0, 2.0, 0.0),
                 intensity=900.0)  # fmt: skip
    parts = [scenes.floor(6.0, height_m=-0.6, matter="brick"),
             scenes.box((0.0, 0.0, -3.0), (0.8,) * 3, matter="wood")]  # fmt: skip
    stage = scenes.stage(scenes.join(parts), lights=[lamp], interior=True)
    return order_of(stage, scenes.state(lights=[lamp]), width_px=size[0],
                    height_px=size[1], samples=samples, seed=seed,
                    denoise=denoise)  # fmt: skip


LONG = order(samples=65_536, size=(256, 144))


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tracer):
    first, again = (tracer.layers(order()) for _ in range(2))
    assert first.light.tobytes() == again.light.tobytes()
    other = tracer.layers(order(seed=1))
    assert first.light.tobytes() != other.light.tobytes()


def test_what_is_kept_of_one_picture_is_not_in_the_next(tracer):
    first = order()
    risen = [replace(x, positions=x.positions + np.float32(0.2)) for x in first.still]
    red = [replace(x, surface=x.surface._replace(color=(0.5, 0.0, 0.0)))
           for x in first.still]  # fmt: skip
    others = [replace(first, still=tuple(x)) for x in (risen, red)]
    made = [tracer.layers(x).light for x in (first, *others, first)]
    assert np.array_equal(made[0], made[3])
    for other in made[1:3]:
        assert not np.array_equal(made[0], other)


def test_denoising_brings_a_trace_nearer_to_the_truth(tracer):
    truth = tracer.layers(order(samples=256, denoise=False)).light
    noisy = tracer.layers(order(denoise=False)).light
    clean = tracer.layers(order()).light
    gap = [float(np.mean((x - truth) ** 2)) for x in (noisy, clean)]
    assert gap[1] < 0.6 * gap[0]
    assert clean.mean() == pytest.approx(truth.mean(), rel=0.1)


def test_a_killed_process_is_told_and_replaced():
    mortal = Tracer("scalar_rgb")
    mortal.layers(order())
    pid = mortal._worker.pid

    def kill():
        os.kill(pid, signal.SIGKILL)
        return False

    with pytest.raises(TraceError, match="trace must end with a picture"):
        mortal.layers(LONG, stopped=kill)
    assert mortal.layers(order()).light.shape == (18, 32, 3)
    mortal.close()


def test_a_process_whose_home_is_gone_ends_at_once():
    orphan = Tracer("scalar_rgb")
    orphan.layers(order())
    worker = orphan._worker
    send(worker.stdin, LONG)
    worker.stdin.close()
    try:
        assert worker.wait(timeout=60) == 0
    finally:
        orphan.close()


@pytest.mark.parametrize("failure", [MemoryError, UnpicklingError])
def test_an_answer_that_cannot_be_read_is_told_and_its_process_ended(
    monkeypatch, failure
):
    def fail(pipe):
        raise failure

    mortal = Tracer("scalar_rgb")
    monkeypatch.setattr(tracer_module, "receive", fail)
    ends = time.monotonic() + 60

    def late():
        assert time.monotonic() < ends, "nobody said that the answer was lost"

    with pytest.raises(TraceError, match=f"got {failure.__name__}"):
        mortal.layers(order(), stopped=late)
    monkeypatch.undo()
    assert mortal._worker is None


def test_a_stopped_trace_ends_at_once():
    mortal, asked = Tracer("scalar_rgb"), []
    with pytest.raises(TraceError, match="stop"):
        # It would take a quarter of an hour.
        mortal.layers(LONG, stopped=lambda: asked.append(1) or len(asked) == 3)
    assert len(asked) == 3
    assert mortal._worker is None


def test_an_interrupted_trace_leaves_no_answer_to_the_next_order():
    mortal = Tracer("scalar_rgb")

    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mortal.layers(LONG, stopped=interrupt)
    assert mortal._worker is None
    assert mortal.layers(order()).light.shape == (18, 32, 3)
    mortal.close()


def test_sizes_and_samples_out_of_range_are_refused():
    for wrong in ({"width_px": 0}, {"height_px": 5000}, {"samples": 0}):
        asked = {"width_px": 32, "height_px": 18, "samples": 4} | wrong
        with pytest.raises(PrevizError, match=rf"trace\.{next(iter(wrong))} must be"):
            trace(None, None, 0, **asked)


def test_a_missing_package_is_named_with_its_extra(monkeypatch):
    monkeypatch.setattr(variant.util, "find_spec", lambda name: None)
    with pytest.raises(MissingRuntimeError, match=r"previz\[path\]"):
        find_runtime()


def test_an_unknown_variant_lists_the_choices():
    with pytest.raises(UnknownNameError, match="scalar_rgb"):
        find_runtime("gpu")


def test_a_library_that_aborts_its_process_is_passed_over(monkeypatch, tmp_path):
    broken = tmp_path / "libLLVM-19.so"
    broken.write_bytes(b"no library")
    monkeypatch.setenv("DRJIT_LIBLLVM_PATH", str(broken))
    with pytest.raises(MissingRuntimeError, match="libllvm19"):
        find_runtime("llvm_ad_rgb")


def test_llvm_is_for_pictures_that_are_worth_compiling(monkeypatch):
    def found(name, library):
        if name not in there:
            raise MissingRuntimeError(f"no {name}")
        return variant.Runtime(name)

    monkeypatch.setattr(variant, "_found", found)
    small, large = 960 * 540 * 64, 1920 * 1080 * 256
    there = {"llvm_ad_rgb"}
    assert best_variant(small) == "scalar_rgb"
    assert best_variant(large) == "llvm_ad_rgb"
    there = {"llvm_ad_rgb", "cuda_ad_rgb"}
    assert best_variant(small) == best_variant(large) == "cuda_ad_rgb"
    there = set()
    assert best_variant(large) == "scalar_rgb"


def test_old_libraries_are_never_tried(monkeypatch, tmp_path):
    folder = tmp_path / "lib"
    folder.mkdir()
    for name in ("-14.so.1", "-16.so", "-18.so", ".so.20.1"):
        (folder / f"libLLVM{name}").touch()
    monkeypatch.setattr(variant, "_PLACES", (str(folder / "libLLVM*.so*"),))
    names = [path.rsplit("/", 1)[1] for path in variant._libraries("")]
    assert names == ["libLLVM.so.20.1", "libLLVM-18.so"]


def test_the_room_loads_neither_mitsuba_nor_the_denoiser():
    assert "mitsuba" not in sys.modules
    assert "pyoidn" not in sys.modules


def test_a_shot_shows_a_traced_frame_from_its_end_too(tracer, short_film):
    shot = Film(short_film()).shots[1]
    how = {"size": (32, 18), "samples": 1, "tracer": tracer}
    last = shot.length_frames - 1
    first, end, same = (shot.trace(n, **how).tobytes() for n in (0, last, -1))
    assert end == same
    assert first != end
    with pytest.raises(ModelError, match=r"Shot\.frame must be"):
        shot.trace(shot.length_frames, **how)
