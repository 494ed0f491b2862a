"""Make the weights: `python -m previz.train --recipe full --cache DIR --out DIR`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from previz.train.recipe import RECIPES
from previz.train.run import STAGES, Works

__all__ = ["main"]


def main(words: list[str] | None = None) -> None:
    """Run the stages that are asked for; by default all, in order."""
    parser = argparse.ArgumentParser(prog="previz.train", description=__doc__)
    parser.add_argument("--recipe", choices=RECIPES, default="full")
    parser.add_argument("--cache", type=Path, default=Path("train-cache"))
    parser.add_argument("--out", type=Path, default=Path("previz/data/generator"))
    parser.add_argument("--stage", choices=STAGES, action="append")
    parser.add_argument("--part", default="0/1", help="0/2 and 1/2 share the data")
    parser.add_argument("--minutes", type=float, help="at most for each training stage")
    asked = parser.parse_args(words)
    index, count = (int(x) for x in asked.part.split("/"))
    works = Works(
        RECIPES[asked.recipe], cache=asked.cache, out=asked.out, part=(index, count),
        minutes=asked.minutes, told=_say,
    )  # fmt: skip
    for stage in asked.stage or STAGES:
        works.run(stage)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
