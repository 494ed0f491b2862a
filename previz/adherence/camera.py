"""Whether a take was filmed by the shot's camera: solved from its pictures.

The shot knows how far away everything is that its preview shows. What is found again
in the take's picture therefore says where the take's camera stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from previz.adherence.compared import Compared
from previz.adherence.matching import matched
from previz.adherence.solving import Solved, solved
from previz.stage import FIGURE_OBJECT_BASE

__all__ = ["CameraFit", "camera_fit", "solve_frame"]

_CV_FROM_GL = np.diag([1.0, -1.0, -1.0, 1.0])
_STEADY_M = 0.02
"""A camera that travels less stands still: its path has no scale."""
_EVEN = 0.04
"""How much depth may change, as a share, round a place that is lifted."""
_FEW = 60
_OF_PEOPLE = 0.35
"""Over what share of either side places must be spread that are mostly people's: what a
face alone tells of the corners of a picture is little."""


@dataclass(frozen=True)
class CameraFit:
    """How a take's camera compares with the shot's; None is what cannot be told.

    Attributes:
        registered: Share of the frames whose camera was found.
        framing_pct: How far things lie from where they should, in hundredths of the
            picture's width: median over frames.
        turned_deg: Median angle between both cameras.
        away_m: Median distance between both cameras.
        focal_pct: Median error of the focal length.
        rot_err_rad: RotErr, summed over the frames that were looked at.
        rot_err_frame_deg: The same a frame.
        trans_err: TransErr, summed likewise; None where the camera stands still.
        cam_mc: CamMC, summed likewise; None where the camera stands still.
        by_frame: How far the framing is off in each frame; None where the camera was
            not found.
    """

    registered: float
    framing_pct: float | None = None
    turned_deg: float | None = None
    away_m: float | None = None
    focal_pct: float | None = None
    rot_err_rad: float | None = None
    rot_err_frame_deg: float | None = None
    trans_err: float | None = None
    cam_mc: float | None = None
    by_frame: Mapping[int, float | None] = field(default_factory=dict)


def camera_fit(frames: Sequence[Compared]) -> CameraFit:
    """Solve a take's camera at some frames and compare its path with the shot's.

    RotErr, TransErr and CamMC are those of CameraCtrl and MotionCtrl: poses relative
    to the first frame, translation over its largest norm.

    Args:
        frames: In order.
    """
    found = [(one, solve_frame(one)) for one in frames]
    good = [(one, fit) for one, fit in found if fit is not None]
    registered = len(good) / len(found) if found else 0.0
    framing = {
        one.frame: None if fit is None else _framing(one, fit) for one, fit in found
    }
    if not good:
        return CameraFit(registered, by_frame=framing)
    wanted = np.array([_pose(one) for one, _ in good])
    got = np.array([np.linalg.inv(fit.camera_from_world) for _, fit in good])
    turned = [_angle(a[:3, :3].T @ b[:3, :3]) for a, b in zip(wanted, got, strict=True)]
    zoom = [fit.focal_share for _, fit in good if fit.focal_share is not None]
    along = _along(wanted, got) if len(good) > 1 else (None, None, None)
    return CameraFit(
        registered=registered,
        framing_pct=float(np.median([x for x in framing.values() if x is not None])),
        turned_deg=float(np.degrees(np.median(turned))),
        away_m=float(
            np.median(np.linalg.norm(wanted[:, :3, 3] - got[:, :3, 3], axis=1))
        ),
        focal_pct=float(100 * np.median(np.abs(np.array(zoom) - 1))) if zoom else None,
        rot_err_rad=along[0],
        rot_err_frame_deg=None
        if along[0] is None
        else float(np.degrees(along[0]) / (len(good) - 1)),
        trans_err=along[1],
        cam_mc=along[2],
        by_frame=framing,
    )


def solve_frame(one: Compared) -> Solved | None:
    """Return the camera that took a take's frame, or None if it cannot be told.

    By the set alone where enough of it is found: people move as they like, and are
    believed only where they are all over the picture.
    """
    pairs = matched(one.preview, one.take)
    points, still, there = _lifted(one, pairs.here_px, pairs.there_px)
    if still.sum() >= _FEW:
        fit = solved(points[still], there[still], one.camera, size=one.size)
        if fit is not None:
            return fit
    return solved(points, there, one.camera, size=one.size, least_span=_OF_PEOPLE)


def _lifted(
    one: Compared, here_px: NDArray[np.float64], there_px: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Return world points of places, whether they stand still, and where they went.

    Places at an edge of depth are left out: to what they belong is not sure.
    """
    width, height = one.size
    straight = one.straightened(here_px)
    cols = np.clip(straight[:, 0].astype(np.intp), 1, max(width - 2, 1))
    rows = np.clip(straight[:, 1].astype(np.intp), 1, max(height - 2, 1))
    depth = one.buffers.depth_m
    around = np.stack(
        [depth[rows + a, cols + b] for a in (-1, 0, 1) for b in (-1, 0, 1)]
    )
    with np.errstate(invalid="ignore"):
        even = np.ptp(around, axis=0) < _EVEN * around[4]
    kept = even & np.isfinite(around[4])
    rows, cols = rows[kept], cols[kept]
    points = one.camera.unproject(
        straight[kept], depth[rows, cols].astype(np.float64),
        width_px=width, height_px=height,
    )  # fmt: skip
    still = one.buffers.object_id[rows, cols] < FIGURE_OBJECT_BASE
    return points, still, one.straightened(there_px[kept])


def _pose(one: Compared) -> NDArray[np.float64]:
    return np.asarray(one.camera.world_from_camera @ _CV_FROM_GL)


def _angle(turn: NDArray[np.float64]) -> float:
    return float(np.arccos(np.clip((np.trace(turn) - 1.0) / 2.0, -1.0, 1.0)))


def _along(
    wanted: NDArray[np.float64], got: NDArray[np.float64]
) -> tuple[float, float | None, float | None]:
    """Return RotErr, TransErr and CamMC of two paths, shape (n, 4, 4) each."""
    first = [np.linalg.inv(poses[0]) @ poses for poses in (wanted, got)]
    turned = sum(_angle(a[:3, :3].T @ b[:3, :3]) for a, b in zip(*first, strict=True))
    longest = float(np.linalg.norm(first[0][:, :3, 3], axis=1).max())
    if longest < _STEADY_M:
        return turned, None, None
    scaled = []
    for poses in first:
        one = poses[:, :3, :].copy()
        one[..., 3] /= longest
        scaled.append(one)
    gap = scaled[0] - scaled[1]
    moved = float(np.linalg.norm(gap[..., 3], axis=1).sum())
    return turned, moved, float(np.linalg.norm(gap, axis=(1, 2)).sum())


def _framing(one: Compared, fit: Solved) -> float:
    """Return how far what is seen lies from where it should, % of the width."""
    width, height = one.size
    rows, cols = np.mgrid[4:height:12, 4:width:12]
    rows, cols = rows.ravel(), cols.ravel()
    seen = np.isfinite(one.buffers.depth_m[rows, cols])
    rows, cols = rows[seen], cols[seen]
    points = one.buffers.position_world[rows, cols].astype(np.float64)
    local = points @ fit.camera_from_world[:3, :3].T + fit.camera_from_world[:3, 3]
    ahead = local[:, 2] > 0.05
    if not ahead.any():
        return 100.0
    focal = one.camera.focal_px(width, height)[0]
    there = focal * local[ahead, :2] / local[ahead, 2:]
    there += one.camera.axis_px(width, height)
    expected = np.stack([cols[ahead], rows[ahead]], axis=1) + 0.5
    off = np.linalg.norm(there - expected, axis=1)
    return float(min(100 * np.median(off) / width, 100.0))
