"""What a film gives that shows itself: lists, clips and drawings."""

from __future__ import annotations

from html import escape
from pathlib import Path

from previz import model
from previz.folder import write_atomic

__all__ = ["SVG", "Clip", "ShotList", "counted", "named", "running_time"]

_PROMPT_COLUMNS = (
    "slate",
    "size",
    "angle",
    "lens_mm",
    "move",
    "length_s",
    "characters",
    "dialogue",
    "line",
)


class ShotList:
    """The shot list of a film: a table in a cell, at a prompt and as CSV.

    Args:
        film: The film.
    """

    def __init__(self, film: model.Film) -> None:
        self.film = film

    def save(self, path: Path | str) -> Path:
        """Write the list as CSV and return its path.

        Raises:
            FilmFolderError: If it cannot be written.
        """
        from previz.report import write_shot_list

        write_shot_list(self.film, Path(path))
        return Path(path)

    def show(self) -> None:
        """Print the list as a table."""
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        from previz.report import shot_rows

        table = Table(*_PROMPT_COLUMNS, box=None, pad_edge=False)
        for row in shot_rows(self.film):
            cells = (row[name] for name in _PROMPT_COLUMNS)
            told = (f"{x:g}" if isinstance(x, float) else str(x) for x in cells)
            table.add_row(*map(Text, told))
        Console().print(table)

    def __repr__(self) -> str:
        shots = counted(len(self.film.shots), "shot")
        return f"<ShotList {self.film.title} · {shots}; show() prints it>"

    def _repr_html_(self) -> str:
        from previz.report import shot_table_html

        return shot_table_html(self.film)


class Clip:
    """A short film that plays in a cell.

    Args:
        video: An MP4 file.
        size: Width and height in pixels.
        label: What made it, if not the preview; stands below it.
    """

    def __init__(self, video: bytes, *, size: tuple[int, int], label: str = "") -> None:
        self.video = video
        self.size = size
        self.label = label

    def save(self, path: Path | str) -> Path:
        """Write the MP4 and return its path.

        Raises:
            FilmFolderError: If it cannot be written.
        """
        write_atomic(Path(path), self.video)
        return Path(path)

    def __repr__(self) -> str:
        width_px, height_px = self.size
        label = f" · {self.label}" if self.label else ""
        return f"<Clip {width_px}×{height_px}{label}>"

    def _repr_html_(self) -> str:
        import mediapy

        width_px, height_px = self.size
        html: str = mediapy.html_from_compressed_video(self.video, width_px, height_px)
        return html + named(self.label)


def named(label: str) -> str:
    """Return a line of HTML that says what made a picture; "" says nothing."""
    style = "font:12px/1.5 system-ui,sans-serif;opacity:.65"
    return f'<div style="{style}">{escape(label)}</div>' if label else ""


class SVG:
    """A drawing that shows itself in a cell.

    Args:
        text: The SVG.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def save(self, path: Path | str) -> Path:
        """Write the SVG and return its path.

        Raises:
            FilmFolderError: If it cannot be written.
        """
        write_atomic(Path(path), self.text)
        return Path(path)

    def __repr__(self) -> str:
        return "<SVG; save() writes it>"

    def _repr_svg_(self) -> str:
        return self.text


def counted(number: int, thing: str) -> str:
    """Return a number of things in words: 1 shot, 2 shots."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def running_time(frames: int, rate: model.Rate) -> str:
    """Return a length as minutes and seconds: 3:20."""
    seconds = round(rate.seconds(frames))
    return f"{seconds // 60}:{seconds % 60:02d}"
