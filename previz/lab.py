"""Open JupyterLab on the first lesson."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from previz.errors import FilmFolderError, MissingRuntimeError
from previz.folder import FilmFolder

__all__ = ["lessons_path", "open_lab"]

_FIRST_LESSON = "01_open_a_film.ipynb"


def lessons_path() -> Path:
    """Return the folder of lessons: in the wheel, or beside the package in a clone.

    Raises:
        MissingRuntimeError: If the installation lacks them.
    """
    package = Path(__file__).parent
    for folder in (package / "notebooks", package.parent / "notebooks"):
        if (folder / _FIRST_LESSON).is_file():
            return folder
    raise MissingRuntimeError(
        f"previz.notebooks must hold {_FIRST_LESSON}, got none. Reinstall previz."
    )


def open_lab(film: Path | None, *, port: int, browser: bool) -> None:
    """Copy the first lesson to the working folder (once) and run JupyterLab there.

    The lesson opens the film named by PREVIZ_FILM, or the demo screenplay.

    Raises:
        FilmFolderError: If `film` holds no film, or no lesson can be written here.
    """
    environment = dict(os.environ)
    if film is not None:
        FilmFolder(film).load()
        environment["PREVIZ_FILM"] = str(Path(film).absolute())
    lesson = Path.cwd() / _FIRST_LESSON
    if not lesson.exists():
        try:
            shutil.copyfile(lessons_path() / _FIRST_LESSON, lesson)
        except OSError as error:
            raise FilmFolderError(
                f"previz lab must run in a writable folder, got {Path.cwd()} "
                f"({error.strerror}). Change to another folder."
            ) from None
    command = [sys.executable, "-m", "jupyterlab", f"--port={port}", str(lesson)]
    if not browser:
        command.append("--no-browser")
    subprocess.run(command, env=environment, check=False)
