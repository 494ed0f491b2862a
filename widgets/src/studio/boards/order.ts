// The order of panels: what a card that is carried elsewhere makes of it.

/** The ids with one of them before another; `before` empty: at the end. */
export function reordered(
  ids: readonly string[],
  id: string,
  before: string,
): readonly string[] {
  const order = ids.filter((one) => one !== id);
  const at = order.indexOf(before);
  order.splice(at < 0 ? order.length : at, 0, id);
  return order;
}

/** The ids with one of them a place on, or back; the same where there is none. */
export function stepped(
  ids: readonly string[],
  id: string,
  step: 1 | -1,
): readonly string[] {
  const at = ids.indexOf(id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= ids.length) return ids;
  const order = ids.filter((one) => one !== id);
  order.splice(to, 0, id);
  return order;
}

export function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}
