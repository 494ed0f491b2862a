// What a set cannot show: where it is sharp, where light falls, what carries the camera.

import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  Float32BufferAttribute,
  FrontSide,
  Group,
  LineBasicMaterial,
  LineSegments,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  Quaternion,
  Vector3,
} from "three";
import type { Light, Shot } from "../../schema";
import type { Figure } from "../../stage/figure";
import type { CameraArrays } from "../../stage/payload";
import { depthOfField } from "./optics";

/** Blue for what is sharp and what was, orange for what will be: any eyes tell them. */
const SHARP = 0x56b4e9;
const BEFORE = 0x56b4e9;
const AFTER = 0xe69f00;
const RIG = 0xc9ccd0;
const WARM = 0xf6df9a;
/** Sharp without end is drawn so far. */
const FARTHEST_M = 14;
const GHOSTS_FRAMES = [-12, -6, 6, 12] as const;
/** Between the rails of a dolly track: 24.5 inches. */
const GAUGE_M = 0.62;
const SLIDER_M = 0.16;
const SLEEPERS_M = 0.6;

/** Usual arms, as `previz.camera.limits` has them. */
const ARM_M = { jib: 2, crane: 5 };

type Point = readonly [number, number, number];

function segments(
  points: readonly Point[],
  color: number,
  opacity: number,
): LineSegments {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(points.flat(), 3));
  const material = new LineBasicMaterial({
    color,
    transparent: true,
    opacity,
    depthWrite: false,
    toneMapped: false,
  });
  const lines = new LineSegments(geometry, material);
  lines.renderOrder = 8;
  return lines;
}

function sheet(corners: readonly Point[], color: number, opacity: number): Mesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(corners.flat(), 3));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  const made = new Mesh(geometry, see(color, opacity));
  made.renderOrder = 5;
  return made;
}

function see(color: number, opacity: number): MeshBasicMaterial {
  return new MeshBasicMaterial({
    color,
    transparent: true,
    opacity,
    depthWrite: false,
    side: DoubleSide,
    toneMapped: false,
  });
}

/** The plane in focus, and the slab about it that is sharp, before the camera. */
export function focusSlab(
  { camera }: Shot,
  worldFromCamera: Matrix4,
  focal_length_mm: number,
  focus_m: number,
): Group {
  const { near_m, far_m } = depthOfField(camera, focal_length_mm, focus_m);
  const { sensor, lens } = camera;
  const at = (metres: number): Point[] => {
    const x = (metres * sensor.width_mm * lens.squeeze) / focal_length_mm / 2;
    const y = (metres * sensor.height_mm) / focal_length_mm / 2;
    return [
      [-x, -y, -metres],
      [x, -y, -metres],
      [x, y, -metres],
      [-x, y, -metres],
    ];
  };
  const ring = (corners: readonly Point[]) =>
    corners.flatMap((corner, i) => [corner, corners[(i + 1) % 4] ?? corner]);
  const [near, plane, far] = [near_m, focus_m, Math.min(far_m, FARTHEST_M)].map(at);
  const group = new Group();
  if (!near || !plane || !far) return group;
  const edges = near.flatMap((corner, i) => [corner, far[i] ?? corner]);
  group.add(
    sheet(plane, SHARP, 0.2),
    segments(ring(plane), SHARP, 1),
    segments([...ring(near), ...ring(far), ...edges], SHARP, 0.55),
  );
  group.applyMatrix4(worldFromCamera);
  return group;
}

/** What shines, and how far its light spreads on the way to what it is aimed at. */
export function lampShape(light: Light, at: Vector3, aim: Vector3): Group {
  const group = new Group();
  const far = at.distanceTo(aim);
  if (far < 0.05) return group;
  const area = light.kind === "area";
  const [w, h] = area ? [light.width_m / 2, light.height_m / 2] : [0.04, 0.04];
  const panel: Point[] = [
    [-w, -h, 0],
    [w, -h, 0],
    [w, h, 0],
    [-w, h, 0],
  ];
  const loop = (points: readonly Point[]) =>
    points.flatMap((point, i) => [point, points[(i + 1) % points.length] ?? point]);
  group.add(sheet(panel, WARM, area ? 0.12 : 0.5), segments(loop(panel), WARM, 1));
  for (const [full_deg, opacity] of [
    [light.beam_deg, 0.9],
    [light.field_deg, 0.45],
  ] as const)
    if (full_deg) group.add(cone(full_deg, far, opacity));
  if (area) {
    // A soft source throws wide: half of it goes within 60 degrees of its axis.
    const spread = Math.min(far * 0.5, 1.2);
    const rays = panel.flatMap(([x, y]): Point[] => [
      [x, y, 0],
      [x + Math.sign(x) * spread * 0.5, y + Math.sign(y) * spread * 0.3, spread],
    ]);
    group.add(segments(rays, WARM, 0.5));
  }
  group.position.copy(at);
  const way = aim.clone().sub(at).normalize();
  group.quaternion.copy(turnTo(way));
  return group;
}

/** A turn that brings +z to a direction, upright as far as it can be. */
function turnTo(way: Vector3): Quaternion {
  const steep = Math.abs(way.y) > 0.999;
  const up = steep ? new Vector3(0, 0, -1) : new Vector3(0, 1, 0);
  const basis = new Matrix4().lookAt(way, new Vector3(), up);
  return new Quaternion().setFromRotationMatrix(basis);
}

function cone(full_deg: number, far: number, opacity: number): Group {
  const radius = far * Math.tan((Math.min(full_deg, 170) * Math.PI) / 360);
  const sides = 32;
  const rim = Array.from({ length: sides }, (_, i): Point => {
    const angle = (i / sides) * Math.PI * 2;
    return [Math.cos(angle) * radius, Math.sin(angle) * radius, far];
  });
  const loop = rim.flatMap((point, i): Point[] => [
    point,
    rim[(i + 1) % sides] ?? point,
  ]);
  const spokes = rim
    .filter((_, i) => i % 8 === 0)
    .flatMap((point): Point[] => [[0, 0, 0], point]);
  const group = new Group();
  group.add(segments([...loop, ...spokes], WARM, opacity));
  const geometry = new BufferGeometry();
  const skin = rim.flatMap((point, i) => [
    0,
    0,
    0,
    ...point,
    ...(rim[(i + 1) % sides] ?? point),
  ]);
  geometry.setAttribute("position", new Float32BufferAttribute(skin, 3));
  const mesh = new Mesh(geometry, see(WARM, 0.07));
  mesh.renderOrder = 5;
  group.add(mesh);
  return group;
}

/** People as they were and will be: a few frames before and after, pale. */
export function ghosts(figures: readonly Figure[], frame: number): Group {
  const group = new Group();
  for (const figure of figures) {
    const { track, arrays } = figure;
    for (const by of GHOSTS_FRAMES) {
      const row = frame + by - track.first_frame;
      if (row < 0 || row >= arrays.frames) continue;
      const { vertices, positions, triangles } = arrays;
      const counts = positions.subarray(row * vertices * 3, (row + 1) * vertices * 3);
      const places = new Float32Array(vertices * 3);
      for (let i = 0; i < places.length; i++)
        places[i] = (track.origin_m[i % 3] ?? 0) + (counts[i] ?? 0) * track.step_m;
      const geometry = new BufferGeometry();
      geometry.setAttribute("position", new BufferAttribute(places, 3));
      geometry.setIndex(new BufferAttribute(triangles, 1));
      const near = Math.abs(by) <= 6;
      const made = new Mesh(geometry, see(by < 0 ? BEFORE : AFTER, near ? 0.3 : 0.16));
      made.material.side = FrontSide;
      made.renderOrder = 4;
      group.add(made);
    }
  }
  return group;
}

/** The rail under a dolly, the arm of a crane, the column of a pedestal. */
export function rigDrawn(
  { camera: { rig } }: Shot,
  { worldFromCamera: rows }: CameraArrays,
  frame: number,
): Group {
  const group = new Group();
  const frames = rows.length / 16;
  const at = (i: number) =>
    new Vector3(rows[i * 16 + 3] ?? 0, rows[i * 16 + 7] ?? 0, rows[i * 16 + 11] ?? 0);
  const places = Array.from({ length: frames }, (_, i) => at(i));
  const now = places[Math.min(frame, frames - 1)];
  if (!now) return group;
  const back = new Vector3(rows[2] ?? 0, 0, rows[10] ?? 1);
  // Adding none of several is an error to three.js.
  for (const lines of carried()) group.add(lines);
  return group;

  function carried(): LineSegments[] {
    if (!now) return [];
    switch (rig.kind) {
      case "dolly":
      case "curved track":
        return [...rails(places, GAUGE_M), post(now)];
      case "slider":
        return rails(places, SLIDER_M);
      case "jib":
      case "crane":
        return arm(places, now, back, rig.arm_m ?? ARM_M[rig.kind]);
      case "sticks":
        return tripod(now);
      case "pedestal":
        return [post(now)];
      default:
        return [];
    }
  }
}

/** Rails on the floor under a way, with sleepers; none where it stands. */
function rails(places: readonly Vector3[], gauge_m: number): LineSegments[] {
  const way: Vector3[] = [];
  for (const place of places) {
    const last = way.at(-1);
    const on = place.clone().setY(0.03);
    if (!last || last.distanceTo(on) > 0.05) way.push(on);
  }
  if (way.length < 2) return [];
  const sides = way.map((place, i) => {
    const along = (way[i + 1] ?? place).clone().sub(way[i - 1] ?? place);
    return new Vector3(-along.z, 0, along.x).normalize().multiplyScalar(gauge_m / 2);
  });
  const rail = (sign: number) =>
    way.map((place, i) => place.clone().addScaledVector(sides[i] ?? place, sign));
  const [left, right] = [rail(1), rail(-1)];
  const lines: Point[] = [];
  const put = (a: Vector3 | undefined, b: Vector3 | undefined) => {
    if (a && b) lines.push([a.x, a.y, a.z], [b.x, b.y, b.z]);
  };
  let gone = SLEEPERS_M;
  for (let i = 0; i < way.length; i++) {
    put(left[i], left[i + 1]);
    put(right[i], right[i + 1]);
    const before = way[i - 1];
    if (before) gone += before.distanceTo(way[i] ?? before);
    if (gone < SLEEPERS_M) continue;
    gone = 0;
    put(left[i], right[i]);
  }
  return [segments(lines, RIG, 0.95)];
}

function post({ x, y, z }: Vector3): LineSegments {
  const foot = GAUGE_M / 2;
  const lines: Point[] = [
    [x, Math.max(y - 0.12, 0), z],
    [x, 0.08, z],
  ];
  for (const [dx, dz] of [
    [1, 1],
    [1, -1],
    [-1, -1],
    [-1, 1],
  ] as const)
    lines.push([x, 0.08, z], [x + dx * foot, 0.04, z + dz * foot]);
  return segments(lines, RIG, 0.8);
}

function tripod({ x, y, z }: Vector3): LineSegments[] {
  const top = y - 0.12;
  if (top < 0.2) return [];
  const spread = Math.min(top * 0.4, 0.6);
  const lines = [0, 1, 2].flatMap((leg): Point[] => {
    const angle = (leg / 3) * Math.PI * 2 + 0.5;
    return [
      [x, top, z],
      [x + Math.cos(angle) * spread, 0, z + Math.sin(angle) * spread],
    ];
  });
  return [segments(lines, RIG, 0.8)];
}

/** An arm from a pivot behind the camera, level at half of its way's height. */
function arm(
  places: readonly Vector3[],
  now: Vector3,
  back: Vector3,
  arm_m: number,
): LineSegments[] {
  const heights = places.map(({ y }) => y);
  const middle = (Math.min(...heights) + Math.max(...heights)) / 2;
  const first = places[0] ?? now;
  const level =
    back.lengthSq() > 1e-6 ? back.clone().normalize() : new Vector3(0, 0, 1);
  const rise = Math.min(Math.abs(first.y - middle), arm_m * 0.95);
  const out = Math.sqrt(arm_m ** 2 - rise ** 2);
  const pivot = first.clone().addScaledVector(level, out).setY(Math.max(middle, 0.6));
  const tail = pivot
    .clone()
    .addScaledVector(pivot.clone().sub(now).normalize(), arm_m * 0.3);
  const to = ({ x, y, z }: Vector3): Point => [x, y, z];
  const base = pivot.clone().setY(0);
  const lines: Point[] = [to(now), to(pivot), to(pivot), to(tail), to(pivot), to(base)];
  for (const side of [-0.5, 0.5])
    lines.push(to(base), [base.x + side, 0.02, base.z + side], to(base), [
      base.x - side,
      0.02,
      base.z + side,
    ]);
  return [segments(lines, RIG, 0.95)];
}
