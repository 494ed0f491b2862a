"""The same verbs as the façade, at a prompt."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from previz.errors import PrevizError

__all__ = ["main"]

app = typer.Typer(
    name="previz",
    help="From a screenplay to an animatic you can direct.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_STOPPED = 130
"""What typer makes of Ctrl-C."""

Screenplay = Annotated[
    Path, typer.Argument(help="A screenplay: Fountain, or Final Draft .fdx.")
]
FilmFolderArgument = Annotated[
    Path, typer.Argument(help="A film folder made by `previz animatic`.")
]


def _say_version(asked: object) -> None:
    if asked:
        from previz import __version__

        typer.echo(f"previz {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help="Say which."
        ),
    ] = False,
) -> None:
    """From a screenplay to an animatic you can direct."""


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]{1,5})[xX×]([0-9]{1,5})", text)
    if match is None:
        raise PrevizError(
            f"--size must be WIDTHxHEIGHT in pixels, got {text}. Pass 640x360."
        )
    return int(match[1]), int(match[2])


@app.command()
def animatic(
    screenplay: Screenplay,
    *,
    out: Annotated[Path, typer.Option(help="The film folder to make or continue.")],
    rate: Annotated[
        str, typer.Option(help="Frames a second: 24, 23.976, 25, 29.97, 30.")
    ] = "24",
    seed: Annotated[int, typer.Option(help="Another seed, other choices.")] = 0,
    size: Annotated[str, typer.Option(help="Picture size in pixels.")] = "640x360",
    slate: Annotated[
        bool, typer.Option(help="Burn the slate into the picture.")
    ] = True,
    subtitles: Annotated[bool, typer.Option(help="Burn in what is said.")] = True,
    look: Annotated[
        str,
        typer.Option(
            help="natural, clay, noir, ink, pencil, storyboard or watercolour."
        ),
    ] = "natural",
    threads: Annotated[
        int, typer.Option(min=1, max=64, help="Frames rendered at once.")
    ] = 2,
) -> None:
    """Screenplay → animatic, boards, shot list, cut, report."""
    from previz.film import Film
    from previz.model import Medium

    medium = Medium.of(look)
    film = Film.from_screenplay(screenplay, rate=rate, seed=seed).with_look(medium)
    made = film.animatic(
        out, size=_size(size), slate=slate, subtitles=subtitles, threads=threads
    )
    for name, path in made.files.items():
        typer.echo(f"{name:<10} {path}")


@app.command()
def shots(
    film: FilmFolderArgument,
    *,
    csv: Annotated[Path | None, typer.Option(help="Write it as CSV here.")] = None,
) -> None:
    """Show the shot list of a film."""
    from previz.film import Film

    shot_list = Film.open(film).shot_list()
    if csv is not None:
        shot_list.save(csv)
        typer.echo(f"shot list  {csv}")
        return
    shot_list.show()


@app.command()
def report(
    film: FilmFolderArgument,
    *,
    out: Annotated[Path | None, typer.Option(help="The HTML file to write.")] = None,
) -> None:
    """Write a film's self-contained HTML report again."""
    from previz.film import Film

    typer.echo(f"report     {Film.open(film).report(out)}")


@app.command()
def promote(
    film: FilmFolderArgument,
    slates: Annotated[
        list[str] | None, typer.Argument(help="Slates such as 2B 3A; all by default.")
    ] = None,
    *,
    quality: Annotated[
        str, typer.Option(help="draft, standard or final.")
    ] = "standard",
    backend: Annotated[
        str, typer.Option(help="path, wan-vace, ltx-2, diffusers or hosted.")
    ] = "path",
    size: Annotated[
        str | None, typer.Option(help="Picture size; by default the quality's.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of what is invented.")] = 0,
    engine: Annotated[
        str, typer.Option(help="Where: inline (here), kernel or dask.")
    ] = "inline",
    budget: Annotated[
        float | None, typer.Option(help="US dollars that may be spent in all.")
    ] = None,
    hours: Annotated[
        float | None, typer.Option(help="Hours that may be forecast in all.")
    ] = None,
    proof: Annotated[
        int, typer.Option(help="Only so many frames of each: 3 is first, middle, last.")
    ] = 0,
    sheet: Annotated[
        Path | None,
        typer.Option(help="A .png or .jpg of frames that are made; not with --plan."),
    ] = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Only say what it would do and cost.")
    ] = False,
    queue: Annotated[
        bool, typer.Option("--queue", help="Only say how all promotions stand.")
    ] = False,
) -> None:
    """Make shots at full quality, where that is not done yet."""
    from previz.film import Film
    from previz.prompted import promote_at_prompt

    asked: dict[str, Any] = {"quality": quality, "backend": backend, "seed": seed}
    if size is not None:
        asked["size"] = _size(size)
    if proof:
        asked["proof"] = proof
    whole = promote_at_prompt(
        Film.open(film), slates, engine=engine, plan=plan, queue=queue, budget=budget,
        hours=hours, sheet=sheet, asked=asked, say=typer.echo,
    )  # fmt: skip
    if not whole:
        raise typer.Exit(1)


@app.command()
def lab(
    film: Annotated[
        Path | None, typer.Argument(help="A film folder; without one, the demo.")
    ] = None,
    *,
    port: Annotated[int, typer.Option(help="Port for JupyterLab.")] = 8888,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Open JupyterLab on the first lesson."""
    from previz.lab import open_lab

    open_lab(film, port=port, browser=browser)


@app.command()
def gallery(
    *,
    out: Annotated[Path, typer.Option(help="The folder to write it into.")],
    chapter: Annotated[
        list[str] | None, typer.Option(help="Only this chapter; may be repeated.")
    ] = None,
) -> None:
    """Film every move, framing, lens effect, light and place."""
    from previz.gallery import CHAPTERS, build_acting, build_gallery, build_places

    made = build_gallery(out, chapters=chapter or CHAPTERS)
    typer.echo(f"gallery    {made.page}")
    typer.echo(f"table      {made.table}")
    if not chapter:
        typer.echo(f"places     {build_places(out)}")
        typer.echo(f"acting     {build_acting(out)}")


@app.command()
def doctor(
    *,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say what this machine has and lacks, and what each lack costs."""
    from previz.doctor import examine

    findings = examine()
    if json:
        import json as json_module

        typer.echo(json_module.dumps([f.as_row() for f in findings], indent=1))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("", "what", "found", "what its lack costs", box=None, pad_edge=False)
    signs = {"ok": "[green]✓[/]", "optional": "[yellow]–[/]", "missing": "[red]✗[/]"}
    for finding in findings:
        words = (finding.name, finding.found, finding.cost)
        table.add_row(signs[finding.state], *(Text(word) for word in words))
    Console().print(table)
    if any(finding.state == "missing" for finding in findings):
        raise typer.Exit(1)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; a user's mistake ends in one line, never a traceback."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        code = app(arguments or ["--help"], standalone_mode=False) or 0
    except PrevizError as error:
        _fail(str(error), code=2)
    except typer.TyperException as error:
        _fail(f"{error.format_message()} See: previz --help.", code=error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        code = _STOPPED
    except OSError as error:
        from previz.folder import explain_os_error

        where = Path(str(error.filename or "."))
        _fail(explain_os_error(where, error), code=2)
    if code == _STOPPED:
        _fail("stopped. What is finished is kept; the same command goes on.", code=code)
    sys.exit(code)


def _fail(message: str, *, code: int) -> NoReturn:
    typer.secho(f"previz: {message}", fg="red", err=True)
    sys.exit(code)
