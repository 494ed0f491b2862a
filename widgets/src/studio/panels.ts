// The register of panels. A new panel is one component and one line here.

import type { ComponentType } from "preact";
import { Boards } from "./boards/boards";
import { Cast } from "./cast/cast";
import { Curves } from "./curves";
import { History } from "./history";
import { Inspector } from "./inspector/inspector";
import { Monitor } from "./monitor/monitor";
import { Outliner } from "./outliner";
import { Queue } from "./promote/queue";
import { Stage } from "./space/stage";
import { Timeline } from "./timeline/timeline";

export interface Panel {
  readonly part: string;
  readonly title: string;
  readonly tip: string;
  readonly view: ComponentType;
  /** Where it stands in the whole studio; the timeline has the bottom to itself. */
  readonly side: "left" | "middle" | "picture" | "right" | "bottom";
  /** It fills its place and does not scroll. */
  readonly fills?: boolean;
}

export const PANELS: readonly Panel[] = [
  {
    part: "outliner",
    title: "Film",
    tip: "Scenes, shots, cast, lights, set",
    view: Outliner,
    side: "left",
  },
  {
    part: "stage",
    title: "Stage",
    tip: "The set in 3D and in plan",
    view: Stage,
    side: "middle",
    fills: true,
  },
  {
    part: "boards",
    title: "Boards",
    tip: "The film as panels",
    view: Boards,
    side: "middle",
    fills: true,
  },
  {
    part: "cast",
    title: "Cast",
    tip: "People on a turntable: body, clothes, colours",
    view: Cast,
    side: "middle",
    fills: true,
  },
  {
    part: "monitor",
    title: "Monitor",
    tip: "The picture through the lens",
    view: Monitor,
    side: "picture",
    fills: true,
  },
  {
    part: "inspector",
    title: "Inspector",
    tip: "Lens, moves, light, people",
    view: Inspector,
    side: "right",
  },
  {
    part: "history",
    title: "History",
    tip: "Every step in film words",
    view: History,
    side: "right",
  },
  {
    part: "curves",
    title: "Curves",
    tip: "Lens, focus, height and speed of the camera over the shot",
    view: Curves,
    side: "right",
  },
  {
    part: "queue",
    title: "Queue",
    tip: "Shots at full quality: progress, takes, checks",
    view: Queue,
    side: "right",
  },
  {
    part: "timeline",
    title: "Timeline",
    tip: "The scene over time",
    view: Timeline,
    side: "bottom",
    fills: true,
  },
];
