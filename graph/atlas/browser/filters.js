// What the reader wants to see: which nodes and edges pass the filters.

// Nothing is filtered. Sets hold what is switched off, so that empty sets mean all.
atlas.noFilter = function (model) {
  let [first, last] = [Infinity, -Infinity];
  for (let i = 0; i < model.count; i++) {
    if (model.month[i] >= 0) {
      first = Math.min(first, model.month[i]);
      last = Math.max(last, model.month[i]);
    }
  }
  return {
    hiddenTypes: new Set(), hiddenRoles: new Set(), hiddenCommunities: new Set(),
    dots: true, undated: true, confidence: 0,
    // Months from January of the year 0; no paper has a date where first is not finite.
    first, last, since: first, until: last,
  };
};

// Masks of nodes and of edges, 1 for what passes.
//
// An edge passes by its role, its confidence and the date of its paper. A paper passes by its date;
// a paper or concept with edges needs one that passes. Types and communities hide their members.
atlas.passing = function (model, filter) {
  const edges = new Uint8Array(model.edgeCount);
  const nodes = new Uint8Array(model.count);
  const inTime = (paper) => model.month[paper] < 0
    ? filter.undated
    : model.month[paper] >= filter.since && model.month[paper] <= filter.until;
  const alive = new Uint8Array(model.count);
  for (let e = 0; e < model.edgeCount; e++) {
    const passes = !filter.hiddenRoles.has(model.role[e]) &&
      model.confidence[e] >= filter.confidence && inTime(model.from[e]);
    if (passes) edges[e] = alive[model.from[e]] = alive[model.to[e]] = 1;
  }
  for (let i = 0; i < model.count; i++) {
    const hasEdges = model.start[i] < model.start[i + 1];
    nodes[i] = (alive[i] || (!hasEdges && (!model.isPaper(i) || inTime(i)))) &&
      !filter.hiddenTypes.has(model.type[i]) &&
      !filter.hiddenCommunities.has(model.home[i]) &&
      (filter.dots || !model.isDot(i)) ? 1 : 0;
  }
  for (let e = 0; e < model.edgeCount; e++) {
    if (edges[e] && !(nodes[model.from[e]] && nodes[model.to[e]])) edges[e] = 0;
  }
  return { nodes, edges };
};

// A month as it is written, such as 2024-03.
atlas.monthName = function (month) {
  return String(Math.floor(month / 12)).padStart(4, "0") + "-" +
    String((month % 12) + 1).padStart(2, "0");
};
