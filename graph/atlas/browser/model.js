// The graph in memory: columns as they came, and who is linked with whom.
//
// A node is its place in the order of ids, an edge its place in the order of (paper, role, concept).

const PAPER = 0; // the first type

atlas.makeModel = function (table) {
  const count = table.ids.length;
  const from = Int32Array.from(table.edges.from);
  const to = Int32Array.from(table.edges.to);
  const edgeCount = from.length;

  // Edges by node: those of node i are edgeAt[start[i]] to edgeAt[start[i + 1] - 1].
  const start = new Int32Array(count + 1);
  for (let e = 0; e < edgeCount; e++) {
    start[from[e] + 1]++;
    start[to[e] + 1]++;
  }
  for (let i = 0; i < count; i++) start[i + 1] += start[i];
  const edgeAt = new Int32Array(2 * edgeCount);
  const fill = start.slice(0, count);
  for (let e = 0; e < edgeCount; e++) {
    edgeAt[fill[from[e]]++] = e;
    edgeAt[fill[to[e]]++] = e;
  }

  const model = {
    count, edgeCount, from, to, start, edgeAt,
    role: Uint8Array.from(table.edges.role),
    confidence: Uint8Array.from(table.edges.confidence),
    ids: table.ids,
    names: table.names,
    types: table.types,
    type: Uint16Array.from(table.type),
    x: Int32Array.from(table.x),
    y: Int32Array.from(table.y),
    home: Int32Array.from(table.home),
    belt: table.belt,
    communities: table.communities,
    roles: table.roles,
    block: table.block,
    abridged: table.abridged,
    ambiguous: new Set(table.ambiguous),
    aliases: new Map(table.aliases.of.map((node, i) => [node, table.aliases.names[i]])),
    month: new Int32Array(count).fill(-1),
    paperRank: new Int32Array(count).fill(-1),
    firstEdge: new Int32Array(count),
    degree: new Int32Array(count),
    papers: 0,
  };
  table.months.of.forEach((node, i) => { model.month[node] = table.months.month[i]; });
  countNeighbours(model);
  // A concept of one paper is a dot beside it.
  model.isDot = (node) => model.type[node] !== PAPER && model.degree[node] === 1;
  model.isPaper = (node) => model.type[node] === PAPER;
  model.place = (id) => placeOf(model.ids, id);
  model.byImportance = byImportance(model);
  model.bounds = bounds(model);
  return model;
};

// Degrees (distinct neighbours; edges of one pair stand for one), ranks of papers, first edges.
function countNeighbours(model) {
  const seen = new Int32Array(model.count).fill(-1);
  for (let i = 0; i < model.count; i++) {
    if (model.type[i] === PAPER) model.paperRank[i] = model.papers++;
    model.firstEdge[i] = model.edgeCount;
    for (let k = model.start[i]; k < model.start[i + 1]; k++) {
      const edge = model.edgeAt[k];
      const other = model.from[edge] === i ? model.to[edge] : model.from[edge];
      if (model.from[edge] === i) model.firstEdge[i] = Math.min(model.firstEdge[i], edge);
      if (seen[other] !== i) {
        seen[other] = i;
        model.degree[i]++;
      }
    }
  }
}

// The other end of a node's edge.
atlas.otherEnd = function (model, edge, node) {
  return model.from[edge] === node ? model.to[edge] : model.from[edge];
};

// The edges of a node, as a list.
atlas.edgesOf = function (model, node) {
  return Array.from(model.edgeAt.subarray(model.start[node], model.start[node + 1]));
};

// Ids are in the order of code points, which is that of UTF-16 for nearly all; so no bisection.
function placeOf(ids, id) {
  return ids.indexOf(id);
}

// Concepts by degree, then papers by degree: the order in which names are written.
function byImportance(model) {
  const order = Int32Array.from({ length: model.count }, (_, i) => i);
  const key = Float64Array.from(order, (i) =>
    (model.type[i] === PAPER ? 1e9 : 0) - model.degree[i]);
  return order.sort((a, b) => key[a] - key[b] || a - b);
}

// What holds all nodes and islands, with their belts.
function bounds(model) {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  function include(x, y, reach) {
    left = Math.min(left, x - reach);
    right = Math.max(right, x + reach);
    bottom = Math.min(bottom, y - reach);
    top = Math.max(top, y + reach);
  }
  for (let i = 0; i < model.count; i++) include(model.x[i], model.y[i], 20);
  for (const c of model.communities) include(c.x, c.y, c.radius + model.belt);
  return { x: [left, right], y: [bottom, top] };
}
