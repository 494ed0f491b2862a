import {
  type Box3,
  Color,
  DirectionalLight,
  Group,
  HemisphereLight,
  PointLight,
  SpotLight,
  type Light as ThreeLight,
  Vector3,
} from "three";
import type { Light, StageHeader } from "../schema";
import { exposure } from "./surfaces";

type RGB = StageHeader["light_colors"][number];

const SHADOW_CASTERS = 3;
const SHADOW_MAP_PX = 1024;
// Share of the open sky that an average room sees, and what shadows never fall below.
const SKY_INDOORS = 0.04;
const FILL = 0.35;

/** A soft neutral rig that shows form anywhere, whatever the scene's light. */
export function workLights(middle: Vector3, radius: number): Group {
  const group = new Group();
  const key = new DirectionalLight(0xfff4e6, 2.1);
  key.position.copy(middle).add(new Vector3(0.55, 1, 0.45).multiplyScalar(radius * 2));
  castShadow(key, middle, radius);
  const back = new DirectionalLight(0xdbe6ff, 0.55);
  back.position
    .copy(middle)
    .add(new Vector3(-0.7, 0.6, -0.6).multiplyScalar(radius * 2));
  back.target.position.copy(middle);
  group.add(new HemisphereLight(0xe9edf2, 0x77706a, 1.25), key, key.target, back);
  group.add(back.target);
  return group;
}

/** The scene's own lights at the camera's exposure, with a little fill. */
export function sceneLights(
  header: StageHeader,
  middle: Vector3,
  radius: number,
): Group {
  const group = new Group();
  const scale = exposure(header.exposure_ev100);
  group.add(new HemisphereLight(0xdfe6f0, 0x8a8078, FILL));
  const casters = header.lights
    .filter((light) => light.kind !== "sky")
    .sort((a, b) => illuminance(b, middle) - illuminance(a, middle))
    .slice(0, SHADOW_CASTERS);
  for (const [i, light] of header.lights.entries()) {
    const color = lightColor(light, header.light_colors[i]);
    const made = sceneLight(light, color, scale, header.interior, middle, radius);
    if (made instanceof DirectionalLight || made instanceof SpotLight) {
      if (casters.includes(light)) castShadow(made, middle, radius);
      group.add(made.target);
    }
    group.add(made);
  }
  return group;
}

function lightColor(light: Light, recorded: RGB | undefined): Color {
  const [r, g, b] = recorded ?? [1, 1, 1];
  return new Color(r * light.gel[0], g * light.gel[1], b * light.gel[2]);
}

function illuminance(light: Light, at: Vector3): number {
  if (light.kind === "sun") return light.intensity;
  return light.intensity / at.distanceToSquared(new Vector3(...light.position_m));
}

function sceneLight(
  light: Light,
  color: Color,
  scale: number,
  interior: boolean,
  middle: Vector3,
  radius: number,
): ThreeLight {
  const intensity = light.intensity * scale;
  const from = new Vector3(...light.position_m);
  const aim = new Vector3(...light.aim_m);
  if (light.kind === "sky") {
    const ground = color.clone().multiplyScalar(0.3);
    return new HemisphereLight(color, ground, intensity * (interior ? SKY_INDOORS : 1));
  }
  if (light.kind === "point") {
    const point = new PointLight(color, intensity);
    point.position.copy(from);
    return point;
  }
  if (light.kind === "sun") {
    const sun = new DirectionalLight(color, intensity);
    const towards = aim.sub(from).normalize();
    sun.target.position.copy(middle);
    sun.position.copy(middle).addScaledVector(towards, -radius * 3);
    return sun;
  }
  const area = new SpotLight(color, intensity, 0, Math.PI / 2.2, 1);
  area.position.copy(from);
  area.target.position.copy(aim);
  return area;
}

function castShadow(
  light: DirectionalLight | SpotLight,
  middle: Vector3,
  radius: number,
): void {
  light.castShadow = true;
  light.shadow.mapSize.set(SHADOW_MAP_PX, SHADOW_MAP_PX);
  light.shadow.radius = 3;
  light.shadow.normalBias = 0.03;
  if (light instanceof DirectionalLight) {
    light.target.position.copy(middle);
    const camera = light.shadow.camera;
    camera.left = camera.bottom = -radius;
    camera.right = camera.top = radius;
    camera.near = 0.1;
    camera.far = radius * 6;
    light.shadow.bias = -0.0005;
  } else {
    // A spot's depth is perspective: the nearer its plane, the coarser far away.
    light.shadow.camera.near = 0.3;
    light.shadow.bias = -0.0025;
    light.shadow.camera.far = radius * 4;
  }
}

/** Free the shadow maps of a rig and take it off the stage. */
export function disposeLights(group: Group): void {
  group.traverse((object) => {
    if (object instanceof DirectionalLight || object instanceof SpotLight) {
      object.dispose();
    }
  });
  group.removeFromParent();
}

/** Half the diagonal of a box on the floor, at least `least` metres. */
export function reachOf(box: Box3, least: number): number {
  const size = box.getSize(new Vector3());
  return Math.max(Math.hypot(size.x, size.z) / 2, least);
}
