// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/** Bring somebody into a scene, for all of it; somebody new without a name. */
export interface AddPerson {
  readonly kind: "add_person";
  readonly scene: string;
  readonly character?: string;
  readonly position_m: readonly [number, number, number];
  readonly facing_deg?: number;
}

/** Take somebody out of a scene in which they say and carry nothing. */
export interface RemovePerson {
  readonly kind: "remove_person";
  readonly scene: string;
  readonly character: string;
}
