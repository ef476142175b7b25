// The picture: sigma.js draws nodes and edges, two canvases the islands under and the names over it.

const FEW_NODES = 5000; // above it the picture starts with communities, which open on a click
const MOST_DRAWN = 60000; // nodes at once
const MANY_LINES = 20000; // above it they are not drawn while the picture moves
const REACH = 8; // pixels beside a node where a click still means it
const TRAVEL = 350; // milliseconds
const MARGIN = 20; // pixels

// How large a node is drawn, in the units of its position.
atlas.sizeOf = function (model, node) {
  if (model.isDot(node)) return 2.2;
  if (model.isPaper(node)) return Math.min(5 + 0.4 * Math.sqrt(model.degree[node]), 8);
  return Math.min(4 + 1.8 * Math.sqrt(model.degree[node]), 20);
};

// Makes the picture in `container`. `on` has `node(place)`, `island(place)`, `nothing()`: what was
// clicked on; and `moved()`, `opened()`.
atlas.makeStage = function (model, container, on) {
  let graph = emptyGraph();
  const members = membersByHome(model);
  const isLarge = model.count > FEW_NODES;
  const open = new Set(isLarge ? [] : members.keys());
  const choice = { node: -1, path: null, hovered: -1, community: -1 };
  const state = { open: (i) => open.has(i), shown: () => true, chosen: -1 };
  let passing = { nodes: new Uint8Array(model.count).fill(1), edges: null };
  let [present, hubs, view, theme] = [[], null, null, atlas.readTheme()];
  let [written, chosenNames] = [[], []]; // boxes of names on the screen
  const insets = { right: 0, bottom: 0 };

  const renderer = new Sigma(graph, container, {
    renderLabels: false,
    enableCameraRotation: false,
    itemSizesReference: "positions",
    stagePadding: MARGIN,
    minCameraRatio: 0.004,
    maxCameraRatio: 3,
    zIndex: false,
    defaultNodeType: "symbol",
    defaultDrawNodeHover: () => {},
    nodeProgramClasses: { symbol: atlas.makeSymbolProgram() },
    defaultEdgeType: "thin",
    edgeProgramClasses: { thin: atlas.makeLineProgram() },
    allowInvalidContainer: true,
  });
  // The stage finds the node under the pointer itself; to ask the graphics card is slow.
  renderer.getNodeAtPosition = () => null;
  renderer.setCustomBBox(model.bounds);
  renderer.createCanvasContext("islands", { beforeLayer: "edges" });
  renderer.createCanvasContext("names", { afterLayer: "nodes" });
  const { islands, names } = renderer.getCanvases();
  renderer.resize(true);
  const camera = renderer.getCamera();

  // Which nodes are in the picture: members of what is open, as many as can be drawn.
  function fillGraph() {
    present = [];
    for (const home of open) {
      for (const node of members.get(home)) if (present.length < MOST_DRAWN) present.push(node);
    }
    const isPresent = new Uint8Array(model.count);
    graph = emptyGraph();
    for (const node of present) {
      isPresent[node] = 1;
      graph.addNode(String(node), {
        x: model.x[node], y: model.y[node], size: atlas.sizeOf(model, node),
        shape: atlas.shapeOf(model, node), color: atlas.colorOf(model, node),
      });
    }
    addLines(model, graph, isPresent);
    hide();
  }

  // Marks what the filters hide, and says whether that is a change.
  function hide() {
    let changed = false;
    function mark(attributes, hidden) {
      changed ||= attributes.hidden !== hidden;
      attributes.hidden = hidden;
    }
    graph.forEachNode((key, attributes) => mark(attributes, !passing.nodes[key]));
    graph.forEachEdge((_, attributes) => mark(attributes,
      Boolean(passing.edges) && !attributes.edges.some((e) => passing.edges[e])));
    hubs = null;
    return changed;
  }

  // Hands sigma.js a new graph at once: it takes every change of the one it has by itself.
  function refill() {
    fillGraph();
    renderer.setSetting("hideEdgesOnMove", graph.size > MANY_LINES);
    renderer.setGraph(graph);
  }

  function look() {
    const zero = renderer.graphToViewport({ x: 0, y: 0 });
    const scale = (renderer.graphToViewport({ x: 1000, y: 0 }).x - zero.x) / 1000;
    const { width, height } = renderer.getDimensions();
    return {
      width, height, scale,
      x: (x) => zero.x + scale * x,
      y: (y) => zero.y - scale * y,
      size: (node) => Math.max(renderer.scaleSize(atlas.sizeOf(model, node)), 1.1),
    };
  }

  function drawNames() {
    if (!view) return;
    const context = names.getContext("2d");
    context.clearRect(0, 0, view.width, view.height);
    written = atlas.writeIslandNames(context, model, view, state, theme);
    if (choice.node < 0 && !choice.path) {
      hubs = hubs || model.byImportance.filter((node) =>
        passing.nodes[node] && open.has(model.home[node]) && !model.isDot(node));
      written = [...written, ...atlas.writeNames(context, model, view, hubs, written, theme)];
    }
    chosenNames = atlas.drawChoice(context, model, view, choice, passingAll(), theme);
  }

  function passingAll() {
    return { nodes: passing.nodes, edges: passing.edges || new Uint8Array(model.edgeCount).fill(1) };
  }

  renderer.on("afterRender", function () {
    view = look();
    atlas.drawIslands(islands.getContext("2d"), model, view, state, theme);
    drawNames();
  });

  // The node nearest to a point of the screen, -1 where none is near.
  function nodeAt(point) {
    let [best, nearest] = [-1, REACH];
    for (const node of present) {
      if (!passing.nodes[node]) continue;
      const [dx, dy] = [view.x(model.x[node]) - point.x, view.y(model.y[node]) - point.y];
      if (Math.abs(dx) > 60 || Math.abs(dy) > 60) continue;
      const beside = Math.hypot(dx, dy) - view.size(node);
      // Of nodes that a point lies between, a larger one is meant rather than its dots.
      const away = Math.max(beside, 0) + (model.isDot(node) ? 0.5 : 0);
      if (away < nearest) [best, nearest] = [node, away];
    }
    return best;
  }

  function islandAt(point) {
    return model.communities.findIndex((island, i) => state.shown(i) && Math.hypot(
      view.x(island.x) - point.x, view.y(island.y) - point.y) <= island.radius * view.scale);
  }

  function pointOf(event) {
    const box = container.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  function click(point) {
    const node = nodeAt(point);
    if (node >= 0) return on.node(node);
    const island = islandAt(point);
    return island >= 0 ? on.island(island) : on.nothing();
  }

  // sigma.js reports taps, but takes two quick clicks for a double one wherever they are; so clicks
  // of the mouse are the browser's own. One that ends a drag means nothing.
  renderer.on("clickStage", function ({ event }) {
    if (event.original.type.startsWith("touch")) click(event);
  });
  let pressed = { x: 0, y: 0 };
  container.addEventListener("mousedown", (event) => { pressed = pointOf(event); }, true);
  container.addEventListener("click", function (event) {
    const point = pointOf(event);
    if (Math.hypot(point.x - pressed.x, point.y - pressed.y) < 4) click(point);
  }, true);
  renderer.getMouseCaptor().on("doubleClick", (event) => event.preventSigmaDefault());
  container.addEventListener("dblclick", (event) =>
    travel(renderer.getViewportZoomedState(pointOf(event), camera.getBoundedRatio(camera.ratio / 2))));
  container.addEventListener("mousemove", function (event) {
    const point = pointOf(event);
    const node = event.buttons || !view ? -1 : nodeAt(point);
    container.style.cursor = node >= 0 || (view && islandAt(point) >= 0) ? "pointer" : "";
    if (node === choice.hovered) return;
    choice.hovered = node;
    drawNames();
  });
  container.addEventListener("mouseleave", function () {
    choice.hovered = -1;
    drawNames();
  });
  camera.on("updated", () => on.moved());
  new ResizeObserver(() => renderer.scheduleRender()).observe(container);

  refill(); // only now, with all layers and listeners

  // Moves the camera so that a disc (in units of positions) fills what is free of the panel.
  function goTo(x, y, radius) {
    const { width, height } = renderer.getDimensions();
    const wholeScale = view.scale * camera.ratio; // pixels a unit with the whole in view
    const room = Math.max(Math.min(width - insets.right, height - insets.bottom) - 2 * MARGIN, 80);
    const ratio = Math.min(Math.max(2 * radius * wholeScale / room, 0.01), 1.5);
    const unit = ratio / wholeScale;
    const framed = atlas.framed(model.bounds, x + insets.right / 2 * unit,
      y - insets.bottom / 2 * unit);
    travel({ ...framed, ratio });
  }

  function travel(to) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still) camera.setState(to);
    else camera.animate(to, { duration: TRAVEL });
  }

  return {
    isLarge, insets, goTo,
    isOpen: (home) => open.has(home),
    openHomes: () => [...open],
    // Opens one community, in the place of those opened first where not all can be drawn, or as
    // many of several as can be.
    open(...homes) {
      const closed = homes.filter((home) => members.has(home) && !open.has(home));
      if (!closed.length) return;
      closed.forEach((home) => open.add(home));
      const inTheWay = closed.length === 1 ? [...open].slice(0, -1) : closed.slice(1).reverse();
      let total = [...open].reduce((sum, home) => sum + members.get(home).length, 0);
      for (const home of inTheWay) {
        if (total <= MOST_DRAWN) break;
        open.delete(home);
        total -= members.get(home).length;
      }
      refill();
      on.opened();
    },
    // Whether all can be drawn at once.
    drawsAll: model.count <= MOST_DRAWN,
    close(...homes) {
      if (!homes.filter((home) => open.delete(home)).length) return;
      refill();
      on.opened();
    },
    setPassing(masks, hiddenCommunities) {
      passing = masks;
      state.shown = (i) => !hiddenCommunities.has(i);
      if (hide()) renderer.scheduleRefresh();
      else renderer.scheduleRender();
    },
    choose(node, path, community) {
      Object.assign(choice, { node, path, community });
      state.chosen = community;
      container.classList.toggle("dimmed", node >= 0 || Boolean(path));
      renderer.scheduleRender();
    },
    centreOn(node) {
      open.has(model.home[node]) || this.open(model.home[node]);
      goTo(model.x[node], model.y[node], 260);
    },
    centreOnNodes(nodes) {
      const [xs, ys] = [nodes.map((node) => model.x[node]), nodes.map((node) => model.y[node])];
      const [left, right] = [Math.min(...xs), Math.max(...xs)];
      const [low, high] = [Math.min(...ys), Math.max(...ys)];
      goTo((left + right) / 2, (low + high) / 2, Math.max(right - left, high - low) / 2 + 120);
    },
    centreOnIsland(i) {
      const island = model.communities[i];
      goTo(island.x, island.y, island.radius + model.belt);
    },
    whole: () => travel({ x: 0.5, y: 0.5, ratio: 1 }),
    zoom: (factor) => travel({ ratio: camera.getBoundedRatio(camera.ratio * factor) }),
    pan(right, down) {
      const step = 0.15 * camera.ratio;
      travel({ x: camera.x + right * step, y: camera.y - down * step });
    },
    camera: () => camera.getState(),
    isMoving: () => camera.isAnimated(),
    setCamera: (to) => camera.setState(to),
    retheme() {
      theme = atlas.readTheme();
      renderer.scheduleRender();
    },
    // Where a node stands on the screen, from the left and the top of the picture.
    screen: (node) => ({ x: view.x(model.x[node]), y: view.y(model.y[node]) }),
    // Boxes (left, top, right, bottom) of the names under all else, and of those over it.
    names: () => [written, chosenNames],
    isVisible: (node) => present.includes(node) && Boolean(passing.nodes[node]),
  };
};

// A graph of nothing but a hidden node: sigma.js measures nothing where there is none.
function emptyGraph() {
  const graph = new graphology.Graph({ type: "undirected", multi: false, allowSelfLoops: false });
  graph.addNode("anchor", { x: 0, y: 0, size: 0, shape: 0, color: "#000000", hidden: true });
  return graph;
}

// Members of each community (-1: of none), shared concepts and papers first, then the dots.
function membersByHome(model) {
  const members = new Map();
  for (const node of model.byImportance) {
    const home = model.home[node];
    if (!members.has(home)) members.set(home, []);
    members.get(home).push(node);
  }
  for (const [home, list] of members) {
    members.set(home, [...list.filter((n) => !model.isDot(n)), ...list.filter(model.isDot)]);
  }
  return members;
}

// A line for each pair of neighbours that are both there; dots stand by their paper without one.
function addLines(model, graph, isPresent) {
  const between = atlas.blended("#7d858f", graph.order > 4 * FEW_NODES ? 0.03 : 0.08);
  for (let e = 0; e < model.edgeCount; e++) {
    const [a, b] = [model.from[e], model.to[e]];
    if (!isPresent[a] || !isPresent[b] || model.isDot(b)) continue;
    const key = a + "-" + b;
    if (graph.hasEdge(key)) {
      graph.getEdgeAttributes(key).edges.push(e);
      continue;
    }
    const inside = model.home[a] === model.home[b];
    const color = inside ? atlas.blended(atlas.colorOf(model, b), 0.3) : between;
    graph.addEdgeWithKey(key, String(a), String(b), { color, edges: [e] });
  }
}

// sigma.js's own coordinates: the picture's longer side is 1.
atlas.framed = function (bounds, x, y) {
  const [left, right] = bounds.x;
  const [low, high] = bounds.y;
  const side = Math.max(right - left, high - low, 1);
  return { x: 0.5 + (x - (left + right) / 2) / side, y: 0.5 + (y - (low + high) / 2) / side };
};

// The colours of the page, for what is drawn on a canvas.
atlas.readTheme = function () {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue("--" + name).trim();
  return {
    page: value("page"), text: value("text"), muted: value("muted"), accent: value("accent"),
    islandOpacity: Number(value("island-opacity")),
  };
};
