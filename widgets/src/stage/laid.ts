// Set pieces one by one: which triangles are whose, and where they lie by now.

import {
  BufferAttribute,
  BufferGeometry,
  type Material,
  Matrix4,
  Mesh,
  type Scene,
} from "three";
import type { PieceRun, SetPart, SetPiece } from "../schema";

type Run = Pick<PieceRun, "piece" | "first_index" | "index_count">;

export type Laid = Pick<SetPiece, "id" | "position_m" | "yaw_deg" | "size_m">;

interface PieceFaces {
  /** Id of the set piece; empty: of none. */
  readonly piece: string;
  readonly triangles: Uint32Array;
}

export interface PartMesh {
  readonly part: SetPart;
  readonly mesh: Mesh;
  /** Its own, whatever it is painted with for a while. */
  readonly material: Material;
  readonly pieces: readonly PieceFaces[];
}

/** Whose the runs of indices are that make up a part, one after the other. */
export function runsOf(
  part: SetPart,
  runs: readonly Run[],
): { piece: string; first: number; count: number }[] {
  const end = part.first_index + part.index_count;
  const found: { piece: string; first: number; count: number }[] = [];
  let at = part.first_index;
  const nobodys = (to: number) => {
    if (to > at) found.push({ piece: "", first: at, count: to - at });
  };
  for (const { piece, first_index: first, index_count: count } of runs) {
    if (first < at || first + count > end) continue;
    nobodys(first);
    found.push({ piece, first, count });
    at = first + count;
  }
  nobodys(end);
  return found;
}

export function joined(all: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(all.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of all) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}

const UP_DEG = Math.PI / 180;

/** From a piece's own space into the world. */
function placed({ position_m: [x, y, z], yaw_deg }: Laid): Matrix4 {
  return new Matrix4().makeRotationY(yaw_deg * UP_DEG).setPosition(x, y, z);
}

/** What takes a piece from where it was baked to where it is; undefined: nowhere. */
export function carriage(baked: Laid, now: Laid): Matrix4 | undefined {
  const same = (a: readonly number[], b: readonly number[]) =>
    a.every((value, i) => Math.abs(value - (b[i] ?? 0)) < 1e-6);
  const still =
    same(baked.position_m, now.position_m) &&
    same(baked.size_m, now.size_m) &&
    Math.abs(baked.yaw_deg - now.yaw_deg) < 1e-6;
  if (still) return undefined;
  const [w, h, d] = [0, 1, 2].map(
    (axis) => (now.size_m[axis] ?? 1) / (baked.size_m[axis] || 1),
  );
  return placed(now)
    .multiply(new Matrix4().makeScale(w ?? 1, h ?? 1, d ?? 1))
    .multiply(placed(baked).invert());
}

/** The set's triangles by piece: hides some, and carries others ahead of a new bake. */
export class LaidPieces {
  readonly #parts: readonly PartMesh[];
  readonly #scene: Scene;
  readonly #carried = new Map<string, Mesh[]>();
  /** Of each part's mesh, what it shows, in order. */
  readonly #shown = new Map<Mesh, readonly PieceFaces[]>();
  #last = "";

  constructor(parts: readonly PartMesh[], scene: Scene) {
    this.#parts = parts;
    this.#scene = scene;
    for (const { mesh, pieces } of parts) this.#shown.set(mesh, pieces);
  }

  /** Meshes that a ray may hit. */
  get meshes(): Mesh[] {
    const carried = [...this.#carried.values()].flat();
    return [...this.#parts.map(({ mesh }) => mesh), ...carried];
  }

  /** Which piece a triangle of one of `meshes` belongs to; empty: none. */
  pieceAt(mesh: Mesh, face: number): string {
    const own: unknown = mesh.userData.piece;
    if (typeof own === "string") return own;
    let left = face * 3;
    for (const { piece, triangles } of this.#shown.get(mesh) ?? []) {
      if (left < triangles.length) return piece;
      left -= triangles.length;
    }
    return "";
  }

  /**
   * Show pieces as they are by now.
   *
   * @param baked as the triangles have them
   * @param now those that are gone are not shown
   * @returns whether that changes anything
   */
  lay(
    baked: readonly Laid[],
    now: readonly Laid[],
    hidden: ReadonlySet<string>,
  ): boolean {
    const places = new Map(now.map((piece) => [piece.id, piece]));
    const moves = new Map<string, Matrix4>();
    const away = new Set<string>(hidden);
    for (const piece of baked) {
      const there = places.get(piece.id);
      const moved = there && carriage(piece, there);
      if (!there) away.add(piece.id);
      else if (moved && !hidden.has(piece.id)) moves.set(piece.id, moved);
    }
    const key = `${[...away].sort().join()}|${[...moves].map(([id, m]) => `${id} ${m.elements.join()}`).join()}`;
    if (key === this.#last) return false;
    this.#last = key;
    this.#hide(new Set([...away, ...moves.keys()]));
    this.#carry(moves);
    return true;
  }

  dispose(): void {
    this.#carry(new Map());
  }

  #hide(away: ReadonlySet<string>): void {
    for (const { mesh, pieces } of this.#parts) {
      const left = pieces.filter(({ piece }) => !away.has(piece));
      if (
        left.length === this.#shown.get(mesh)?.length &&
        left.length === pieces.length
      )
        continue;
      this.#shown.set(mesh, left);
      const whole = joined(left.map(({ triangles }) => triangles));
      mesh.geometry.setIndex(new BufferAttribute(whole, 1));
    }
  }

  #carry(moves: ReadonlyMap<string, Matrix4>): void {
    for (const [id, meshes] of this.#carried) {
      if (moves.has(id)) continue;
      for (const mesh of meshes) {
        mesh.geometry.dispose();
        mesh.removeFromParent();
      }
      this.#carried.delete(id);
    }
    for (const [id, matrix] of moves) {
      const meshes = this.#carried.get(id) ?? this.#lift(id);
      this.#carried.set(id, meshes);
      for (const mesh of meshes) {
        mesh.matrix.copy(matrix);
        mesh.matrixWorldNeedsUpdate = true;
      }
    }
  }

  #lift(id: string): Mesh[] {
    return this.#parts.flatMap(({ mesh, material, pieces }) => {
      const own = pieces.find(({ piece }) => piece === id);
      if (!own) return [];
      const geometry = new BufferGeometry();
      for (const [name, attribute] of Object.entries(mesh.geometry.attributes))
        geometry.setAttribute(name, attribute);
      geometry.setIndex(new BufferAttribute(own.triangles, 1));
      const made = new Mesh(geometry, material);
      made.userData.piece = id;
      made.matrixAutoUpdate = false;
      made.frustumCulled = false;
      made.castShadow = mesh.castShadow;
      made.receiveShadow = mesh.receiveShadow;
      this.#scene.add(made);
      return [made];
    });
  }
}
