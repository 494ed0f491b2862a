// How handles, ways and lines are drawn on the stage.

import {
  BufferGeometry,
  CanvasTexture,
  CircleGeometry,
  Float32BufferAttribute,
  Group,
  Line,
  LineBasicMaterial,
  LineDashedMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  RingGeometry,
  Shape,
  ShapeGeometry,
  Sprite,
  SpriteMaterial,
  type Texture,
  type Vector3,
} from "three";
import type { Laid } from "../../stage/laid";
import { ACCENT } from "../../stage/rig";

const TEXTURE_PX = 64;

/** One renderer's badges: a texture that others share would keep them all alive. */
export class Badges {
  readonly #textures = new Map<string, Texture>();

  of({ text, color, diamond, on }: BadgeLook): Texture {
    const key = `${text}|${color}|${diamond}|${on}`;
    const known = this.#textures.get(key);
    if (known) return known;
    const texture = badge(text, color, diamond, on);
    this.#textures.set(key, texture);
    return texture;
  }

  dispose(): void {
    for (const texture of this.#textures.values()) texture.dispose();
    this.#textures.clear();
  }
}

/** A badge with one or two letters: a disc, or a diamond for the camera's keys. */
function badge(text: string, color: string, diamond: boolean, on: boolean): Texture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = TEXTURE_PX;
  const context = canvas.getContext("2d");
  if (context) {
    const middle = TEXTURE_PX / 2;
    context.translate(middle, middle);
    context.save();
    if (diamond) context.rotate(Math.PI / 4);
    context.beginPath();
    if (diamond) context.rect(-17, -17, 34, 34);
    else context.arc(0, 0, 22, 0, Math.PI * 2);
    context.fillStyle = on ? "#ffffff" : color;
    context.strokeStyle = on ? color : "rgba(16,17,19,.9)";
    context.lineWidth = on ? 8 : 5;
    context.stroke();
    context.fill();
    context.restore();
    context.fillStyle = "#15171a";
    context.font = "600 26px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, 0, 2);
  }
  return new CanvasTexture(canvas);
}

export interface BadgeLook {
  readonly text: string;
  readonly color: string;
  readonly diamond: boolean;
  readonly on: boolean;
  readonly pixels: number;
}

/** A badge of a fixed size on the screen. */
export function sprite(badges: Badges, at: Vector3, look: BadgeLook): Sprite {
  const material = new SpriteMaterial({
    map: badges.of(look),
    sizeAttenuation: false,
    depthTest: false,
    depthWrite: false,
    toneMapped: false,
  });
  const made = new Sprite(material);
  made.position.copy(at);
  made.renderOrder = look.on ? 12 : 10;
  made.userData.pixels = look.pixels;
  return made;
}

/** A mark on the floor: a ring, and an arrow to where it faces. */
export function floorMark(at: Vector3, facing_deg: number, color: string): Group {
  const group = new Group();
  const material = flat(color, 0.95);
  const ring = new Mesh(new RingGeometry(0.2, 0.235, 40), material);
  const fill = new Mesh(new CircleGeometry(0.2, 40), flat(color, 0.16));
  const point = new Shape();
  point.moveTo(-0.09, -0.25);
  point.lineTo(0.09, -0.25);
  point.lineTo(0, -0.4);
  const arrow = new Mesh(new ShapeGeometry(point), material);
  for (const part of [ring, fill, arrow]) part.renderOrder = 6;
  group.add(ring, fill, arrow);
  group.rotation.set(-Math.PI / 2, 0, (facing_deg * Math.PI) / 180);
  group.position.copy(at).setY(0.015);
  return group;
}

function flat(color: string, opacity: number): MeshBasicMaterial {
  return new MeshBasicMaterial({
    color,
    transparent: true,
    opacity,
    depthWrite: false,
    toneMapped: false,
  });
}

/** The line that a dragged thing is drawn to. */
export function guideLine(from: Vector3, to: Vector3): Line {
  const ends = [from.clone().setY(0.03), to.clone().setY(0.03)];
  const material = new LineDashedMaterial({
    color: 0xffffff,
    dashSize: 0.12,
    gapSize: 0.1,
    depthTest: false,
    transparent: true,
    toneMapped: false,
  });
  const line = new Line(new BufferGeometry().setFromPoints(ends), material);
  line.computeLineDistances();
  line.renderOrder = 9;
  return line;
}

const EDGES = [
  [0, 1],
  [1, 3],
  [3, 2],
  [2, 0],
  [4, 5],
  [5, 7],
  [7, 6],
  [6, 4],
  [0, 4],
  [1, 5],
  [2, 6],
  [3, 7],
] as const;

/** The edges of a piece's box: bright round what was chosen last, pale round others. */
export function boxLines(
  { position_m, yaw_deg, size_m }: Laid,
  last: boolean,
): Object3D {
  const [w, h, d] = size_m;
  const corner = (i: number) => [
    (i & 1 ? w : -w) / 2,
    i & 4 ? h : 0,
    (i & 2 ? d : -d) / 2,
  ];
  const places = EDGES.flatMap(([a, b]) => [...corner(a), ...corner(b)]);
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(places, 3));
  const material = new LineBasicMaterial({
    color: last ? ACCENT : 0xf3e3c4,
    depthTest: false,
    transparent: true,
    opacity: last ? 1 : 0.8,
    toneMapped: false,
  });
  const lines = new LineSegments(geometry, material);
  lines.position.set(...position_m);
  lines.rotation.y = (yaw_deg * Math.PI) / 180;
  lines.renderOrder = 9;
  return lines;
}

/** A ring on the floor round somebody who is chosen. */
export function floorRing(middle: Vector3, last: boolean): Mesh {
  const color = `#${(last ? ACCENT : 0xf3e3c4).toString(16)}`;
  const ring = new Mesh(new RingGeometry(0.4, 0.44, 48), flat(color, 0.95));
  ring.material.depthTest = false;
  ring.rotation.x = -Math.PI / 2;
  ring.position.copy(middle).setY(0.02);
  ring.renderOrder = 9;
  return ring;
}

/** The way somebody walks. */
export function way(
  points: readonly (readonly [number, number, number])[],
  color: string,
): Line {
  const geometry = new BufferGeometry();
  const places = points.flatMap(([x, , z]) => [x, 0.02, z]);
  geometry.setAttribute("position", new Float32BufferAttribute(places, 3));
  const material = new LineBasicMaterial({
    color,
    transparent: true,
    opacity: 0.75,
    depthWrite: false,
    toneMapped: false,
  });
  return new Line(geometry, material);
}

/** The line between two people, to both sides of the set: the camera stays on one. */
export function axisLine(from: Vector3, to: Vector3): Line {
  const along = to.clone().sub(from).setY(0);
  if (along.lengthSq() < 1e-4) along.set(1, 0, 0);
  along.normalize().multiplyScalar(5);
  const middle = from.clone().add(to).multiplyScalar(0.5).setY(0.025);
  const ends = [middle.clone().sub(along), middle.clone().add(along)];
  const material = new LineDashedMaterial({
    color: 0xff6a5e,
    dashSize: 0.22,
    gapSize: 0.14,
    transparent: true,
    opacity: 0.9,
    depthTest: false,
    toneMapped: false,
  });
  const line = new Line(new BufferGeometry().setFromPoints(ends), material);
  line.computeLineDistances();
  line.renderOrder = 7;
  return line;
}

/** From a lamp to what it is aimed at. */
export function throwLine(from: Vector3, to: Vector3, on: boolean): Line {
  const material = new LineBasicMaterial({
    color: on ? ACCENT : 0xf6df9a,
    transparent: true,
    opacity: on ? 0.9 : 0.25,
    depthWrite: false,
    toneMapped: false,
  });
  return new Line(new BufferGeometry().setFromPoints([from, to]), material);
}

/** Free what a group of these holds; textures are kept for the next. */
export function discard(group: Object3D): void {
  group.traverse((object) => {
    if (object instanceof Sprite) object.material.dispose();
    else if (object instanceof Mesh || object instanceof Line) {
      object.geometry.dispose();
      object.material.dispose();
    }
  });
  group.removeFromParent();
}
