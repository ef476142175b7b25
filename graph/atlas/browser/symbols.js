// The shapes of nodes, on the canvas, as small drawings, and for sigma.js on the graphics card.

const SHAPES = ["square", "circle", "triangle", "diamond", "hexagon", "flipped triangle"];

// The place in SHAPES of a node's shape; types of the user's own share the last.
atlas.shapeOf = function (model, node) {
  return Math.min(model.type[node], SHAPES.length - 1);
};

// Corners of each shape, round a middle of (0, 0) with y upwards; null is the circle.
const CORNERS = [
  [[-0.78, -0.78], [0.78, -0.78], [0.78, 0.78], [-0.78, 0.78]],
  null,
  [[0, 1], [0.87, -0.5], [-0.87, -0.5]],
  [[0, 0.98], [0.98, 0], [0, -0.98], [-0.98, 0]],
  [[0.48, 0.83], [0.95, 0], [0.48, -0.83], [-0.48, -0.83], [-0.95, 0], [-0.48, 0.83]],
  [[0, -1], [0.87, 0.5], [-0.87, 0.5]],
];

// Traces a shape on a 2D canvas; the caller fills or strokes it.
atlas.traceSymbol = function (context, shape, x, y, size) {
  context.beginPath();
  if (!CORNERS[shape]) context.arc(x, y, 0.9 * size, 0, 2 * Math.PI);
  else CORNERS[shape].forEach(([dx, dy], i) =>
    context[i ? "lineTo" : "moveTo"](x + size * dx, y - size * dy));
  context.closePath();
};

// A shape as a small drawing beside a name.
atlas.symbolOfShape = function (shape, color) {
  const space = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(space, "svg");
  drawing.setAttribute("viewBox", "-1 -1 2 2");
  drawing.setAttribute("aria-hidden", "true");
  const form = document.createElementNS(space, CORNERS[shape] ? "polygon" : "circle");
  if (CORNERS[shape]) {
    form.setAttribute("points", CORNERS[shape].map(([x, y]) => x + "," + -y).join(" "));
  } else form.setAttribute("r", "0.9");
  form.setAttribute("fill", color || "currentColor");
  drawing.append(form);
  return drawing;
};

atlas.symbolElement = function (model, node) {
  return atlas.symbolOfShape(atlas.shapeOf(model, node), atlas.colorOf(model, node));
};

const NO_COMMUNITY = "#7d858f";

// The colour of a node: that of its community.
atlas.colorOf = function (model, node) {
  const home = model.communities[model.home[node]];
  return home ? home.color : NO_COMMUNITY;
};

// "#rrggbb" with an opacity, as sigma.js blends it: its colours are multiplied by the opacity.
atlas.blended = function (color, opacity) {
  const parts = [1, 3, 5].map((i) => Math.round(parseInt(color.slice(i, i + 2), 16) * opacity));
  return "rgba(" + parts.join(",") + "," + opacity + ")";
};

const VERTEX_SHADER = `
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec4 a_color;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  gl_PointSize = max(a_size / u_sizeRatio, 1.1) * u_pixelRatio * 2.0;
  v_pixel = 2.0 / max(gl_PointSize, 1.0);
  v_color = a_color;
  v_color.a *= 255.0 / 254.0;
  v_shape = a_shape;
}`;

// How far a point is from the rim of its shape, less than 0 inside; as CORNERS has them.
const FRAGMENT_SHADER = `
precision mediump float;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;
float rim(vec2 p) {
  vec2 a = abs(p);
  if (v_shape < 0.5) return max(a.x, a.y) - 0.78;
  if (v_shape < 1.5) return length(p) - 0.9;
  if (v_shape < 2.5) return max(a.x * 0.866 + p.y * 0.5, -p.y) - 0.5;
  if (v_shape < 3.5) return (a.x + a.y - 0.98) * 0.707;
  if (v_shape < 4.5) return max(a.x * 0.866 + a.y * 0.5, a.y) - 0.83;
  return max(a.x * 0.866 - p.y * 0.5, p.y) - 0.5;
}
void main() {
  vec2 p = vec2(2.0, -2.0) * (gl_PointCoord - 0.5);
  float covered = 1.0 - smoothstep(-v_pixel, v_pixel, rim(p));
  gl_FragColor = v_color * covered;
}`;

// A program of sigma.js that is not drawn a second time to find what is under the pointer: the stage
// does that itself, more forgivingly than to the pixel.
function withoutPicking(Program) {
  return class extends Program {
    constructor(gl, _, renderer) {
      super(gl, null, renderer);
    }
  };
}

// sigma.js's program for edges: lines of one pixel.
atlas.makeLineProgram = () => withoutPicking(Sigma.rendering.EdgeLineProgram);

// sigma.js's program for nodes of all shapes.
atlas.makeSymbolProgram = function () {
  const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext;
  return class extends withoutPicking(Sigma.rendering.NodeProgram) {
    getDefinition() {
      return {
        VERTICES: 1,
        VERTEX_SHADER_SOURCE: VERTEX_SHADER,
        FRAGMENT_SHADER_SOURCE: FRAGMENT_SHADER,
        METHOD: POINTS,
        UNIFORMS: ["u_matrix", "u_sizeRatio", "u_pixelRatio"],
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_shape", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
      };
    }

    processVisibleItem(_, start, node) {
      this.array[start] = node.x;
      this.array[start + 1] = node.y;
      this.array[start + 2] = node.size;
      this.array[start + 3] = node.shape;
      this.array[start + 4] = Sigma.utils.floatColor(node.color);
    }

    setUniforms(params, { gl, uniformLocations }) {
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
      gl.uniform1f(uniformLocations.u_pixelRatio, params.pixelRatio);
    }
  };
};
