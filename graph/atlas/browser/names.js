// What is written and drawn over the nodes: names without overlaps, and what the reader has chosen.

const LETTERS = 12; // pixels
const MOST_NAMES = 120;
const MOST_TRIED = 4000; // nodes in view; names of the rest would find no room
const PAPER_SIZE = 5; // pixels of half its width from which on a paper's name is written
const CONCEPT_SIZE = 2.4; // the same for a concept
const NAME_WIDTH = 190;
const MOST_NEIGHBOURS = 2000; // lines and shapes that are drawn again round a chosen node

// Writes names of hubs, the most important first, where they meet no other name, no island's name
// and no larger node. `taken` are boxes that are written on already; returns those of the names.
atlas.writeNames = function (context, model, view, nodes, taken, theme) {
  const boxes = taken.slice();
  context.font = LETTERS + "px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "top";
  const texts = [];
  let tried = 0;
  for (const node of nodes) {
    const [x, y] = [view.x(model.x[node]), view.y(model.y[node])];
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    if (texts.length >= MOST_NAMES || tried++ > MOST_TRIED) break;
    const size = view.size(node);
    const isSmall = model.isPaper(node) ? size < PAPER_SIZE : size < CONCEPT_SIZE;
    if (isSmall) continue;
    const half = 3.4 * model.names[node].length; // a first guess spares the measuring
    const top = y + size + 1;
    if (boxes.some((box) => atlas.meet(box, [x - Math.min(half, 40), top, x + Math.min(half, 40),
      top + LETTERS]))) continue;
    const name = atlas.fitted(context, model.names[node], NAME_WIDTH);
    const width = context.measureText(name).width / 2;
    const text = [x - width - 2, top, x + width + 2, top + 1.2 * LETTERS];
    const dot = [x - size, y - size, x + size, y + size];
    if (boxes.some((box) => atlas.meet(box, text) || atlas.meet(box, dot))) continue;
    boxes.push(text, dot);
    texts.push(text);
    outlined(context, name, x, top, theme, theme.text);
  }
  return texts;
};

// Draws the chosen node with its neighbours, the path, and the node under the pointer.
//
// `choice` has `node`, `path` (places, or null) and `hovered`, -1 for none; `passing` is the mask
// of nodes that the filters let through, `edges` that of edges. Returns the boxes of the names.
atlas.drawChoice = function (context, model, view, choice, passing, theme) {
  const named = [];
  if (choice.node >= 0 && !choice.path) {
    const near = atlas.edgesOf(model, choice.node).filter((edge) => passing.edges[edge])
      .slice(0, MOST_NEIGHBOURS);
    near.forEach((edge) => line(context, model, view, model.from[edge], model.to[edge],
      atlas.colorOf(model, model.to[edge]), 1));
    const others = new Set(near.map((edge) => atlas.otherEnd(model, edge, choice.node)));
    others.forEach((other) => symbol(context, model, view, other, theme));
    named.push(...[...others].sort((a, b) => model.degree[b] - model.degree[a] || a - b));
  }
  if (choice.path) {
    for (let i = 1; i < choice.path.length; i++) {
      line(context, model, view, choice.path[i - 1], choice.path[i], theme.accent, 3);
    }
    choice.path.forEach((node) => symbol(context, model, view, node, theme, 7));
    named.unshift(...choice.path);
  }
  for (const node of new Set([choice.node, choice.hovered])) {
    if (node < 0) continue;
    symbol(context, model, view, node, theme, 8);
    context.strokeStyle = theme.accent;
    context.lineWidth = 2;
    context.stroke();
  }
  return writeChosen(context, model, view, choice, named, theme);
};

// The chosen names stand on small plates, so that they can be read over anything.
function writeChosen(context, model, view, choice, named, theme) {
  const boxes = [];
  const texts = [];
  const first = [choice.hovered, choice.node, ...(choice.path || [])].filter((node) => node >= 0);
  const wanted = [...new Set([...first, ...named])].slice(0, 300);
  for (const node of first) {
    const [x, y] = [view.x(model.x[node]), view.y(model.y[node])];
    boxes.push([x - 7, y - 7, x + 7, y + 7]);
  }
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const node of wanted) {
    const strong = node === choice.node || node === choice.hovered;
    context.font = (strong ? "600 13px" : LETTERS + "px") + " system-ui, sans-serif";
    const name = atlas.fitted(context, model.names[node], strong ? 320 : NAME_WIDTH);
    const half = context.measureText(name).width / 2;
    const top = view.y(model.y[node]) + Math.max(view.size(node), 7) + 4;
    // A name stays on the screen as long as its node does.
    const middle = view.x(model.x[node]);
    const onScreen = middle >= 0 && middle <= view.width;
    const x = onScreen ? Math.max(half + 6, Math.min(view.width - half - 6, middle)) : middle;
    const box = [x - half - 3, top - 1, x + half + 3, top + 15];
    if (boxes.some((other) => atlas.meet(other, box))) continue;
    boxes.push(box);
    texts.push(box);
    context.fillStyle = theme.page;
    context.globalAlpha = 0.86;
    context.fillRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
    context.globalAlpha = 1;
    context.fillStyle = theme.text;
    context.fillText(name, x, top);
  }
  return texts;
}

function line(context, model, view, a, b, color, width) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(view.x(model.x[a]), view.y(model.y[a]));
  context.lineTo(view.x(model.x[b]), view.y(model.y[b]));
  context.stroke();
}

function symbol(context, model, view, node, theme, least) {
  const size = Math.max(view.size(node), least || 3);
  atlas.traceSymbol(context, atlas.shapeOf(model, node), view.x(model.x[node]),
    view.y(model.y[node]), size);
  context.fillStyle = atlas.colorOf(model, node);
  context.fill();
  context.strokeStyle = theme.page;
  context.lineWidth = 1;
  context.stroke();
}
