import {
  BufferGeometry,
  Float32BufferAttribute,
  type Material,
  Mesh,
  Scene,
  Vector3,
} from "three";
import { beforeEach, expect, it } from "vitest";
import { carriage, type Laid, LaidPieces, runsOf } from "./laid";

const TABLE: Laid = {
  id: "table",
  position_m: [1, 0, 2],
  yaw_deg: 90,
  size_m: [2, 1, 1],
};
const CUP: Laid = { id: "cup", position_m: [1, 1, 2], yaw_deg: 0, size_m: [1, 1, 1] };
const PART = {
  name: "set",
  first_index: 0,
  index_count: 9,
  glass: false,
  conceal: "never",
  center_m: [0, 0, 0],
  inward: [0, 1, 0],
} as const;
const RUNS = [
  { piece: "table", first_index: 0, index_count: 6 },
  { piece: "cup", first_index: 6, index_count: 3 },
];

let mesh: Mesh;
let scene: Scene;
let laid: LaidPieces;

beforeEach(() => {
  const geometry = new BufferGeometry();
  geometry.setAttribute(
    "position",
    new Float32BufferAttribute(new Array(27).fill(0), 3),
  );
  mesh = new Mesh(geometry);
  scene = new Scene();
  const pieces = runsOf(PART, RUNS).map(({ piece, first, count }) => ({
    piece,
    triangles: Uint32Array.from({ length: count }, (_, i) => first + i),
  }));
  const material = mesh.material as Material;
  laid = new LaidPieces([{ part: PART, mesh, material, pieces }], scene);
});

const shown = () => Array.from(mesh.geometry.index?.array ?? []);

it("says whose a triangle is, also once others are hidden", () => {
  expect([0, 1, 2].map((face) => laid.pieceAt(mesh, face))).toEqual([
    "table",
    "table",
    "cup",
  ]);
  laid.lay([TABLE, CUP], [TABLE, CUP], new Set(["table"]));
  expect(shown()).toEqual([6, 7, 8]);
  expect(laid.pieceAt(mesh, 0)).toBe("cup");
});

it("carries what was moved, takes away what is gone, and puts all back", () => {
  const moved = { ...CUP, position_m: [3, 1, 2] as const };
  expect(laid.lay([TABLE, CUP], [moved], new Set())).toBe(true);
  expect(shown()).toEqual([]);
  expect(scene.children.map(({ userData }) => userData.piece)).toEqual(["cup"]);
  expect(laid.lay([TABLE, CUP], [moved], new Set())).toBe(false);
  laid.lay([TABLE, CUP], [TABLE, CUP], new Set());
  expect(shown()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(scene.children).toEqual([]);
});

it("carries a piece's corner to where it is moved, turned and sized", () => {
  const now: Laid = { ...TABLE, position_m: [0, 0, 0], yaw_deg: 0, size_m: [4, 1, 1] };
  const matrix = carriage(TABLE, now);
  if (!matrix) throw new Error("It is carried nowhere.");
  // Half of its width lies along -z where it is turned by a quarter.
  const end = new Vector3(1, 0, 1).applyMatrix4(matrix);
  expect(end.distanceTo(new Vector3(2, 0, 0))).toBeLessThan(1e-9);
  expect(carriage(TABLE, { ...TABLE })).toBeUndefined();
});

it("leaves no triangle of a part out, whosever it is", () => {
  const part = { ...PART, index_count: 15 };
  const runs = [{ piece: "cup", first_index: 6, index_count: 3 }];
  expect(runsOf(part, runs)).toEqual([
    { piece: "", first: 0, count: 6 },
    { piece: "cup", first: 6, count: 3 },
    { piece: "", first: 9, count: 6 },
  ]);
});
