"""The films that the studio is measured with, in the kernel of the bench's notebook."""

from __future__ import annotations

from typing import Any

__all__ = ["busy_film", "film_of", "watch"]


def film_of(shots: int) -> Any:
    """Return the shipped film, its scenes again and again up to so many shots."""
    import previz as pv

    film = pv.Film.from_screenplay(pv.demo_screenplay()).value
    scenes: list[Any] = []
    while (left := shots - sum(len(scene.shots) for scene in scenes)) > 0:
        scene = film.scenes[len(scenes) % len(film.scenes)]
        scenes.append(_again(scene, len(scenes), most=left))
    return film.changed(scenes=tuple(scenes))


def busy_film() -> Any:
    """Return one shot of a scene of sixty pieces in which five people are."""
    from bench.stage_bench import busy_scene
    from previz.model import Film

    scene, cast = busy_scene(2)
    return Film(title="Busy", characters=cast, scenes=(scene,))


def watch(film: Any) -> list[tuple[float, ...]]:
    """Return a list to which each finished entry adds where the first camera stands."""
    ends: list[tuple[float, ...]] = []

    def note(change: Any) -> None:
        if not change.open:
            _, shot = change.value.shots[0]
            ends.append(tuple(shot.camera.poses[0].position_m))

    film.session.listen(note)
    return ends


def _again(scene: Any, number: int, *, most: int) -> Any:
    """Return a scene under other names, cut after so many shots."""
    shots = tuple(
        shot.changed(id=f"{shot.id}-{number}", slate=f"{number + 1}{shot.slate[1:]}")
        for shot in scene.shots[:most]
    )
    last = shots[-1]
    return scene.changed(
        id=f"{scene.id}-{number}",
        number=str(number + 1),
        shots=shots,
        length_frames=last.first_frame + last.length_frames,
    )
