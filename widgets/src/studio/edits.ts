// What the page changes, as `previz.edits` reads it.

import type { EditAsked } from "../messages";

export type Vec3 = readonly [number, number, number];
export type RGB = readonly [number, number, number];
export type Edit = EditAsked["edit"];
