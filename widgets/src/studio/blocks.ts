// A stage's payload in blocks named by their content: only what is not here is sent.

import type { StageSent } from "../messages";
import { ownBuffer, StageError } from "../stage/payload";
import type { OpenStage } from "./state";

/** A block within the payload of a stage that is kept. */
export interface KeptBlock {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** The names of all blocks that are here. */
export function blocksOf(kept: Iterable<OpenStage>): string[] {
  const keys = new Set<string>();
  for (const { blocks } of kept) for (const { key } of blocks) keys.add(key);
  return [...keys];
}

/**
 * Put a payload together from what was sent and what is here.
 *
 * @returns undefined where a block is neither sent nor here any more
 * @throws StageError where less was sent than was said
 */
export function assemble(
  message: StageSent,
  sent: DataView | undefined,
  kept: Iterable<OpenStage>,
): { payload: DataView; blocks: KeptBlock[] } | undefined {
  const fresh = new Uint8Array(ownBuffer(sent));
  const here = new Map<string, Uint8Array>();
  for (const { blocks, stage } of kept)
    for (const { key, start, end } of blocks)
      here.set(key, stage.bytes.subarray(start, end));
  const whole = new Uint8Array(
    message.blocks.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
  );
  const blocks: KeptBlock[] = [];
  let [at, read] = [0, 0];
  for (const { key, size_bytes, sent: isSent } of message.blocks) {
    const block = isSent ? fresh.subarray(read, read + size_bytes) : here.get(key);
    if (!block) return undefined;
    if (block.length !== size_bytes)
      throw new StageError("The stage's geometry is incomplete. Run the cell again.");
    whole.set(block, at);
    blocks.push({ key, start: at, end: at + size_bytes });
    at += size_bytes;
    if (isSent) read += size_bytes;
  }
  return { payload: new DataView(whole.buffer), blocks };
}
