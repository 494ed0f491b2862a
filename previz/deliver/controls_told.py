"""What a folder of control signals says of itself: conventions, sizes, names."""

from __future__ import annotations

import math
from typing import Any

from previz.controls import BODY_POINTS, DepthRange, Footage

__all__ = ["manifest", "readme"]

_WHAT: dict[str, str] = {
    "exr": "exr/NNNNNN.exr: metric and lossless, linear. RGB is base colour without "
    "light (linear Rec.709, half); Z metres along the camera's axis (float, infinite "
    "in the sky); N world normals; forward.u/.v pixels to the next frame, right and UP "
    "(float; 0 on the last frame); CryptoObject ids with their manifest.",
    "depth": "depth/NNNNNN.png: inverse depth as monocular estimators give it, near "
    "is white, one range for the whole shot (see depth_range).",
    "normal": "normal/NNNNNN.png: normals seen from the camera: red right, green up, "
    "blue towards the viewer; 0 to 255 is -1 to 1.",
    "edges": "edges/NNNNNN.png: exact lines a pixel wide: objects, creases, colours.",
    "soft_edges": "soft_edges/NNNNNN.png: the same with soft flanks, for HED or "
    "PiDiNet models.",
    "canny": "canny/NNNNNN.png: the Canny detector on the preview (100, 200).",
    "mattes": "mattes/NNNNNN.png: one flat colour for each object (see objects).",
    "pose": "pose/NNNNNN.png and .json: OpenPose, 18 body points (COCO) and 70 of the "
    "face, exact from bones; hands are left out. In the JSON what is not seen is "
    "0, 0, 0.",
    "flow": "flow/NNNNNN.npz: forward_px, shape (h, w, 2), pixels right and DOWN to "
    "the next frame; seen_then, which pixels are seen there too. The .png shows it on "
    "Baker's colour wheel. None for the last frame.",
    "rays": "rays/NNNNNN.npz: Plücker's rays, shape (h, w, 6): moment o x d, direction "
    "d, in the space of the first frame's camera (OpenCV axes), float16.",
    "camera": "camera.npz: world_from_camera_opencv (x right, y down, looks along +z) "
    "and world_from_camera_opengl (x right, y up, looks along -z; Blender, USD), both "
    "camera-to-world, (n, 4, 4), metres, y up in the world; intrinsics_px (fx, fy, cx, "
    "cy) and matrices_px, from the top left corner, pixel centres at .5.",
    "preview": "preview/NNNNNN.png and preview.mp4: the preview at this size, sRGB.",
    "first": "first.png: the preview's first frame.",
    "last": "last.png: the preview's last frame.",
    "references": "references/CHARACTER/*.png: each character turned all the way "
    "round, and their face, in soft light before grey.",
}


def manifest(
    footage: Footage,
    *,
    size: tuple[int, int],
    wanted: frozenset[str],
    spread: DepthRange | None,
) -> dict[str, Any]:
    """Return what a program has to know to read the folder; plain JSON.

    Args:
        footage: The shot.
        size: Width and height of the pictures.
        wanted: What was written.
        spread: What depth's grey means, if it was written.
    """
    film, shot = footage.film, footage.shot
    distortion = max(
        abs(footage.state(n, width_px=size[0]).camera.look.distortion)
        for n in {0, footage.length_frames - 1}
    )
    names = footage.stage.object_names
    return {
        "schema": "previz-controls/1",
        "film": film.title,
        "shot": shot.slate,
        "frames": footage.length_frames,
        "first_frame": 0,
        "rate": [film.rate.numerator, film.rate.denominator],
        "size_px": list(size),
        "prompt": footage.prompt,
        "seed": film.seed,
        "world": "right-handed, y up, metres",
        "lens": {
            "distortion": distortion,
            "told": "Signals are a pinhole's; the preview and canny show the lens too.",
        },
        "depth_range_m": None
        if spread is None
        else [spread.near_m, spread.far_m if math.isfinite(spread.far_m) else None],
        "body_points": list(BODY_POINTS),
        "objects": {str(number): name for number, name in sorted(names.items())},
        "signals": {name: text for name, text in _WHAT.items() if name in wanted},
    }


def readme(told: dict[str, Any]) -> str:
    """Return a manifest as text for people.

    Args:
        told: From `manifest`.
    """
    width, height = told["size_px"]
    rate = told["rate"][0] / told["rate"][1]
    lines = [
        f"# {told['film']}, shot {told['shot']}: control signals",
        "",
        f"{told['frames']} frames of {width} × {height} at {rate:g} frames a second, "
        "numbered from 000000.",
        f"Prompt: {told['prompt']}",
        "",
        *(f"- {text}" for text in told["signals"].values()),
        "",
        "In ComfyUI, load a folder of PNG with a node that loads image sequences "
        "(VideoHelperSuite's Load Images) and hand it to the model's control input as "
        "it is: no preprocessor, these are what preprocessors estimate. Depth fits "
        "depth ControlNets and VACE, pose fits OpenPose models, first and last fit "
        "models that take keyframes.",
        f"{told['lens']['told']} The lens's distortion is "
        f"{told['lens']['distortion']:g}.",
        "",
    ]
    return "\n".join(lines)
