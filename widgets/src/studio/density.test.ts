import { afterEach, expect, it, vi } from "vitest";
import { watchDensity } from "./density";

afterEach(() => vi.unstubAllGlobals());

it("tells each time that the page goes to another screen, until it is ended", () => {
  const asked = new Map<string, Set<() => void>>();
  vi.stubGlobal("matchMedia", (query: string) => ({
    addEventListener: (_: string, hear: () => void) =>
      asked.set(query, (asked.get(query) ?? new Set()).add(hear)),
    removeEventListener: (_: string, hear: () => void) =>
      asked.get(query)?.delete(hear),
  }));
  const goTo = (density: number) => {
    const left = `(resolution: ${window.devicePixelRatio}dppx)`;
    vi.stubGlobal("devicePixelRatio", density);
    for (const hear of [...(asked.get(left) ?? [])]) hear();
  };
  vi.stubGlobal("devicePixelRatio", 1);
  let told = 0;
  const end = watchDensity(() => {
    told += 1;
  });
  goTo(2);
  goTo(1.5);
  expect(told).toBe(2);
  end();
  goTo(1);
  expect(told).toBe(2);
  expect([...asked.values()].every(({ size }) => size === 0)).toBe(true);
});
