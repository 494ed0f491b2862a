"""A plan as it shows in a notebook: what, how large, how long, and what is told."""

from __future__ import annotations

from html import escape

from previz.promote.plan import Chunk, Forecast, Plan
from previz.promote.plan_text import forecast_memory, forecast_time, size_text

__all__ = ["plan_table"]

_STYLE = """
.pvp{font:12px/1.55 system-ui,sans-serif;max-width:760px;border:1px solid #8884;
border-radius:6px;overflow:hidden;font-variant-numeric:tabular-nums}
.pvp header{display:flex;gap:10px;align-items:baseline;padding:9px 14px 8px;
background:#8881;border-bottom:1px solid #8883}
.pvp header b{font-size:14px}.pvp header span{opacity:.65}
.pvp dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(90px,1fr));
gap:10px 18px;margin:0;padding:11px 14px}
div.pvp dl dt,div.pvp dl dd{float:none;clear:none;width:auto;margin:0;padding:0}
div.pvp dl dt{opacity:.6;font-size:11px;font-weight:400}
div.pvp dl dd{font-size:14px;font-weight:600}
.pvp dd small{display:block;font-size:11px;font-weight:400;opacity:.65}
.pvp .bar{display:flex;gap:2px;padding:0 14px 12px}
.pvp .bar i{height:5px;border-radius:2px;background:#d9913f;opacity:.85;min-width:2px}
.pvp table{font:inherit;color:inherit;border-collapse:collapse;width:100%;
margin:0;border-top:1px solid #8883}
.pvp td{padding:3px 14px 3px 0!important;text-align:left!important;vertical-align:top;
border:0!important;background:none!important}
.pvp td:first-child{padding-left:14px!important;width:9em;white-space:nowrap}
.pvp td:nth-child(2){width:6.5em;white-space:nowrap}
.pvp tr+tr td{border-top:1px solid #8882!important}
.pvp td:last-child{opacity:.8}
.pvp em{font-style:normal;display:inline-block;width:8px;height:8px;border-radius:50%;
margin-right:7px}
.pvp .used em{background:#5fa463}.pvp .merged em{background:#d9a13f}
.pvp .dropped em{background:none;box-shadow:inset 0 0 0 1.5px #8889}
.pvp .dropped td:first-child,.pvp .dropped td:nth-child(2){opacity:.6}
.pvp ul{margin:0;padding:8px 14px 10px 28px;border-top:1px solid #8883;
background:#d9a13f18}.pvp li{margin:1px 0}
"""


def plan_table(plan: Plan) -> str:
    """Return a plan as HTML that reads on light and on dark ground."""
    rows = "".join(
        f'<tr class="{use.fate}"><td><em></em>{_spaced(use.signal)}</td>'
        f"<td>{use.fate}</td><td>{escape(use.how)}</td></tr>"
        for use in plan.uses
    )
    told = "".join(f"<li>{escape(text)}</li>" for text in plan.warnings)
    licence = f" · {escape(plan.licence)}" if plan.licence else ""
    return (
        f'<style>{_STYLE}</style><div class="pvp"><header><b>{escape(plan.backend)}</b>'
        f"<span>{escape(plan.model)}{licence}</span></header>"
        f"<dl>{_figures(plan)}</dl>{_bar(plan.chunks)}"
        + (f"<table>{rows}</table>" if rows else "")
        + (f"<ul>{told}</ul>" if told else "")
        + "</div>"
    )


def _spaced(signal: str) -> str:
    return escape(signal.replace("_", " "))


def _figures(plan: Plan) -> str:
    made = "" if plan.made == plan.shown else f"made at {size_text(plan.made)}"
    parts = len(plan.chunks)
    lengths = {chunk.made_frames or chunk.length_frames for chunk in plan.chunks}
    each = f"{parts} × {max(lengths)} made" if max(lengths) > 1 else ""
    money = plan.forecast.cost_usd
    cells = [
        ("picture", size_text(plan.shown), made),
        ("frames", plan.frames_text, each),
        (plan.effort[0], str(plan.steps), plan.effort[1]),
        ("time", forecast_time(plan.forecast.seconds), _runs(plan.forecast)),
        ("memory", forecast_memory(plan.forecast.memory_bytes), ""),
    ]
    if money is not None:
        cells.append(("cost", f"{money:.2f} USD", ""))
    return "".join(
        f"<div><dt>{name}</dt><dd>{escape(value)}<small>{escape(more)}</small></dd>"
        "</div>"
        for name, value, more in cells
    )


def _bar(chunks: tuple[Chunk, ...]) -> str:
    """Return the parts of a clip as one bar, each as wide as it is long."""
    if len(chunks) < 2 or max(chunk.length_frames for chunk in chunks) < 2:
        return ""
    return (
        '<div class="bar">'
        + "".join(
            f'<i style="flex:{chunk.length_frames - chunk.overlap}" title="frames '
            f"{chunk.first_frame + chunk.overlap} to "
            f'{chunk.first_frame + chunk.length_frames - 1}"></i>'
            for chunk in chunks
        )
        + "</div>"
    )


def _runs(told: Forecast) -> str:
    if not told.from_runs:
        return "not measured yet"
    return f"as {told.from_runs} run{'s' if told.from_runs > 1 else ''} before"
