import type { StageHeader } from "../schema";
import { element } from "./dom";
import type { Stage } from "./payload";

/** The line above the picture: what this shot is, and on what gear. */
export function slate(header: StageHeader): HTMLElement {
  const { shot } = header;
  const chip = element("span", "pv-slate", shot.slate);
  chip.title = `Slate ${shot.slate}: scene ${header.scene}, ${header.slugline}`;
  const size = shot.angle === "eye" ? shot.size : `${shot.size} ${shot.angle}`;
  const what = [size, shot.coverage, header.move];
  const words = element("span", "pv-what", what.join(" · "));
  words.title = `Size, coverage and move; on ${shot.camera.rig.kind}`;
  const who = element("span", "pv-who", header.subjects.join(", "));
  who.title = header.slugline;
  return element("div", "pv-title", chip, words, who);
}

/** Lens, stop, focus and height at a frame, in the crew's units. */
export function lensReport(stage: Stage, frame: number): string {
  const { camera, header } = stage;
  const mm = camera.focalLengthMm[frame] ?? 0;
  const focus = camera.focusDistanceM[frame] ?? 0;
  const height = camera.worldFromCamera[frame * 16 + 7] ?? 0;
  const lens = header.shot.camera.lens;
  const parts = [
    `${Number(mm.toFixed(1))} mm`,
    `T${Number(lens.t_stop.toFixed(1))}`,
    `focus ${focus.toFixed(2)} m`,
    `height ${height.toFixed(2)} m`,
  ];
  if (lens.squeeze !== 1) parts.splice(1, 0, `${lens.squeeze}× squeeze`);
  return parts.join("  ");
}

/** Who says what at a frame; empty between speeches. */
export function spoken(header: StageHeader, frame: number): string {
  const lines = header.lines.filter(
    (line) =>
      frame >= line.first_frame && frame < line.first_frame + line.length_frames,
  );
  return lines.map((line) => `${line.name.toUpperCase()}  ${line.text}`).join("\n");
}
