"""What of a film's façade is about things that a user brings: meshes and motion."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from previz import model
from previz.errors import check_asked
from previz.folder import FilmFolder

if TYPE_CHECKING:
    from previz.stage import Assets

__all__ = ["AbstractImporting", "assets_in", "keep_assets"]


class AbstractImporting(ABC):
    """A film that things can be brought to."""

    @property
    @abstractmethod
    def value(self) -> model.Film:
        """The film itself."""

    @property
    @abstractmethod
    def assets(self) -> Assets | None:
        """Its imported meshes and motion, if any."""

    @abstractmethod
    def _having(self, value: model.Film, assets: Assets | None) -> Self:
        """Return another film that has this one's folder."""

    def add_piece(self, scene: str, path: Path | str, **asked: Any) -> Self:
        """Return a film with an imported mesh on a set.

        `film.add_piece("2", "chair.glb", at=(1.2, 0), yaw_deg=30, height_m=0.9)`;
        `film.assets.notes` says what was guessed or left out.

        Args:
            scene: Number of the scene.
            path: A glTF, OBJ, PLY, STL or USD file.
            **asked: As in `previz.assets.add_piece`.

        Raises:
            PrevizError: If the file cannot be imported or a name is not known.
        """
        from previz.assets import add_piece

        check_asked("Film.add_piece", asked, add_piece)
        value, assets = add_piece(self.value, self.assets, scene, path, **asked)
        return self._having(value, assets)

    def add_set(self, scene: str, path: Path | str, **asked: Any) -> Self:
        """Return a film with an imported place for a set; as `previz.assets.add_set`.

        Raises:
            PrevizError: If the file cannot be imported or a name is not known.
        """
        from previz.assets import add_set

        check_asked("Film.add_set", asked, add_set)
        value, assets = add_set(self.value, self.assets, scene, path, **asked)
        return self._having(value, assets)

    def import_motion(self, path: Path | str, **asked: Any) -> Self:
        """Return a film in which somebody moves as a BVH file says.

        `film.import_motion("walk.bvh", scene="2", character="ann", frame=24)`.

        Args:
            path: The BVH file.
            **asked: As in `previz.assets.import_motion`.

        Raises:
            PrevizError: If the file cannot be imported or a name is not known.
        """
        from previz.assets import import_motion

        check_asked("Film.import_motion", asked, import_motion)
        value, assets = import_motion(self.value, self.assets, path, **asked)
        return self._having(value, assets)


def assets_in(place: FilmFolder, value: model.Film) -> Assets | None:
    """Return the assets that a film names, or None where it names none."""
    named = (*(scene.asset_names for scene in value.scenes), *_pictures(value))
    if not any(named):
        return None
    from previz.assets import load_assets

    return load_assets(place, value)


def _pictures(value: model.Film) -> list[tuple[model.Reference, ...]]:
    return [character.references for character in value.characters]


def keep_assets(place: FilmFolder, assets: Assets | None) -> None:
    """Write what a film brought into its folder.

    Raises:
        FilmFolderError: If the folder cannot be written.
    """
    if assets is not None:
        from previz.assets import store_assets

        store_assets(place, assets)
