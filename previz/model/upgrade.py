"""Read films written by older versions: one upgrade function a step."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from previz.errors import ModelError
from previz.model.film import SCHEMA_VERSION, Film

__all__ = ["film_from_json"]


def _rigs(film: dict[str, Any]) -> dict[str, Any]:
    """Version 1 named a support and a move; 2 has a rig and reads the move off."""
    for scene in film.get("scenes", ()):
        for shot in scene.get("shots", ()):
            camera = shot.get("camera", {})
            support = str(camera.pop("support", "sticks")).lower()
            move = camera.pop("move", "static")
            if move == "handheld":
                support = "handheld"
            known = support in ("sticks", "dolly", "handheld")
            camera["rig"] = {"kind": support if known else "dolly"}
    return film


def _acting(film: dict[str, Any]) -> dict[str, Any]:
    """Version 3 adds acts, feelings, clips, props, swings and assets; 2 has none."""
    return film


def _notes(film: dict[str, Any]) -> dict[str, Any]:
    """Version 4 adds notes and a status to shots; 3 has none."""
    return film


def _manners(film: dict[str, Any]) -> dict[str, Any]:
    """Until version 4 a character's seed was their manner too."""
    for character in film.get("characters", ()):
        character["manner"] = character.get("seed", 0)
    return film


def _references(film: dict[str, Any]) -> dict[str, Any]:
    """Version 6 adds reference pictures to characters; 5 has none."""
    return film


_UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: _rigs,
    2: _acting,
    3: _notes,
    4: _manners,
    5: _references,
}
"""From version n to n + 1."""


def film_from_json(text: str | bytes) -> Film:
    """Read a film of this or an older schema version.

    Raises:
        ModelError: If the text is no film, or a film of a newer version.
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelError(
            f"Film must be valid JSON, got a broken text ({error}). "
            "Restore film.json or direct the screenplay again."
        ) from None
    version = raw.get("schema_version") if isinstance(raw, dict) else None
    if not isinstance(version, int) or not 1 <= version <= SCHEMA_VERSION:
        raise ModelError(
            f"Film.schema_version must be 1 to {SCHEMA_VERSION}, got {version!r}. "
            "Open the film with the previz version that wrote it, or upgrade previz."
        )
    for step in range(version, SCHEMA_VERSION):
        try:
            raw = _UPGRADES[step](raw)
        except (AttributeError, TypeError):
            raise ModelError(
                f"Film must be a film of schema version {step}, got lists and fields "
                "that it does not have. Restore film.json or direct the screenplay "
                "again."
            ) from None
        raw["schema_version"] = step + 1
    return Film.from_json(json.dumps(raw))
