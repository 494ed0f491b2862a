import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = "src/studio/css";

/** Classes that a file gives a look of their own: `.ps-x {` or `.ps-studio .ps-x {`. */
function own(name: string): string[] {
  const text = readFileSync(`${FOLDER}/${name}`, "utf8");
  const rules = text.matchAll(/^(?:\.ps-studio )?\.(ps-[a-z0-9-]+)(?:,| \{)$/gm);
  return [...rules].map(([, found]) => found ?? "").filter((c) => c !== "ps-studio");
}

test("a class has its look in one file, so that no panel dresses another's", () => {
  const where = new Map<string, Set<string>>();
  for (const file of readdirSync(FOLDER))
    for (const name of own(file)) {
      const files = where.get(name) ?? new Set();
      where.set(name, files.add(file));
    }
  const shared = [...where].filter(([, files]) => files.size > 1);
  expect(shared.map(([name, files]) => `${name}: ${[...files].join(", ")}`)).toEqual(
    [],
  );
  expect(where.size).toBeGreaterThan(150);
});
