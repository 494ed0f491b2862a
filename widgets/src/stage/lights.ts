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

const SHADOW_CASTERS = 3;
const SHADOW_MAP_PX = 1024;
// Share of the open sky that an average room sees, and what shadows never fall below.
const SKY_INDOORS = 0.04;
const FILL = 0.35;
// The camera's white balance: the mean of tungsten and daylight in mired.
const WHITE_K = 4300;

/**
 * Linear Rec.709 of a black body, brightest channel 1.
 *
 * Source: Kim et al. 2002, cubic approximation of the Planckian locus (US 7024034).
 */
export function blackBody(kelvin: number): [number, number, number] {
  const t = Math.min(Math.max(kelvin, 1667), 25000);
  const k = 1000 / t;
  const x =
    t < 4000
      ? -0.2661239 * k ** 3 - 0.234358 * k ** 2 + 0.8776956 * k + 0.17991
      : -3.0258469 * k ** 3 + 2.1070379 * k ** 2 + 0.2226347 * k + 0.24039;
  const [c3, c2, c1, c0] =
    t < 2222
      ? [-1.1063814, -1.3481102, 2.18555832, -0.20219683]
      : t < 4000
        ? [-0.9549476, -1.37418593, 2.09137015, -0.16748867]
        : [3.081758, -5.8733867, 3.75112997, -0.37001483];
  const y = c3 * x ** 3 + c2 * x ** 2 + c1 * x + c0;
  const X = x / y;
  const Z = (1 - x - y) / y;
  const rgb = [
    3.2404542 * X - 1.5371385 - 0.4985314 * Z,
    -0.969266 * X + 1.8760108 + 0.041556 * Z,
    0.0556434 * X - 0.2040259 + 1.0572252 * Z,
  ].map((value) => Math.max(value, 0));
  const peak = Math.max(...rgb);
  const [r = 0, g = 0, b = 0] = rgb.map((value) => value / peak);
  return [r, g, b];
}

function balanced(light: Light): Color {
  const own = blackBody(light.color_temperature_k);
  const white = blackBody(WHITE_K);
  const [r = 1, g = 1, b = 1] = own.map(
    (value, i) => (value / (white[i] || 1)) * (light.gel[i] ?? 1),
  );
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b || 1;
  return new Color(r / luminance, g / luminance, b / luminance);
}

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
  // ISO 100 saturates at 1.2 * 2^EV cd/m² (ISO 12232, saturation-based speed).
  const exposure = 1 / (1.2 * 2 ** header.exposure_ev100);
  group.add(new HemisphereLight(0xdfe6f0, 0x8a8078, FILL));
  const casters = header.lights
    .filter((light) => light.kind !== "sky")
    .sort((a, b) => illuminance(b, middle) - illuminance(a, middle))
    .slice(0, SHADOW_CASTERS);
  for (const light of header.lights) {
    const made = sceneLight(light, exposure, header.interior, middle, radius);
    if (made instanceof DirectionalLight || made instanceof SpotLight) {
      if (casters.includes(light)) castShadow(made, middle, radius);
      group.add(made.target);
    }
    group.add(made);
  }
  return group;
}

function illuminance(light: Light, at: Vector3): number {
  if (light.kind === "sun") return light.intensity;
  return light.intensity / at.distanceToSquared(new Vector3(...light.position_m));
}

function sceneLight(
  light: Light,
  exposure: number,
  interior: boolean,
  middle: Vector3,
  radius: number,
): ThreeLight {
  const color = balanced(light);
  const intensity = light.intensity * exposure;
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
