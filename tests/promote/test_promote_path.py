"""The path backend: what it plans, and frames that stand where the preview's stand."""

import os
import signal
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from previz.controls import SIGNALS, Footage
from previz.deliver import id_of
from previz.errors import (
    MissingRuntimeError,
    PrevizError,
    TraceError,
    UnknownNameError,
)
from previz.model import Medium
from previz.promote import Frozen, Order, Task
from previz.promote.backends import path
from previz.promote.backends.path import SAMPLES, PathBackend
from previz.promote.layers import Drawing, layers_of
from previz.promote.plan import Run
from previz.render import Renderer
from previz.stage import Stage
from previz.trace import Tracer

SIZE = (96, 54)


@pytest.fixture(scope="module")
def film(short_film):
    return short_film(lengths=((5, 7),))


@pytest.fixture(scope="module")
def footage(film):
    return _footage(film)


def _footage(film, medium=Medium.NATURAL):
    scene = film.scenes[0]
    film = film.changed(scenes=(scene,), medium=medium)
    stage = Stage(scene, film.characters, rate=film.rate)

    def renderer_of(size):
        how = {"exposure_ev100": scene.exposure_ev100, "quality": "board"}
        return Renderer(stage, width_px=size[0], height_px=size[1], **how)

    return Footage(film, scene, scene.shots[1], stage, renderer_of)


def task_of(footage, folder, *, wanted=(0,), samples=4, stopped=lambda: False,
            quality="standard", **more):  # fmt: skip
    order = Order(width_px=SIZE[0], height_px=SIZE[1], quality=quality,
                  options={"samples": samples, "variant": "scalar_rgb"})  # fmt: skip
    frozen = Frozen(film=footage.film, shot=footage.shot, order=order, state="0" * 64)
    plan = PathBackend().plan(order, length_frames=5, rate_fps=24.0)
    notes = []
    made = Task(frozen, footage, plan, wanted, lambda frame: None, folder, stopped,
                lambda *told: None, note=notes.append, **more)  # fmt: skip
    return made, notes


@pytest.fixture(scope="module")
def frame(footage, path_tracer, tmp_path_factory):
    task, notes = task_of(footage, tmp_path_factory.mktemp("path"))
    (made,) = PathBackend(lambda variant: path_tracer).frames(task)
    return SimpleNamespace(made=made, notes=notes)


def test_tiers_decide_the_paths_of_a_pixel_and_an_option_overrides_them():
    backend = PathBackend()
    steps = [
        backend.plan(Order(quality=tier), length_frames=3, rate_fps=24.0).steps
        for tier in ("draft", "standard", "final")
    ]
    assert steps == [SAMPLES[x] for x in ("draft", "standard", "final")]
    assert steps == sorted(set(steps))
    told = Order(options={"samples": 7})
    assert backend.plan(told, length_frames=3, rate_fps=24.0).steps == 7


def test_a_plan_names_every_signal_and_one_chunk_a_frame():
    plan = PathBackend().plan(Order(), length_frames=3, rate_fps=24.0)
    assert [use.signal for use in plan.uses] == list(SIGNALS)
    fates = {use.signal: use.fate for use in plan.uses}
    assert (fates["camera"], fates["depth"], fates["prompt"]) == (
        "used", "merged", "dropped",
    )  # fmt: skip
    assert [chunk.first_frame for chunk in plan.chunks] == [0, 1, 2]
    assert plan.shown == plan.made == (960, 540)


def test_a_shot_is_frozen_with_what_a_tracer_is_told(film, footage):
    backend, order = PathBackend(), Order()
    assert backend.told(order, footage) == {}
    inked = backend.told(order, _footage(film, Medium.INK))
    assert inked == {"medium": "ink", "seed": str(film.seed)}
    assert backend.weights(order) == {}
    assert "mitsuba" in backend.versions()


def test_a_plan_foretells_time_from_what_was_measured():
    backend = PathBackend()
    small = backend.plan(Order(quality="draft"), length_frames=2, rate_fps=24.0)
    assert small.forecast.seconds is None
    run = Run("path", small.model, "cpu", work=small.work, seconds=60.0)
    large = backend.plan(Order(), length_frames=6, rate_fps=24.0, runs=(run,))
    # Three times the frames, each at so many times the paths.
    dearer = SAMPLES["standard"] / SAMPLES["draft"]
    assert large.forecast.seconds == pytest.approx(60.0 * 3 * dearer)


def test_runs_of_one_variant_foretell_nothing_of_another(monkeypatch):
    def best(paths):
        if paths > 10**7:
            raise MissingRuntimeError("neither")
        return "llvm_ad_rgb" if paths > 10**6 else "scalar_rgb"

    monkeypatch.setattr(path, "best_variant", best)
    backend, how = PathBackend(), {"length_frames": 2, "rate_fps": 24.0}
    plain = Order(width_px=64, height_px=36, options={"variant": "scalar_rgb"})
    made = backend.plan(plain, **how)
    run = Run("path", made.model, "cpu", work=made.work, seconds=60.0)

    def foretold(width_px, height_px):
        order = Order(width_px=width_px, height_px=height_px)
        return backend.plan(order, **how, runs=(run,)).forecast.seconds

    assert foretold(64, 36) == pytest.approx(60.0)
    assert foretold(320, 180) is None
    assert foretold(1920, 1080) is None


@pytest.mark.parametrize(
    ("options", "named"),
    [({"samples": 0}, "samples"), ({"samples": 2.5}, "samples"),
     ({"variant": "gpu"}, "scalar_rgb"), ({"denoise": 1}, "true or false"),
     ({"spp": 4}, "denoise, grown, samples, variant")],
)  # fmt: skip
def test_options_out_of_range_are_named(options, named):
    with pytest.raises((PrevizError, UnknownNameError), match=named):
        PathBackend().plan(Order(options=options), length_frames=1, rate_fps=24.0)


def test_edges_of_depth_are_where_the_preview_has_them(footage, frame):
    preview = footage.buffers(0, size=SIZE)[0].depth_m
    depth = frame.made.layers["depth"]
    assert np.array_equal(np.isfinite(depth), np.isfinite(preview))
    assert np.array_equal(depth, preview)


def test_traced_edges_agree_with_the_preview(footage, frame):
    """Where the preview sees an outline in the light, the trace sees one."""
    seen = footage.renderer_of(SIZE).linear(footage.state(0, width_px=SIZE[0]))
    best = {
        (dx, dy): _likeness(seen, np.roll(frame.made.picture, (dy, dx), (0, 1)))
        for dx in (-2, -1, 0, 1, 2)
        for dy in (-2, -1, 0, 1, 2)
    }
    assert max(best, key=best.get) == (0, 0)


def _likeness(one, other):
    """Correlation of the steps between neighbours, on log luminance."""
    logs = [np.log(np.maximum(x.mean(axis=2), 1e-3)) for x in (one, other)]
    steps = [np.concatenate([np.diff(x, axis=k)[3:-3, 3:-3].ravel() for k in (0, 1)])
             for x in logs]  # fmt: skip
    return float(np.corrcoef(*steps)[0, 1])


def test_anchors_project_onto_their_mattes_to_a_pixel(footage, frame):
    """Heads are where the camera says: the matte at that pixel is theirs."""
    state = footage.state(0, width_px=SIZE[0])
    ids = frame.made.layers["ids"]
    hit = 0
    for figure in state.figures:
        top = figure.world_from_bone[:, :3, 3]
        places, depth = state.camera.project(
            top.astype(np.float64), width_px=SIZE[0], height_px=SIZE[1]
        )
        number = id_of(figure.character)
        rows, cols = np.nonzero((ids == number).any(axis=2))
        if len(rows) == 0:
            continue
        inside = (depth > 0) & (places >= 1).all(axis=1)
        inside &= (places < np.array(SIZE) - 1).all(axis=1)
        for x, y in places[inside]:
            gaps = np.hypot(cols + 0.5 - x, rows + 0.5 - y)
            hit += gaps.min() <= 1.0
        assert hit >= 0.9 * inside.sum()
    assert hit > 10


def test_shares_of_a_pixel_add_up_and_fall_by_rank(frame):
    ids, shares = frame.made.layers["ids"], frame.made.layers["coverage"]
    assert (np.diff(shares, axis=2) <= 0).all()
    total = shares.sum(axis=2)
    assert total.max() <= 1.0 + 1e-6
    mixed = (shares[..., 1] > 0).mean()
    assert 0.0 < mixed < 0.6
    assert set(np.unique(ids[shares > 0])) <= {id_of(x) for x in frame.made.names}
    assert (ids[shares == 0] == 0).all()


def test_a_frame_says_how_it_was_shot_and_by_what(frame):
    assert frame.made.camera["tStop"] > 0
    assert frame.notes == ["traced by Mitsuba's scalar_rgb"]
    assert frame.made.is_linear
    assert frame.made.picture.shape == (*SIZE[::-1], 3)
    assert frame.made.layers["alpha"].shape == SIZE[::-1]


def test_a_frame_that_is_promoted_again_is_the_same_to_the_bit(
    footage, frame, path_tracer, tmp_path
):
    task, _ = task_of(footage, tmp_path)
    (again,) = PathBackend(lambda variant: path_tracer).frames(task)
    assert again.picture.tobytes() == frame.made.picture.tobytes()
    layers = {name: each.tobytes() for name, each in again.layers.items()}
    assert layers == {name: x.tobytes() for name, x in frame.made.layers.items()}


def test_motion_says_where_a_pixel_goes(footage):
    now, then = (footage.state(n, width_px=SIZE[0]) for n in (1, 2))
    drawing = Drawing(footage.stage, now, *SIZE)
    motion = layers_of(drawing, names={}, looks=1, following=then)["motion"]
    seen = footage.buffers(1, size=SIZE)[0]
    still = (seen.object_id > 0) & (seen.object_id < 1000)
    rows, cols = np.nonzero(still)
    place, _ = then.camera.project(
        seen.position_world[still].astype(np.float64), width_px=SIZE[0],
        height_px=SIZE[1],
    )  # fmt: skip
    went = place - np.stack([cols, rows], axis=1) - 0.5
    assert np.abs(went).max() > 0.01
    assert np.allclose(motion[still], went, atol=5e-3)


def test_mattes_are_as_soft_as_the_lens_makes_them(footage):
    state = footage.state(0, width_px=SIZE[0])

    def soft(camera):
        drawing = Drawing(footage.stage, replace(state, camera=camera), *SIZE)
        return (layers_of(drawing, names={}, looks=16)["coverage"][..., 1] > 0).mean()

    camera = state.camera
    sharp = camera.look.changed(depth_of_field=False, motion_blur=False)
    wide = camera.look.changed(depth_of_field=True, motion_blur=False)
    open_wide = replace(camera, look=wide, t_stop=0.7, focus_distance_m=0.6)
    assert soft(open_wide) > 1.5 * soft(replace(camera, look=sharp))


def test_a_tracer_that_dies_once_is_started_again(footage, tmp_path):
    mortal, asked = Tracer("scalar_rgb"), []
    real = mortal._started

    def started():
        worker = real()
        if not asked:
            os.kill(worker.pid, signal.SIGKILL)
        asked.append(worker.pid)
        return worker

    mortal._started = started
    task, notes = task_of(footage, tmp_path, samples=1)
    (made,) = PathBackend(lambda variant: mortal).frames(task)
    mortal.close()
    assert np.isfinite(made.picture).all()
    assert "frame 0 was traced again" in notes[1]


def test_a_tracer_that_dies_twice_names_the_frame(footage, tmp_path):
    class Dead:
        runtime = SimpleNamespace(variant="scalar_rgb")

        def layers(self, order, *, stopped):
            raise TraceError("trace must end with a picture, got a process that ended")

    task, _ = task_of(footage, tmp_path, wanted=(3,))
    with pytest.raises(TraceError, match=r"frame 3 must be traced in two tries"):
        list(PathBackend(lambda variant: Dead()).frames(task))


def test_a_draft_is_spared_what_a_final_is_not(footage, tmp_path):
    asked = {}
    for tier in ("draft", "final"):

        class Asked:
            runtime = SimpleNamespace(variant="scalar_rgb")

            def layers(self, order, *, stopped, tier=tier):
                asked[tier] = order.care
                raise TraceError("trace must end with a picture, got none")

        task, _ = task_of(footage, tmp_path, quality=tier)
        with pytest.raises(TraceError):
            list(PathBackend(lambda variant, made=Asked: made()).frames(task))
    assert asked["draft"].roulette < asked["final"].roulette
    assert asked["draft"].denoiser != asked["final"].denoiser
    assert asked["final"].looks == 0


def test_a_stop_is_no_failure_and_is_not_tried_again(footage, tmp_path):
    tries = []

    class Stopped:
        runtime = SimpleNamespace(variant="scalar_rgb")

        def layers(self, order, *, stopped):
            tries.append(stopped())
            raise TraceError("trace must end with a picture, got a stop")

    task, _ = task_of(footage, tmp_path, stopped=lambda: True)
    with pytest.raises(TraceError, match="stop"):
        list(PathBackend(lambda variant: Stopped()).frames(task))
    assert tries == [True]


def test_a_drawn_shot_is_drawn_from_traced_light(film, path_tracer, tmp_path):
    for medium in (Medium.INK, Medium.CLAY):
        task, _ = task_of(_footage(film, medium), tmp_path, samples=1)
        (made,) = PathBackend(lambda variant: path_tracer).frames(task)
        assert made.picture.dtype == np.uint8
        assert 20 < made.picture.mean() < 250
