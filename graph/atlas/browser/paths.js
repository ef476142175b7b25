// Shortest paths between two nodes over paper-concept edges, ties broken as `graph/paths.py` does.

// The first shortest path by the sequence of its node ids, as places; null where there is none.
//
// A search from the end says how far every node is from it; the walk from the start then takes the
// first neighbour that is one step nearer. Places are in the order of ids, so first means least.
atlas.shortestPath = function (model, start, end) {
  const distance = new Int32Array(model.count).fill(-1);
  distance[end] = 0;
  let frontier = [end];
  while (frontier.length && distance[start] < 0) {
    const next = [];
    for (const node of frontier) {
      for (let k = model.start[node]; k < model.start[node + 1]; k++) {
        const other = atlas.otherEnd(model, model.edgeAt[k], node);
        if (distance[other] < 0) {
          distance[other] = distance[node] + 1;
          next.push(other);
        }
      }
    }
    frontier = next;
  }
  if (distance[start] < 0) return null;
  const path = [start];
  while (path[path.length - 1] !== end) {
    path.push(nextOnTheWay(model, distance, path[path.length - 1]));
  }
  return path;
};

function nextOnTheWay(model, distance, node) {
  let best = model.count;
  for (let k = model.start[node]; k < model.start[node + 1]; k++) {
    const other = atlas.otherEnd(model, model.edgeAt[k], node);
    if (distance[other] === distance[node] - 1 && other < best) best = other;
  }
  return best;
}

// The edge between two neighbours; of several the one of the strongest role, which stands first.
atlas.edgeBetween = function (model, a, b) {
  let best = model.edgeCount;
  for (let k = model.start[a]; k < model.start[a + 1]; k++) {
    const edge = model.edgeAt[k];
    if (atlas.otherEnd(model, edge, a) === b && edge < best) best = edge;
  }
  return best;
};
