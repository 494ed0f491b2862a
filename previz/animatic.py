"""From a film to everything that leaves the house: animatic, boards, lists, report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from previz.errors import FilmFolderError
from previz.folder import FilmFolder
from previz.model import Film, Take
from previz.progress import progress_report

if TYPE_CHECKING:
    from previz.promote.current import Progress
    from previz.promote.taken import Taken
    from previz.render import NamedGenerator
    from previz.stage import Assets

__all__ = ["PREVIEW_SIZE", "Animatic", "make_animatic", "remake_report"]

PREVIEW_SIZE = (640, 360)
"""Width and height in pixels unless somebody asks for others."""


@dataclass(frozen=True)
class Animatic:
    """What `make_animatic` left in a film folder.

    Attributes:
        folder: The film folder.
        size: Width and height of the pictures in pixels.
        files: Paths by what they are: animatic, boards, shot list, camera report,
            cut, report.
    """

    folder: Path
    size: tuple[int, int]
    files: Mapping[str, Path]

    @property
    def mp4(self) -> Path:
        """The animatic."""
        return self.files["animatic"]

    def _repr_html_(self) -> str:
        import mediapy

        width_px, height_px = self.size
        html: str = mediapy.html_from_compressed_video(
            self.mp4.read_bytes(), width_px, height_px
        )
        return html


def make_animatic(
    film: Film,
    folder: FilmFolder,
    *,
    size: tuple[int, int] = PREVIEW_SIZE,
    slate: bool = True,
    subtitles: bool = True,
    threads: int = 2,
    assets: Assets | None = None,
    generator: NamedGenerator | None = None,
) -> Animatic:
    """Render what is not rendered yet, then write all that is shown of the film.

    Takes that are in the folder and still true are used as they are, so an
    interrupted call is continued by the same call. Where a shot was promoted and still
    looks as it did, its take at full quality is shown.

    Args:
        film: The film.
        folder: Its folder, new or a film's already.
        size: Even width and height in pixels.
        slate: Whether slate, lens and timecode are burnt into the animatic.
        subtitles: Whether what is said is burnt into it.
        threads: Frames rendered at the same time.
        assets: The film's imported meshes and motion; kept in the folder.
        generator: What makes the pictures; None leaves them plain.

    Raises:
        FilmFolderError: If the folder holds another film or other things, or cannot
            be written.
        PrevizError: If the size cannot be encoded.
    """
    from previz import cut
    from previz.assets import store_assets
    from previz.stage import NO_ASSETS

    had = NO_ASSETS if assets is None else assets
    cut.check_size(*size)
    folder.prepare()
    _refuse_another_film(film, folder)
    made = _outputs(folder, size)
    with folder.locked():
        store_assets(folder, had)
        folder.save(film)
        shown = _Shown.of(film, folder, assets=had, generator=generator)
        takes = shown.takes(size=size, threads=threads)
        with progress_report("cutting") as told:
            cut.write_animatic(
                film,
                takes,
                made.mp4,
                folder=folder.takes,
                slate=slate,
                subtitles=subtitles,
                report=told,
            )
        panels = shown.panels(takes)
        shown.write_lists(made, panels)
        shown.write_report(made, panels)
    return made


@dataclass(frozen=True)
class _Shown:
    """A film as it is shown: promoted takes where they are still true, else previews.

    Attributes:
        film: The film.
        folder: Its folder.
        assets: Its imported meshes and motion.
        generator: What makes previews; None leaves them plain.
        promoted: Takes at full quality by the shot's id.
    """

    film: Film
    folder: FilmFolder
    assets: Assets
    generator: NamedGenerator | None
    promoted: Mapping[str, Taken]

    @classmethod
    def of(
        cls,
        film: Film,
        folder: FilmFolder,
        *,
        assets: Assets,
        generator: NamedGenerator | None,
    ) -> _Shown:
        """Look which promoted takes still show the film."""
        from previz.promote.current import promoted_takes

        promoted = promoted_takes(film, folder, assets=assets)
        return cls(film, folder, assets, generator, promoted)

    def takes(self, *, size: tuple[int, int], threads: int) -> dict[str, Take]:
        """Return a take of every shot; render what is neither there nor promoted."""
        from previz import cut

        film = self.film
        with progress_report("rendering") as told:
            takes = cut.render_takes(
                film,
                self.folder.takes,
                width_px=size[0],
                height_px=size[1],
                threads=threads,
                only={
                    shot.id for _, shot in film.shots if shot.id not in self.promoted
                },
                assets=self.assets,
                generator=self.generator,
                report=told,
            )
        with progress_report("promoted takes") as told:
            return takes | self.conformed(size, report=told)

    def conformed(
        self, size: tuple[int, int], *, report: Progress | None = None
    ) -> dict[str, Take]:
        """Return the promoted takes in the size of the cut."""
        from previz.promote.current import conformed

        takes = self.folder.takes
        return conformed(self.film, self.promoted, takes, size=size, report=report)

    def panels(self, takes: Mapping[str, Take]) -> dict[str, bytes]:
        """Return a picture of each shot: of its take, else rendered."""
        from previz.report import board_pictures

        with progress_report("boards") as told:
            return board_pictures(
                self.film,
                takes,
                self.folder.takes,
                assets=self.assets,
                generator=self.generator,
                report=told,
            )

    def write_lists(self, made: Animatic, panels: Mapping[str, bytes]) -> None:
        """Write boards, shot list, camera report and cut."""
        from previz import exchange, report

        film, files = self.film, made.files
        report.write_boards(film, panels, files["boards"], made_by=self._made_by)
        report.write_shot_list(film, files["shot list"])
        report.CameraReport(film, assets=self.assets).save(files["camera report"])
        exchange.write_otio(film, files["cut"], media=made.mp4.name)

    def write_report(self, made: Animatic, panels: Mapping[str, bytes]) -> None:
        """Write the page that shows all of it."""
        from previz import report
        from previz.promote.current import credit

        with progress_report("report") as told:
            report.write_report(
                self.film,
                panels,
                made.mp4,
                made.files["report"],
                assets=self.assets,
                made_by=self._made_by,
                promoted={shot: credit(take) for shot, take in self.promoted.items()},
                report=told,
            )

    @property
    def _made_by(self) -> str:
        """What is said to have made the pictures."""
        return self.generator.label if self.generator else "plain shading"


def remake_report(
    film: Film,
    folder: FilmFolder,
    *,
    assets: Assets | None = None,
    generator: NamedGenerator | None = None,
) -> Path:
    """Write the report of a film again from its animatic; render nothing but panels.

    Args:
        film: The film.
        folder: Its folder, with the animatic.
        assets: The film's imported meshes and motion.
        generator: What makes the panels; None leaves them plain.

    Raises:
        FilmFolderError: If there is no animatic, or the report cannot be written.
    """
    from previz.stage import NO_ASSETS

    had = NO_ASSETS if assets is None else assets
    made = _outputs(folder, PREVIEW_SIZE)
    if not made.mp4.is_file():
        raise FilmFolderError(
            f"FilmFolder.animatic must be rendered first, got no {made.mp4}. "
            "Make it with film.animatic(), or previz animatic at a prompt."
        )
    with folder.locked():
        shown = _Shown.of(film, folder, assets=had, generator=generator)
        shown.write_report(made, shown.panels(shown.conformed(PREVIEW_SIZE)))
    return made.files["report"]


def _outputs(folder: FilmFolder, size: tuple[int, int]) -> Animatic:
    names = {
        "animatic": "animatic.mp4",
        "boards": "boards.png",
        "shot list": "shots.csv",
        "camera report": "camera.csv",
        "cut": "cut.otio",
        "report": "report.html",
    }
    files = {what: folder.path / name for what, name in names.items()}
    return Animatic(folder=folder.path, size=size, files=MappingProxyType(files))


def _refuse_another_film(film: Film, folder: FilmFolder) -> None:
    """Keep one film from painting over another's folder.

    Raises:
        FilmFolderError: If the folder holds a film of another screenplay.
    """
    if not folder.film_json.is_file():
        return
    there = folder.load()
    if (there.source, there.title) != (film.source, film.title):
        raise FilmFolderError(
            f"FilmFolder.path must be this film's own, got {folder.path} with "
            f"{there.title!r} ({there.source}) in it. Choose another folder."
        )
