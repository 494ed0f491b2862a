"""From a film to everything that leaves the house: animatic, boards, lists, report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from previz.folder import FilmFolder
from previz.model import Film
from previz.progress import progress_report

__all__ = ["PREVIEW_SIZE", "Animatic", "make_animatic"]

PREVIEW_SIZE = (640, 360)
"""Width and height in pixels unless somebody asks for others."""


@dataclass(frozen=True)
class Animatic:
    """What `make_animatic` left in a film folder.

    Attributes:
        folder: The film folder.
        size: Width and height of the pictures in pixels.
        files: Paths by what they are: animatic, boards, shot list, cut, report.
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
    threads: int = 2,
) -> Animatic:
    """Render what is not rendered yet, then write all that is shown of the film.

    Takes that are in the folder and still true are used as they are, so an
    interrupted call is continued by the same call.

    Args:
        film: The film.
        folder: Its folder, new or a film's already.
        size: Even width and height in pixels.
        slate: Whether slate, lens and timecode are burnt into the animatic.
        threads: Frames rendered at the same time.

    Raises:
        FilmFolderError: If the folder holds other things or cannot be written.
        PrevizError: If the size cannot be encoded.
    """
    from previz import cut, exchange, report

    cut.check_size(*size)
    folder.prepare()
    made = Animatic(
        folder=folder.path,
        size=size,
        files=MappingProxyType(
            {
                "animatic": folder.path / "animatic.mp4",
                "boards": folder.path / "boards.png",
                "shot list": folder.path / "shots.csv",
                "cut": folder.path / "cut.otio",
                "report": folder.path / "report.html",
            }
        ),
    )
    with folder.locked():
        folder.save(film)
        with progress_report("rendering") as told:
            takes = cut.render_takes(
                film,
                folder.takes,
                width_px=size[0],
                height_px=size[1],
                threads=threads,
                report=told,
            )
        with progress_report("cutting") as told:
            cut.write_animatic(
                film, takes, made.mp4, folder=folder.takes, slate=slate, report=told
            )
        with progress_report("boards") as told:
            panels = report.board_pictures(film, takes, folder.takes, report=told)
        report.write_boards(film, panels, made.files["boards"])
        report.write_shot_list(film, made.files["shot list"])
        exchange.write_otio(film, made.files["cut"], media=made.mp4.name)
        with progress_report("report") as told:
            report.write_report(
                film, panels, made.mp4, made.files["report"], report=told
            )
    return made
