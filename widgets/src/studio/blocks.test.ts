import { describe, expect, it } from "vitest";
import type { StageSent } from "../messages";
import { assemble, blocksOf } from "./blocks";
import type { OpenStage } from "./state";

type Told = readonly [key: string, bytes: readonly number[], sent: boolean];

function said(...told: readonly Told[]): [StageSent, DataView] {
  const blocks = told.map(([key, bytes, sent]) => ({
    key,
    size_bytes: bytes.length,
    sent,
  }));
  const fresh = told.flatMap(([, bytes, sent]) => (sent ? [...bytes] : []));
  // A message's buffer may start anywhere.
  const buffer = Uint8Array.from([9, ...fresh]).buffer;
  return [{ blocks } as unknown as StageSent, new DataView(buffer, 1)];
}

function opened(...told: readonly Told[]): OpenStage {
  const made = assemble(...said(...told), []);
  if (!made) throw new Error("all was sent");
  const bytes = new Uint8Array(made.payload.buffer as ArrayBuffer);
  return { stage: { bytes }, blocks: made.blocks } as unknown as OpenStage;
}

describe("a stage's payload", () => {
  it("is put together from what was sent and what is here, in order", () => {
    const kept = [opened(["set", [1, 2], true], ["ann", [3, 4, 5], true])];
    const made = assemble(
      ...said(["set", [1, 2], false], ["bo", [7], true], ["ann", [3, 4, 5], false]),
      kept,
    );
    expect([...new Uint8Array(made?.payload.buffer as ArrayBuffer)]).toEqual([
      1, 2, 7, 3, 4, 5,
    ]);
    expect(made?.blocks.map(({ key }) => key)).toEqual(["set", "bo", "ann"]);
  });

  it("is asked for again where a block is here no more", () => {
    expect(assemble(...said(["set", [1, 2], false]), [])).toBeUndefined();
  });

  it("says so where less was sent than was said", () => {
    const [message] = said(["set", [1, 2], true]);
    expect(() => assemble(message, undefined, [])).toThrow("incomplete");
  });

  it("names each block that is here once", () => {
    const one = opened(["set", [1], true], ["ann", [2], true]);
    const other = opened(["set", [1], true], ["bo", [3], true]);
    expect(blocksOf([one, other])).toEqual(["set", "ann", "bo"]);
  });
});
