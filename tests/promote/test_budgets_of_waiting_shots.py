"""What a job may cost that waits, that is being made, and that was killed."""

from previz.promote import Frozen
from previz.promote.queueing import is_underway, queue_take
from previz.promote.taken import FROZEN, part_of


def budget_of(shop, take):
    raw = (part_of(shop.place.promoted, take) / FROZEN).read_bytes()
    return Frozen.from_json(raw).order.budget_usd


def test_a_shot_that_waits_is_counted_again_and_one_that_is_made_is_not(shop):
    take = shop.queue(budget_usd=3.0)
    assert not is_underway(shop.place, shop.ledger, take)
    assert shop.ledger.claim(take)
    assert is_underway(shop.place, shop.ledger, take)


def test_a_shot_keeps_its_budget_while_it_is_made(shop):
    frozen = shop.freeze(budget_usd=3.0)
    bare = frozen.changed(order=frozen.order.changed(budget_usd=None))
    queue_take(shop.place, shop.ledger, frozen, engine="inline")
    assert shop.ledger.claim(frozen.hash)
    queue_take(shop.place, shop.ledger, bare, engine="inline")
    assert bare.hash == frozen.hash
    assert budget_of(shop, frozen.hash) == 3.0


def test_a_shot_that_waits_takes_the_newest_budget(shop):
    frozen = shop.freeze(budget_usd=3.0)
    more = frozen.changed(order=frozen.order.changed(budget_usd=5.0))
    queue_take(shop.place, shop.ledger, frozen, engine="inline")
    queue_take(shop.place, shop.ledger, more, engine="inline")
    assert budget_of(shop, frozen.hash) == 5.0


def test_a_try_that_failed_before_is_the_next_try_of_whom_it_follows(shop):
    first, second = shop.freeze(), shop.freeze(seed=1)
    queue_take(shop.place, shop.ledger, first, engine="inline")
    queue_take(shop.place, shop.ledger, second, engine="inline")
    shop.ledger.cancel(second.hash)
    queue_take(shop.place, shop.ledger, second, engine="inline", follows=first.hash)
    assert shop.ledger.job(second.hash).follows == first.hash
    shop.ledger.cancel(second.hash)
    queue_take(shop.place, shop.ledger, second, engine="inline")
    assert shop.ledger.job(second.hash).follows == first.hash
