import { ShaderMaterial } from "three";

/** An instance's matrix holds, instead of a rotation: x its radius, y the way from its start to its end, w its start. */
const VERTEX = `
varying float across;
varying vec3 colour;
varying vec2 sideways;
varying float tilt;
varying float centreDepth;
varying float depthScale;
varying float radius;

void main() {
  vec3 from = (modelViewMatrix * vec4(instanceMatrix[3].xyz, 1.0)).xyz;
  vec3 along = (modelViewMatrix * vec4(instanceMatrix[1].xyz, 0.0)).xyz;
  radius = instanceMatrix[0].x * length(modelViewMatrix[0].xyz);
  float seen = max(length(along.xy), 1e-6);
  sideways = vec2(along.y, -along.x) / seen;
  tilt = max(seen / length(along), 0.05);
  across = position.x;
  colour = instanceColor;
  vec3 place = from + along * (0.5 * position.y + 0.5) + vec3(sideways * across * radius, 0.0);
  depthScale = 0.5 * projectionMatrix[2][2];
  centreDepth = depthScale * place.z + 0.5 * projectionMatrix[3][2] + 0.5;
  gl_Position = projectionMatrix * vec4(place, 1.0);
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
