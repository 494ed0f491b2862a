"""What every backend of the tests does alike: nothing to load, frames one by one."""

from previz.promote.plan import Chunk, Plan

__all__ = ["PlainBackend"]


class PlainBackend:
    """Plans single frames of the ordered size; knows no weights, words or packages.

    A test's backend adds a name and `frames`.
    """

    name = "plain"
    uses = ()

    def plan(self, order, *, length_frames, rate_fps, runs=()):
        size = (order.width_px, order.height_px)
        chunks = self.chunks(length_frames, order)
        return Plan(
            self.name, size, size, length_frames, chunks, self.uses, model=self.name
        )

    def chunks(self, length_frames, order):
        return tuple(Chunk(number, 1) for number in range(length_frames))

    def told(self, order, footage):
        return {}

    def weights(self, order):
        return {}

    def versions(self):
        return {}
