"""The model card, written by the run that made the weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from previz.train.recipe import Recipe
from previz.train.varied import HELD_OUT, KINDS

__all__ = ["card_of"]


_CHANCE = (
    "It does not read the noise: another seed changes nothing, and where many\n"
    "pictures are right it paints about their mean.",
    "What it invents comes from noise that sticks to surfaces.",
)


def card_of(recipe: Recipe, told: Mapping[str, Any], *, best: str, sha256: str) -> str:
    """Return the model card in Markdown.

    Args:
        recipe: That made the weights.
        told: `figures`, `motion` and `pictures` of the run.
        best: Which of the networks ships.
        sha256: Of the weights' file.
    """
    pictures = told["pictures"]
    return f"""---
license: apache-2.0
library_name: diffusers
---
# The preview's generator

A network of {recipe.widths} channels that turns a plainly shaded frame into what a
path tracer would have shown: light that bounced, shadows that are soft, edges that are
smooth, matter that is more than its proxy. It multiplies the plain picture's light;
without an answer the picture stays as it is. What ships is the **{best}**.

## Data
Nothing but what this project makes itself: {pictures["learned"]} pictures of places
that `previz.direct` dressed, lit and blocked by number, path-traced by `previz.trace`
at {recipe.width_px}×{recipe.height_px} with {recipe.samples} paths a pixel and denoised
(Open Image Denoise). A quarter each: {", ".join(KINDS)}. Half of the cameras are the
directed shots', half stand where chance put them, from 18 to 85 mm. No photograph, no
film, no face of anybody.

## Figures
On {pictures["held_out"]} pictures of places that training never saw
({", ".join(sorted(HELD_OUT))}), against {recipe.held_out_samples} denoised paths a
pixel, on what the display shows, with no exposure taken from the reference. Detail is
the energy of detail over the truth's.

{_table(told["figures"])}

Between neighbouring frames of moving shots, along exact motion, in code values of 255:

{_motion(told["motion"])}

## Recipe
`make weights`, deterministic by seed on one machine:

```json
{json.dumps(recipe.told(), indent=1)}
```

## Limits
It knows the matter, people and places of previz, at about {recipe.width_px} pixels
across; larger pictures are beyond what it has seen. What lights the frame from outside
it must be in the plain picture already. It has no memory: a frame is made of itself
alone, so it cannot lag. {_CHANCE[best != "regression"]}

SHA-256 of the weights: `{sha256}`
"""


def _table(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    lines = ["| picture | of | PSNR dB | FLIP | detail |", "|---|---|---|---|---|"]
    for name, kinds in figures.items():
        for kind, row in kinds.items():
            lines.append(
                f"| {name} | {kind} | {row['psnr_db']:.1f} | {row['flip']:.3f} "
                f"| {row['detail']:.2f} |"
            )
    return "\n".join(lines)


def _motion(motion: Mapping[str, Mapping[str, float]]) -> str:
    lines = ["| picture | warp error, RMS | flicker, mean |", "|---|---|---|"]
    for name, row in motion.items():
        lines.append(f"| {name} | {row['warp_rms']:.2f} | {row['flicker']:.3f} |")
    return "\n".join(lines)
