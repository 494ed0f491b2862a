// What the page changes, as `previz.edits` reads it.

import type { Edit, SetWardrobe } from "../edits";

export type Vec3 = readonly [number, number, number];
export type RGB = readonly [number, number, number];
export type { Edit, SetWardrobe };
