"""Measure what the README claims and write it as JSON: `python -m bench.run`.

Figures are medians with minimum and maximum; the machine is named beside them. They
are not tests: nothing fails when a figure is poor.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.feature import write_feature

RESULTS = Path(__file__).parent / "results.json"


def spread(values: list[float], digits: int = 3) -> dict[str, float]:
    """Return median, minimum, maximum and count of measured values."""
    return {
        "median": round(statistics.median(values), digits),
        "min": round(min(values), digits),
        "max": round(max(values), digits),
        "runs": len(values),
    }


def machine() -> dict[str, Any]:
    """Name the machine and the versions that decide the figures."""
    import numba
    import numpy

    cpu = platform.processor()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                cpu = line.partition(":")[2].strip()
                break
    return {
        "cpu": cpu,
        "cores": len(os.sched_getaffinity(0)),
        "system": platform.platform(),
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "numba": numba.__version__,
        "load_average": [round(value, 2) for value in os.getloadavg()],
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def start_up(runs: int = 7) -> dict[str, Any]:
    """Time `import previz` and `previz --help` as whole processes, in seconds."""

    def timed(command: list[str]) -> list[float]:
        values = []
        for _ in range(runs + 1):
            begun = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            values.append(time.perf_counter() - begun)
        return values[1:]

    python = sys.executable
    bare = statistics.median(timed([python, "-c", "pass"]))
    imported = timed([python, "-c", "import previz"])
    return {
        "goal_s": {"import": 0.5, "help": 0.7},
        "import_s": spread([value - bare for value in imported]),
        "import_with_python_s": spread(imported),
        "help_s": spread(timed([python, "-m", "previz", "--help"])),
    }


def film_chain() -> dict[str, Any]:
    """Time the shipped film from screenplay to report at 640×360.

    A short scene first compiles the kernels; the film is long enough to be timed once.
    """
    import previz as pv

    def once(film: pv.Film, size: tuple[int, int]) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            film.animatic(Path(scratch) / "film", size=size)

    once(pv.Film.from_text("INT. BAR - NIGHT\n\nANN sits.\n\nANN\nNow.\n"), (64, 36))
    begun = time.perf_counter()
    film = pv.Film.from_screenplay(pv.demo_screenplay())
    once(film, (640, 360))
    seconds = time.perf_counter() - begun
    frames = film.value.length_frames
    return {
        "goal_fps": 24,
        "size": "640x360",
        "frames": frames,
        "wall_s": round(seconds, 1),
        "fps": round(frames / seconds, 1),
        "runs": 1,
    }


def pictures() -> dict[str, Any]:
    """Time buffers, pictures and light after a lamp moved, one thread, in ms."""
    from bench.render_bench import buffers_ms, picture_ms, relight_ms

    return {
        "goal_ms": {"buffers 256x144": 8, "relight converged": 600},
        "relight_ms": relight_ms(256, 144),
        "buffers_ms": {
            "256x144": buffers_ms(256, 144),
            "384x216": buffers_ms(384, 216),
        },
        "picture_ms": {
            "256x144": picture_ms(256, 144),
            "640x360": picture_ms(640, 360),
        },
    }


def camera() -> dict[str, Any]:
    """Time the camera of a shot with 40 keys; measure how true its solvers are."""
    from bench.camera_bench import figures

    return {
        "goal": {
            "frame_ms": 0.2,
            "handheld_hour_s": 1.0,
            "dolly_zoom_size_error": 5e-3,
        },
        **{
            name: spread(value) if isinstance(value, list) else float(f"{value:.3g}")
            for name, value in figures().items()
        },
    }


def things() -> dict[str, Any]:
    """Measure how true things that fall stay, of eight kinds thrown twice each."""
    from bench.props_bench import figures

    return {
        "goal": {"deepest_at_rest_mm": 5, "energy_won": 0.03},
        **{name: float(f"{value:.3g}") for name, value in figures().items()},
    }


def stage() -> dict[str, Any]:
    """Time a busy scene in which three act, in milliseconds, and fifty extras."""
    from bench.stage_bench import stage_figures

    return stage_figures()


def acting() -> dict[str, Any]:
    """Measure joints, self-intersection, feet and contact of all that people do."""
    from previz.gallery.acting_report import acting_report, contact_report

    rows, touched = acting_report(), contact_report()
    worst = max(rows, key=lambda row: row.past_deg)
    deepest = max(rows, key=lambda row: row.self_depth_m)
    missed = max(touched, key=lambda name: touched[name])
    return {
        "goal": {"past_deg": 5, "self_depth_m": 0.03, "slide_m": 0.01, "miss_m": 0.05},
        "plays": len(rows),
        "bodies": "a child of 1.28 m and an adult of 1.94 m",
        "past_deg": round(worst.past_deg, 2),
        "past": f"{worst.name}, {worst.body}, {worst.joint}".rstrip(", "),
        "self_depth_m": round(deepest.self_depth_m, 4),
        "deepest": f"{deepest.name}, {deepest.body}",
        "slide_m": round(max(row.slide_m for row in rows), 5),
        "contact_miss_m": round(touched[missed], 4),
        "missed": missed,
    }


def lens() -> dict[str, Any]:
    """Time the lens effects and whole pictures with them, in milliseconds."""
    from bench.lens_bench import effects_ms, whole_ms

    return {
        "goal_ms": {"usual 256x144": 6},
        "usual": "depth of field, vignette, distortion, grain on a close-up at T2",
        "effects_ms": {
            "256x144": effects_ms(256, 144),
            "640x360": effects_ms(640, 360),
        },
        "picture_ms": {
            "256x144": whole_ms(256, 144),
            "640x360": whole_ms(640, 360),
        },
    }


def looks() -> dict[str, Any]:
    """Measure the looks and the anchored noise: time, flicker, steadiness."""
    from bench.looks_bench import looks_figures

    goals = {"draw_ms 256x144": 15, "noise_ms 256x144": 1.5, "flicker": 0}
    return {"goal": goals, **looks_figures(256, 144)}


def references() -> dict[str, Any]:
    """Trace the truth that the generator's pictures are measured by, once."""
    from bench.held_out import trace_references
    from bench.reseed import traced_reseed

    return {**trace_references(), "reseeded": bool(traced_reseed())}


def generator() -> dict[str, Any]:
    """Time the generated preview, in milliseconds, and measure its pictures."""
    from bench.generator_bench import generator_figures
    from bench.quality_bench import quality_figures

    return {
        "goal": {
            "chain_ms 256x144": {"p50": 33, "p95": 50},
            "chain_ms 384x216": {"p50": 60},
            "net_ms 256x144": 10,
            "all": {"psnr_db": 31.5, "flip": 0.085, "each_kind_db": 30},
            "network_adds_db": 1,
            "rivals": "better FLIP than each at equal wall time",
            "warp_over_reference": 1.3,
            "flicker": 1,
            "reseed_share_outside": 0.01,
            "orbit": 0.8,
            "detail": 0.8,
            "light_moved_s": {"first": 0.6, "converged": 2},
        },
        "256x144": generator_figures(256, 144),
        "384x216": generator_figures(384, 216),
        "quality": quality_figures(),
    }


_FEATURE = """
import json, resource, sys, time
from pathlib import Path
from previz.direct import direct
from previz.report import board_pictures
from previz.script import parse_fountain
text = Path(sys.argv[1]).read_text()
marks = [time.perf_counter()]
play = parse_fountain(text); marks.append(time.perf_counter())
film = direct(play); marks.append(time.perf_counter())
board_pictures(film, width_px=256, height_px=144); marks.append(time.perf_counter())
print(json.dumps({
    "pages": play.pages, "scenes": len(film.scenes), "shots": len(film.shots),
    "parse_s": round(marks[1] - marks[0], 2),
    "direct_s": round(marks[2] - marks[1], 2),
    "boards_s": round(marks[3] - marks[2], 2),
    "total_s": round(marks[3] - marks[0], 2),
    "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}))
"""


def feature(pages: tuple[int, ...] = (30, 120)) -> dict[str, Any]:
    """Parse, direct and board synthetic features; report how the cost grows."""
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for count in pages:
            script = Path(scratch) / "feature.fountain"
            script.write_text(write_feature(count, seed=1))
            done = subprocess.run(
                [sys.executable, "-c", _FEATURE, str(script)],
                check=True,
                capture_output=True,
                text=True,
            )
            rows.append(json.loads(done.stdout.splitlines()[-1]))
    first, last = rows[0], rows[-1]
    exponent = math.log(last["total_s"] / first["total_s"]) / math.log(
        last["pages"] / first["pages"]
    )
    return {
        "goal": {"total_s": 60, "peak_memory_mib": 2048, "exponent": 1.0},
        "runs": rows,
        "exponent": round(exponent, 2),
    }


def traced() -> dict[str, Any]:
    """Time path-traced frames by variant, in seconds, and measure their PSNR."""
    from bench.trace_bench import figures

    return figures()


def promote_engines() -> dict[str, Any]:
    """Time a second kernel to its first frame, and Dask with one and two workers."""
    from bench.promote_engines import promote_engines_figures

    figures: dict[str, Any] = promote_engines_figures()
    return figures


def promote_path() -> dict[str, Any]:
    """Time promoted frames by variant; measure error, flicker and Cycles beside."""
    from bench.promote_path import promote_path_figures

    figures: dict[str, Any] = promote_path_figures()
    return figures


def promote() -> dict[str, Any]:
    """Measure promotion's own cost, a queue of 1,000 jobs, and 200 killed workers."""
    from bench.promote_bench import promote_figures

    goal = {"orchestration share": 0.02, "queue_s": 0.5, "kills": 200, "lost": 0}
    return {"goal": goal, **promote_figures()}


def adherence() -> dict[str, Any]:
    """Measure takes that are true to their shot, and some that are not."""
    from bench.adherence_bench import figures

    return figures()


def studio() -> dict[str, Any]:
    """Time the studio in a real JupyterLab and Chromium that draws in software."""
    from bench.studio import studio_figures

    return studio_figures()


def studio_kernel() -> dict[str, Any]:
    """Time the studio's kernel alone, as where the browser is on another machine."""
    from bench.studio_kernel import studio_kernel_figures

    return studio_kernel_figures()


def studio_long_use() -> dict[str, Any]:
    """Drag in the studio a thousand times: what is lost, and does memory grow?"""
    from bench.studio import long_use_figures

    return long_use_figures()


def promote_models() -> dict[str, Any]:
    """Time video models at true size with random weights, where CUDA is."""
    from bench.promote_models import promote_models_figures

    return promote_models_figures()


PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "start_up": start_up,
    "pictures": pictures,
    "lens": lens,
    "looks": looks,
    "references": references,
    "generator": generator,
    "camera": camera,
    "things": things,
    "stage": stage,
    "acting": acting,
    "studio": studio,
    "studio-kernel": studio_kernel,
    "studio-long-use": studio_long_use,
    "film_chain": film_chain,
    "feature": feature,
    "trace": traced,
    "promote": promote,
    "promote-engines": promote_engines,
    "adherence": adherence,
    "promote-path": promote_path,
    "promote-models": promote_models,
}


def main() -> None:
    """Run all parts, or those named, and write the results."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], default=[])
    names = parser.parse_args().parts or list(PARTS)
    results = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}
    results["machine"] = machine()
    for name in names:
        sys.stderr.write(f"{name} …\n")
        # More than a little of it, and others worked beside: times are too long.
        before = round(os.getloadavg()[0], 2)
        results[name] = PARTS[name]() | {"load_average_before": before}
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    sys.stdout.write(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
