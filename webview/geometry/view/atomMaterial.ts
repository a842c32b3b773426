import { Color, ShaderMaterial } from "three";

const OUTLINE_px = 1.2;

/** `place` is centre and radius. */
const VERTEX = `
attribute vec4 place;
attribute vec3 ownColour;
uniform float viewportWidth;
uniform float outline_px;
varying vec2 inDisc;
varying vec3 colour;
varying float centreDepth;
varying float radius;
varying float outerRadius;
varying float depthScale;
varying float pixel;

void main() {
  vec4 centre = modelViewMatrix * vec4(place.xyz, 1.0);
  pixel = 2.0 / (projectionMatrix[0][0] * viewportWidth);
  // However many there are, each is seen.
  radius = max(place.w * length(modelViewMatrix[0].xyz), pixel);
  // A small atom is colour rather than outline.
  outerRadius = radius + min(outline_px * pixel, 0.4 * radius);
  float quad = outerRadius + pixel;
  inDisc = position.xy * quad;
  colour = ownColour;
  depthScale = 0.5 * projectionMatrix[2][2];
  centreDepth = depthScale * centre.z + 0.5 * projectionMatrix[3][2] + 0.5;
  gl_Position = projectionMatrix * (centre + vec4(inDisc, 0.0, 0.0));
}`;

/** The light comes over the left shoulder, as for everything else in the picture. */
const FRAGMENT = `
uniform vec3 outlineColour;
varying vec2 inDisc;
varying vec3 colour;
varying float centreDepth;
varying float radius;
varying float outerRadius;
varying float depthScale;
varying float pixel;

void main() {
  float distance = length(inDisc);
  float coverage = clamp((outerRadius - distance) / pixel + 0.5, 0.0, 1.0);
  #ifdef ALPHA_TO_COVERAGE
  if (coverage == 0.0) discard;
  #else
  if (coverage < 0.5) discard;
  coverage = 1.0;
  #endif
  float height = sqrt(max(radius * radius - distance * distance, 0.0));
  vec3 normal = vec3(inDisc, height) / max(radius, distance);
  vec3 light = normalize(vec3(-0.5, 0.9, 1.0));
  vec3 shaded = colour * (0.55 + 0.6 * max(dot(normal, light), 0.0));
  shaded += 0.25 * pow(max(dot(reflect(-light, normal), vec3(0.0, 0.0, 1.0)), 0.0), 40.0);
  float inside = clamp((radius - distance) / pixel + 0.5, 0.0, 1.0);
  gl_FragColor = vec4(mix(outlineColour, shaded, inside), coverage);
  gl_FragDepth = centreDepth + depthScale * height;
  #include <colorspace_fragment>
}`;

export interface AtomMaterial {
  readonly material: ShaderMaterial;
  readonly outline: Color;
  resize(width: number): void;
}

/**
 * Spheres as discs that face the eye, shaded and given the depth of a sphere: two triangles an atom instead of
 * hundreds, round at any size. For a parallel projection and squares from (-1,-1) to (1,1).
 */
export function createAtomMaterial(isMultisampled: boolean): AtomMaterial {
  const outline = new Color();
  const viewport = { value: 1 };
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { viewportWidth: viewport, outline_px: { value: OUTLINE_px }, outlineColour: { value: outline } },
    alphaToCoverage: isMultisampled,
  });
  return {
    material,
    outline,
    resize(width) {
      viewport.value = width;
    },
  };
}

const POINT_VERTEX = `
attribute vec4 atom;
attribute vec3 atomColour;
uniform float viewportWidth;
uniform float pixelRatio;
varying vec3 colour;

void main() {
  colour = atomColour;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(atom.xyz, 1.0);
  float radius = atom.w * length(modelViewMatrix[0].xyz);
  gl_PointSize = pixelRatio * max(2.0, radius * projectionMatrix[0][0] * viewportWidth);
}`;

const POINT_FRAGMENT = `
varying vec3 colour;

void main() {
  if (length(gl_PointCoord - 0.5) > 0.55) discard;
  gl_FragColor = vec4(colour * 0.9, 1.0);
  #include <colorspace_fragment>
}`;

/** Atoms as flat discs of at least two pixels: what a large structure is drawn with while it moves. */
export const createPointMaterial = (): ShaderMaterial =>
  new ShaderMaterial({
    vertexShader: POINT_VERTEX,
    fragmentShader: POINT_FRAGMENT,
    uniforms: { viewportWidth: { value: 1 }, pixelRatio: { value: 1 } },
  });
