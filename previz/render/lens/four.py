"""Work on four numbers at once: a pixel's colour and what lies beside it.

numba leaves such sums one by one; as one instruction they take a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

__all__ = ["add_four", "blend_rows"]

# The code builder that numba itself uses; neither library states its types.
_numba: Any = cgutils
_types: Any = types
ir, _struct = _numba.ir, _numba.create_struct_proxy

_Code = Callable[[Any, Any, Any, Any], Any]


_FOUR = ir.VectorType(ir.FloatType(), 4)


def _place(context: Any, builder: Any, kind: Any, array: Any, index: Any) -> Any:
    """Return the address of four numbers of a flat array."""
    start = _struct(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(start, [index]), _FOUR.as_pointer())


def _each(builder: Any, number: Any) -> Any:
    """Return a number four times."""
    vector = ir.Constant(_FOUR, ir.Undefined)
    for lane in range(4):
        vector = builder.insert_element(
            vector, number, ir.Constant(ir.IntType(32), lane)
        )
    return vector


def _add_four(
    _context: Any, target: Any, _at: Any, source: Any, _start: Any, _factor: Any
) -> tuple[Any, _Code]:
    """Add `factor` times source[start:start + 4] to target[at:at + 4].

    Both arrays are flat float32; nothing checks their ends.
    """
    signature = _types.void(target, _types.intp, source, _types.intp, _types.float32)

    def code(context: Any, builder: Any, made: Any, args: Any) -> Any:
        into, at, out_of, start, factor = args
        target_at = _place(context, builder, made.args[0], into, at)
        source_at = _place(context, builder, made.args[2], out_of, start)
        share = builder.fmul(builder.load(source_at, align=4), _each(builder, factor))
        total = builder.fadd(builder.load(target_at, align=4), share)
        builder.store(total, target_at, align=4)
        return context.get_dummy_value()

    return signature, code


def _blend_rows(
    _context: Any, target: Any, _at: Any, source: Any, _rows: Any, _cols: Any,
    _down: Any, _right: Any,
) -> tuple[Any, _Code]:  # fmt: skip
    """Write the weighted mean of 4 x 4 groups of four numbers to target[at:at + 4].

    Held between the least and the greatest of the inner four groups. The groups begin
    at rows[i] + cols[j] of the source and weigh down[i] · right[j]. Both arrays are
    flat float32; nothing checks their ends.
    """
    four_places = _types.UniTuple(_types.intp, 4)
    weights = _types.UniTuple(_types.float32, 4)
    signature = _types.void(
        target, _types.intp, source, four_places, four_places, weights, weights
    )

    def code(context: Any, builder: Any, made: Any, args: Any) -> Any:
        into, at, out_of, rows, cols, down, right = args
        across = [_each(builder, builder.extract_value(right, j)) for j in range(4)]
        total, inner = None, []
        for i in range(4):
            line = None
            for j in range(4):
                index = builder.add(
                    builder.extract_value(rows, i), builder.extract_value(cols, j)
                )
                place = _place(context, builder, made.args[2], out_of, index)
                group = builder.load(place, align=4)
                if i in (1, 2) and j in (1, 2):
                    inner.append(group)
                part = builder.fmul(group, across[j])
                line = part if line is None else builder.fadd(line, part)
            line = builder.fmul(line, _each(builder, builder.extract_value(down, i)))
            total = line if total is None else builder.fadd(total, line)
        least = most = inner[0]
        for group in inner[1:]:
            lower = builder.fcmp_ordered("<", group, least)
            least = builder.select(lower, group, least)
            higher = builder.fcmp_ordered(">", group, most)
            most = builder.select(higher, group, most)
        total = builder.select(builder.fcmp_ordered("<", total, least), least, total)
        total = builder.select(builder.fcmp_ordered(">", total, most), most, total)
        target_at = _place(context, builder, made.args[0], into, at)
        builder.store(total, target_at, align=4)
        return context.get_dummy_value()

    return signature, code


add_four: Any = intrinsic(_add_four)
blend_rows: Any = intrinsic(_blend_rows)
