// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

export const SCHEMA_VERSION = 6;
export const PROTOCOL_VERSION = 2;

export type * from "./schema/acting";
export type * from "./schema/camera";
export type * from "./schema/film";
export type * from "./schema/lens";
export type * from "./schema/look";
export type * from "./schema/medium";
export type * from "./schema/notes";
export type * from "./schema/people";
export type * from "./schema/place";
export type * from "./schema/props";
export type * from "./schema/protocol";
export type * from "./schema/rig";
export type * from "./schema/screenplay";
export type * from "./schema/time";
