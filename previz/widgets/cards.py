"""The film as the studio's lists show it: no sets, no paths."""

from __future__ import annotations

from previz.model import Film, Scene, Shot
from previz.widgets.messages import BeatCard, FilmCard, SceneCard, ShotCard

__all__ = ["ASPECT", "film_card", "scene_card"]

ASPECT = 16 / 9
"""Width over height of previews; a gate of another shape shows more or less height."""


def film_card(film: Film, *, generator: str) -> FilmCard:
    """Return the film without sets and paths.

    Args:
        film: The film.
        generator: What makes its pictures; empty for plain shading.
    """
    return FilmCard(
        title=film.title,
        rate=film.rate,
        length_frames=film.length_frames,
        generator=generator,
        characters=film.characters,
        scenes=tuple(scene_card(film, scene) for scene in film.scenes),
    )


def scene_card(film: Film, scene: Scene) -> SceneCard:
    """Return a scene of the film without its set."""
    names = {character.id: character.name for character in film.characters}
    before = film.scenes[: [s.id for s in film.scenes].index(scene.id)]
    return SceneCard(
        id=scene.id,
        number=scene.number,
        slugline=scene.slugline.text,
        time_of_day=scene.time_of_day,
        interior=scene.set.interior,
        first_frame=sum(shot.length_frames for s in before for shot in s.shots),
        length_frames=scene.length_frames,
        characters=tuple(blocking.character for blocking in scene.blocking),
        beats=tuple(
            BeatCard(
                id=beat.id,
                kind=beat.element.kind,
                character=beat.character,
                name=names.get(beat.character, beat.element.character),
                text=beat.element.text,
                start_frame=beat.start_frame,
                length_frames=beat.length_frames,
            )
            for beat in scene.beats
        ),
        shots=tuple(_shot_card(film, scene, shot) for shot in scene.shots),
    )


def _shot_card(film: Film, scene: Scene, shot: Shot) -> ShotCard:
    camera = shot.camera
    return ShotCard(
        id=shot.id,
        slate=shot.slate,
        first_frame=shot.first_frame,
        length_frames=shot.length_frames,
        coverage=shot.coverage,
        size=shot.size,
        angle=shot.angle,
        subjects=shot.subjects,
        focal_length_mm=camera.poses[0].focal_length_mm,
        t_stop=camera.lens.t_stop,
        move=camera.move,
        aspect=ASPECT,
        medium=film.medium_of(scene, shot),
        status=shot.status,
        notes=shot.notes,
        note=shot.note,
    )
