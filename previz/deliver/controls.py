"""A shot's control signals as files, for picture models run by other programs."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from previz.controls import (
    CameraTrack,
    DepthRange,
    Footage,
    Keypoints,
    camera_track,
    canny_picture,
    depth_picture,
    depth_range,
    edges_picture,
    exact_flow,
    flow_picture,
    keypoints_of,
    mattes_picture,
    normals_picture,
    openpose_json,
    plucker_rays,
    pose_picture,
    soft_edges_picture,
    still_seen,
)
from previz.deliver.controls_told import manifest, readme
from previz.deliver.cryptomatte import id_of
from previz.deliver.exr import write_exr
from previz.deliver.movie import write_movie
from previz.deliver.png import write_png
from previz.deliver.slate import Slate, camera_attributes, slate_attributes
from previz.errors import FilmFolderError, ModelError, UnknownNameError
from previz.folder import explain_os_error, put_in_place, remove, write_atomic
from previz.render import Buffers
from previz.stage import StageState

__all__ = ["CONTROLS", "Control", "write_controls"]

Control = Literal[
    "exr", "depth", "normal", "edges", "soft_edges", "canny", "mattes", "pose",
    "flow", "rays", "camera", "preview", "first", "last", "references",
]  # fmt: skip
CONTROLS: tuple[Control, ...] = get_args(Control)
"""What can be written, each in a folder or file of its name."""

Report = Callable[[str, int, int], None]
References = Callable[[str], Mapping[str, NDArray[np.uint8]]]
Picture = NDArray[np.uint8]
_MANIFEST = "manifest.json"
_LARGEST_PX = 4096


def write_controls(
    folder: Path,
    footage: Footage,
    *,
    size: tuple[int, int],
    wanted: Collection[str] = CONTROLS,
    references: References | None = None,
    report: Report | None = None,
) -> Path:
    """Write what a picture model can be told of a shot; all of it or nothing appears.

    Args:
        folder: Where; a folder of this function's is replaced, another refused.
        footage: The shot.
        size: Width and height of the pictures in pixels, even.
        wanted: Some of `CONTROLS`.
        references: Pictures of a character by name, by their id.
        report: Told what is done: (note, steps done, steps in all).

    Returns:
        The folder.

    Raises:
        FilmFolderError: If the folder holds other things or cannot be written.
        MissingRuntimeError: If the extra `promote` is not installed.
        ModelError: If the size is none for a movie.
        UnknownNameError: If one of `wanted` is none of `CONTROLS`.
    """
    for name in wanted:
        if name not in CONTROLS:
            raise UnknownNameError("Shot.controls.only", name, CONTROLS)
    if any(side % 2 or not 16 <= side <= _LARGEST_PX for side in size):
        raise ModelError(
            f"Shot.controls.size must be even and 16 to {_LARGEST_PX} px, got "
            f"{size[0]} x {size[1]}. Pass such as (832, 480)."
        )
    part = folder.with_name(f".{folder.name[:40]}.{secrets.token_hex(8)}.part")
    writer = _Writer(part, footage, size, frozenset(wanted), references)
    try:
        _refuse_strangers(folder)
        part.mkdir(parents=True)
        writer.write(report or (lambda note, done, total: None))
        _replace(part, folder)
    except OSError as error:
        raise FilmFolderError(explain_os_error(folder, error)) from None
    finally:
        if part.exists():
            remove(part)
    return folder


def _refuse_strangers(folder: Path) -> None:
    if not folder.exists():
        return
    ours = folder.is_dir() and (folder / _MANIFEST).is_file()
    if not ours and (not folder.is_dir() or any(folder.iterdir())):
        raise FilmFolderError(
            "Shot.controls.folder must be new, empty or of this command, got "
            f"{folder}. Choose another name."
        )


def _replace(part: Path, folder: Path) -> None:
    """Put a finished folder where an older one may lie."""
    if not folder.exists():
        put_in_place(part, folder)
        return
    old = folder.with_name(f".{folder.name[:40]}.{secrets.token_hex(8)}.old.part")
    folder.replace(old)
    try:
        put_in_place(part, folder)
    except OSError:
        old.replace(folder)
        raise
    remove(old)


@dataclass(frozen=True, eq=False)
class _Seen:
    """One frame at the size asked for."""

    footage: Footage
    frame: int
    size: tuple[int, int]

    @cached_property
    def state(self) -> StageState:
        return self.footage.state(self.frame, width_px=self.size[0])

    @cached_property
    def buffers(self) -> Buffers:
        return self.footage.buffers(self.frame, size=self.size)[0]

    @cached_property
    def preview(self) -> Picture:
        return self.footage.preview(self.frame, size=self.size)

    @cached_property
    def people(self) -> tuple[Keypoints, ...]:
        return keypoints_of(self.state, self.footage.film.characters, self.buffers)


class _Writer:
    """Writes one shot's signals into a folder."""

    def __init__(
        self,
        folder: Path,
        footage: Footage,
        size: tuple[int, int],
        wanted: frozenset[str],
        references: References | None,
    ) -> None:
        self._folder, self._footage, self._size = folder, footage, size
        self._wanted, self._references = wanted, references

    def write(self, report: Report) -> None:
        """Write everything, frame by frame."""
        length = self._footage.length_frames
        total = length + 2
        report("distances", 0, total)
        self._make_folders()
        frames = self._frames(report, total)
        if "preview" in self._wanted:
            write_movie(self._folder / "preview.mp4", frames, slate=self._slate)
        for _ in frames:
            pass
        self._write_camera()
        report("camera", length + 1, total)
        self._write_references()
        self._tell()
        report("references", total, total)

    def _frames(self, report: Report, total: int) -> Iterator[Picture]:
        """Write frame after frame and yield its preview, if that is wanted."""
        length = self._footage.length_frames
        for frame in range(length):
            seen = self._see(frame)
            self._write_frame(seen)
            for name, at in (("first", 0), ("last", length - 1)):
                if name in self._wanted and frame == at:
                    write_png(self._folder / f"{name}.png", seen.preview)
            report(f"frame {frame + 1} of {length}", frame + 1, total)
            if "preview" in self._wanted:
                yield seen.preview

    def _make_folders(self) -> None:
        for name in self._wanted - {"camera", "first", "last"}:
            (self._folder / name).mkdir()

    def _see(self, frame: int) -> _Seen:
        return _Seen(self._footage, frame, self._size)

    @cached_property
    def _spread(self) -> DepthRange:
        """What is white and black in depth, of the whole shot."""
        frames = range(self._footage.length_frames)
        return depth_range(self._see(frame).buffers.depth_m for frame in frames)

    @cached_property
    def _slate(self) -> Slate:
        footage = self._footage
        first = sum(
            scene.length_frames
            for scene in footage.film.scenes[: footage.film.scenes.index(footage.scene)]
        )
        return Slate(
            film=footage.film.title, shot=footage.shot.slate, take="controls",
            rate=footage.film.rate, first_frame=first + footage.shot.first_frame,
        )  # fmt: skip

    def _write_frame(self, seen: _Seen) -> None:
        for name, draw in self._pictures(seen).items():
            if name in self._wanted:
                write_png(self._place(name, seen.frame, ".png"), draw())
        if "pose" in self._wanted:
            text = json.dumps(openpose_json(seen.people))
            write_atomic(self._place("pose", seen.frame, ".json"), text)
        flows = self._flows(seen.frame) if self._wanted & {"flow", "exr"} else None
        if "flow" in self._wanted and flows is not None:
            flow, back = flows
            write_png(self._place("flow", seen.frame, ".png"), flow_picture(flow))
            np.savez_compressed(
                self._place("flow", seen.frame, ".npz"),
                forward_px=flow.astype(np.float32), seen_then=still_seen(flow, back),
            )  # fmt: skip
        if "exr" in self._wanted:
            self._write_exr(seen, None if flows is None else flows[0])

    def _pictures(self, seen: _Seen) -> dict[str, Callable[[], Picture]]:
        buffers, camera = seen.buffers, seen.state.camera
        return {
            "depth": lambda: depth_picture(buffers.depth_m, self._spread),
            "normal": lambda: normals_picture(buffers, camera.world_from_camera),
            "edges": lambda: edges_picture(buffers),
            "soft_edges": lambda: soft_edges_picture(buffers),
            "mattes": lambda: mattes_picture(buffers),
            "pose": lambda: pose_picture(seen.people, size=self._size),
            "canny": lambda: canny_picture(seen.preview),
            "preview": lambda: seen.preview,
        }

    def _flows(self, frame: int) -> tuple[NDArray[np.float32], NDArray[Any]] | None:
        """Return the way to the next frame and back; None from the last one."""
        if frame + 1 >= self._footage.length_frames:
            return None
        ends = ((frame, frame + 1), (frame + 1, frame))
        flow, back = (
            exact_flow(self._footage, a, to_frame=b, size=self._size) for a, b in ends
        )
        return flow, back

    def _place(self, name: str, frame: int, suffix: str) -> Path:
        return self._folder / name / f"{frame:06d}{suffix}"

    def _write_exr(self, seen: _Seen, flow: NDArray[np.float32] | None) -> None:
        buffers, state = seen.buffers, seen.state
        names = self._footage.stage.object_names
        known = {number: id_of(name) for number, name in names.items()}
        numbers, rows = np.unique(buffers.object_id, return_inverse=True)
        ids = np.array([known.get(int(n), 0) for n in numbers], np.uint32)
        owner = ids[rows.reshape(buffers.object_id.shape)][..., None]
        layers: dict[str, NDArray[Any]] = {
            "depth": buffers.depth_m,
            "normal": buffers.normal_world,
            "albedo": buffers.base_color,
            "motion": np.zeros_like(buffers.motion_px) if flow is None else flow,
            "ids": owner,
            "coverage": (owner > 0).astype(np.float32),
        }
        write_exr(
            self._place("exr", seen.frame, ".exr"),
            buffers.base_color,
            layers=layers,
            names=sorted(set(names.values())),
            attributes={
                **slate_attributes(self._slate, seen.frame),
                **camera_attributes(state.camera),
            },
        )

    def _track(self) -> CameraTrack:
        frames = range(self._footage.length_frames)
        cameras = [
            self._footage.state(frame, width_px=self._size[0]).camera
            for frame in frames
        ]
        width, height = self._size
        return camera_track(cameras, width_px=width, height_px=height)

    def _write_camera(self) -> None:
        if not self._wanted & {"camera", "rays"}:
            return
        track = self._track()
        if "camera" in self._wanted:
            np.savez(
                self._folder / "camera.npz",
                world_from_camera_opencv=track.world_from_camera,
                world_from_camera_opengl=track.world_from_camera_gl,
                intrinsics_px=track.intrinsics_px,
                matrices_px=track.matrices_px(),
                size_px=np.array(self._size),
                rate_fps=np.array(float(self._footage.film.rate.fraction)),
            )
        if "rays" in self._wanted:
            width, height = self._size
            for frame in range(len(track.intrinsics_px)):
                # Rays are in the space of the first frame's camera.
                two = CameraTrack(*(values[[0, frame]] for values in track))
                rays = plucker_rays(two, width_px=width, height_px=height)[1]
                np.savez_compressed(
                    self._place("rays", frame, ".npz"), rays=rays.astype(np.float16)
                )

    def _write_references(self) -> None:
        if "references" not in self._wanted or self._references is None:
            return
        for name in self._cast():
            place = self._folder / "references" / name
            place.mkdir()
            for title, picture in self._references(name).items():
                write_png(place / f"{title}.png", picture)

    def _cast(self) -> list[str]:
        """Return who is on the set at some time of the shot."""
        frames = range(0, self._footage.length_frames, 6)
        states = (self._footage.state(n, width_px=self._size[0]) for n in frames)
        return sorted({one.character for state in states for one in state.figures})

    def _tell(self) -> None:
        told = manifest(
            self._footage, size=self._size, wanted=self._wanted,
            spread=self._spread if "depth" in self._wanted else None,
        )  # fmt: skip
        text = json.dumps(told, indent=1, ensure_ascii=False)
        write_atomic(self._folder / _MANIFEST, text + "\n")
        write_atomic(self._folder / "README.md", readme(told))
