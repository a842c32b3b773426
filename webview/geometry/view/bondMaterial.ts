import { ShaderMaterial } from "three";

/** `place` is its start and radius, `along` the way from its start to its end. */
const VERTEX = `
attribute vec4 place;
attribute vec3 along;
attribute vec3 ownColour;
varying float across;
varying vec3 colour;
varying vec2 sideways;
varying float tilt;
varying float centreDepth;
varying float depthScale;
varying float radius;

void main() {
  vec3 from = (modelViewMatrix * vec4(place.xyz, 1.0)).xyz;
  vec3 way = (modelViewMatrix * vec4(along, 0.0)).xyz;
  radius = place.w * length(modelViewMatrix[0].xyz);
  float seen = max(length(way.xy), 1e-6);
  sideways = vec2(way.y, -way.x) / seen;
  tilt = max(seen / length(way), 0.05);
  across = position.x;
  colour = ownColour;
  vec3 corner = from + way * (0.5 * position.y + 0.5) + vec3(sideways * across * radius, 0.0);
  depthScale = 0.5 * projectionMatrix[2][2];
  centreDepth = depthScale * corner.z + 0.5 * projectionMatrix[3][2] + 0.5;
  gl_Position = projectionMatrix * vec4(corner, 1.0);
}`;

const FRAGMENT = `
varying float across;
varying vec3 colour;
varying vec2 sideways;
varying float tilt;
varying float centreDepth;
varying float depthScale;
varying float radius;

void main() {
  float height = sqrt(max(1.0 - across * across, 0.0));
  vec3 normal = vec3(sideways * across, height);
  float lit = max(dot(normal, normalize(vec3(-0.5, 0.9, 1.0))), 0.0);
  gl_FragColor = vec4(colour * (0.55 + 0.6 * lit), 1.0);
  gl_FragDepth = centreDepth + depthScale * height * radius / tilt;
  #include <colorspace_fragment>
}`;

/** Rods as strips that face the eye, shaded and given the depth of a cylinder: two triangles a bond. Parallel projection. */
export const createBondMaterial = (): ShaderMaterial =>
  new ShaderMaterial({ vertexShader: VERTEX, fragmentShader: FRAGMENT });
