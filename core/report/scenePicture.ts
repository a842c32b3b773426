import { type Drawing, mix, type Primitive } from "../scene/index.ts";
import type { Mark, Picture } from "./picture.ts";

const PAPER = "#ffffff";

/** A drawn scene as a picture that every writer can print. */
export const scenePicture = ({ width, height, primitives }: Drawing, title: string): Picture => ({
  width,
  height,
  title,
  marks: primitives.flatMap(marksOf),
});

function marksOf(primitive: Primitive): readonly Mark[] {
  const { opacity } = primitive;
  switch (primitive.kind) {
    case "polygons": {
      const { rings, fill, stroke } = primitive;
      return rings.map((points): Mark => ({ kind: "area", points, fill, opacity, ...(stroke && { outline: stroke }) }));
    }
    case "lines":
      return primitive.chains.map((points): Mark => {
        const { colour, width, dash } = primitive;
        return { kind: "line", points, colour: mix(PAPER, colour, opacity), width, ...(dash && { dash }) };
      });
    case "disc": {
      const { centre, radius, colour, outline } = primitive;
      return [{ kind: "circle", centre, radius, fill: colour, outline: { colour: outline, width: 0.8 } }];
    }
    case "text": {
      const { at, text, size_px: size, isBold: bold, colour } = primitive;
      return [{ kind: "text", at, text, size, anchor: "middle", colour, bold }];
    }
  }
}
