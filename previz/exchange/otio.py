"""The cut as OpenTimelineIO, frame for frame the animatic.

One video track, one clip a shot. Each clip's source range is measured in the animatic
from its first frame, which is 0. Source: OpenTimelineIO, docs/tutorials/time-ranges.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import opentimelineio as otio

from previz.folder import write_atomic
from previz.model import Beat, ElementKind, Film, Scene, Shot

__all__ = ["cut_timeline", "write_otio"]

_NAMESPACE = "previz"
_SPOKEN = (ElementKind.DIALOGUE, ElementKind.LYRIC)


def write_otio(film: Film, path: Path, *, media: str) -> None:
    """Write the cut as an .otio file.

    Args:
        film: The film.
        path: The file; it appears whole or not at all.
        media: The animatic, as a path relative to the file.

    Raises:
        FilmFolderError: If the file cannot be written.
    """
    text = otio.adapters.write_to_string(cut_timeline(film, media=media), "otio_json")
    write_atomic(path, text)


def cut_timeline(film: Film, *, media: str) -> otio.schema.Timeline:
    """Return the cut as an OpenTimelineIO timeline.

    Args:
        film: The film.
        media: The animatic, as a path relative to where the timeline will be kept.
    """
    cut = otio.schema.Timeline(name=film.title)
    cut.global_start_time = _time(film, 0)
    cut.metadata[_NAMESPACE] = {
        "title": film.title,
        "author": film.author,
        "source": film.source,
        "rate": [film.rate.numerator, film.rate.denominator],
        "length_frames": film.length_frames,
    }
    track = otio.schema.Track(name="V1", kind=otio.schema.TrackKind.Video)
    at = 0
    for scene in film.scenes:
        for shot in scene.shots:
            track.append(_clip(film, scene, shot, at, media))
            at += shot.length_frames
    cut.tracks.append(track)
    return cut


def _clip(
    film: Film, scene: Scene, shot: Shot, record_frame: int, media: str
) -> otio.schema.Clip:
    clip = otio.schema.Clip(
        name=shot.slate,
        media_reference=otio.schema.ExternalReference(
            target_url=media, available_range=_range(film, 0, film.length_frames)
        ),
        source_range=_range(film, record_frame, shot.length_frames),
        metadata={_NAMESPACE: _metadata(film, scene, shot)},
    )
    if shot.first_frame == 0:
        clip.markers.append(
            otio.schema.Marker(
                name=f"{scene.number} {scene.slugline.text}",
                marked_range=_range(film, record_frame, 1),
                color=otio.schema.MarkerColor.GREEN,
                metadata={_NAMESPACE: {"kind": "scene", "scene": scene.number}},
            )
        )
    for beat in scene.beats:
        start = beat.start_frame - shot.first_frame
        if beat.element.kind in _SPOKEN and 0 <= start < shot.length_frames:
            length = min(beat.length_frames, shot.length_frames - start)
            clip.markers.append(_speech(film, beat, record_frame + start, length))
    return clip


def _speech(film: Film, beat: Beat, frame: int, length: int) -> otio.schema.Marker:
    return otio.schema.Marker(
        name=beat.element.character or "speech",
        marked_range=_range(film, frame, length),
        color=otio.schema.MarkerColor.CYAN,
        comment=beat.element.text,
        metadata={
            _NAMESPACE: {
                "kind": "dialogue",
                "character": beat.character,
                "text": beat.element.text,
                "page": beat.element.page,
                "line": beat.element.line,
            }
        },
    )


def _metadata(film: Film, scene: Scene, shot: Shot) -> dict[str, Any]:
    covered = [beat for beat in scene.beats if beat.id in shot.beats]
    first = covered[0].element if covered else scene.slugline
    return {
        "shot": shot.id,
        "slate": shot.slate,
        "scene": scene.number,
        "slugline": scene.slugline.text,
        "coverage": str(shot.coverage),
        "size": str(shot.size),
        "angle": str(shot.angle),
        "move": str(shot.camera.move),
        "focal_length_mm": shot.camera.poses[0].focal_length_mm,
        "lens": shot.camera.lens.model_dump(mode="json"),
        "camera": shot.camera.model_dump(mode="json"),
        "characters": [film.find_character(c).name for c in _people(film, shot)],
        "scene_frame": shot.first_frame,
        "page": first.page,
        "line": first.line,
        "note": shot.note,
    }


def _people(film: Film, shot: Shot) -> list[str]:
    known = {character.id for character in film.characters}
    return [subject for subject in shot.subjects if subject in known]


def _time(film: Film, frame: int) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(frame, float(film.rate.fraction))


def _range(film: Film, start: int, length: int) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(_time(film, start), _time(film, length))
