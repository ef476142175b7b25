// Runs after pyvis has made `network`, `nodes` and `edges`. Text from papers only ever becomes
// the content of a text node or of the canvas, never markup.
"use strict";
(function () {
  const { islands, shape } = JSON.parse(document.getElementById("picture").textContent);
  const canvas = document.getElementById("mynetwork");

  function tooltip(lines) {
    const box = document.createElement("div");
    lines.forEach(function (line, i) {
      const part = document.createElement(i === 0 ? "strong" : "span");
      part.dir = "auto";
      part.textContent = line;
      box.appendChild(part);
    });
    return box;
  }
  [nodes, edges].forEach(function (items) {
    items.update(items.map(function (item) {
      return { id: item.id, title: tooltip(item.about) };
    }));
  });

  // The page's colours, light or dark, for what is drawn on the canvas.
  let colors = {};
  function dress() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["page", "text", "quiet"]) {
      colors[name] = style.getPropertyValue("--" + name).trim();
    }
    nodes.update(nodes.map(function (node) {
      const own = node.color.background;
      const marked = { background: own, border: colors.text };
      const border = node.focus ? colors.text : colors.page;
      return { id: node.id, color: { background: own, border, highlight: marked, hover: marked } };
    }));
    edges.update(edges.map(function (edge) {
      const color = {
        color: colors.quiet, hover: colors.text, highlight: colors.text, opacity: edge.opacity,
      };
      return { id: edge.id, color };
    }));
  }
  dress();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);

  // A name in so many lines of the given width; what does not fit ends in an ellipsis.
  function wrap(context, text, width, most) {
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = (lines[lines.length - 1] + " " + word).trim();
      if (context.measureText(longer).width <= width) {
        lines[lines.length - 1] = longer;
      } else if (lines.length < most && lines[lines.length - 1] !== "") {
        lines.push(word);
      } else {
        lines[lines.length - 1] = longer;
        break;
      }
    }
    return lines.map(function (line) {
      let cut = line;
      while (cut.length > 1 && context.measureText(cut).width > width) {
        cut = cut.replace(/…$/, "").slice(0, -1).trimEnd() + "…";
      }
      return cut;
    });
  }

  function drawIslands(context) {
    context.save();
    context.globalAlpha = 0.1;
    for (const island of islands) {
      context.fillStyle = island.color;
      context.beginPath();
      context.arc(island.x, island.y, island.radius, 0, 2 * Math.PI);
      context.fill();
    }
    context.restore();
  }
  // On rings and in columns the circles of communities would lie across each other.
  if (shape === "island") network.on("beforeDrawing", drawIslands);

  // Names stand below their nodes, always of the same size on the screen, the most important
  // first; one that would meet a name before it, or the node of one, waits for a closer view.
  const letters = 12;
  const closeEnoughForPapers = shape === "columns" ? 0 : 1.1;
  const named = nodes.get().sort(function (a, b) { return a.rank - b.rank; });
  let roomForName = Infinity; // in the picture's own units

  function meet(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }
  // What a line of a path says, in its middle, where no name stands.
  const spoken = edges.get().filter(function (edge) { return edge.said; });
  function drawRelations(context, at, size, taken) {
    context.font = 0.9 * size + "px system-ui, sans-serif";
    context.fillStyle = colors.quiet;
    for (const edge of spoken) {
      const x = (at[edge.from].x + at[edge.to].x) / 2;
      const y = (at[edge.from].y + at[edge.to].y) / 2;
      const half = context.measureText(edge.said).width / 2;
      const text = [x - half, y - size / 2, x + half, y + size / 2];
      if (taken.some(function (box) { return meet(box, text); })) continue;
      taken.push(text);
      context.strokeText(edge.said, x, y - size / 2);
      context.fillText(edge.said, x, y - size / 2);
    }
  }
  network.on("afterDrawing", function (context) {
    const scale = network.getScale();
    const size = letters / scale;
    const start = network.DOMtoCanvas({ x: 0, y: 0 });
    const end = network.DOMtoCanvas({ x: canvas.clientWidth, y: canvas.clientHeight });
    const at = network.getPositions();
    const taken = [];
    context.save();
    context.font = size + "px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = size / 4;
    context.strokeStyle = colors.page;
    context.fillStyle = colors.text;
    for (const node of named) {
      const { x, y } = at[node.id];
      if (node.shape === "square" && scale < closeEnoughForPapers && !node.focus) continue;
      if (x < start.x || x > end.x || y < start.y || y > end.y) continue;
      const lines = wrap(context, node.name, roomForName, 3);
      const half = Math.max(...lines.map((line) => context.measureText(line).width)) / 2;
      const top = y + node.size + 2 / scale;
      // Near the rim of the window a name moves inwards, so that none is cut.
      const middle = Math.max(start.x + half, Math.min(end.x - half, x));
      const text = [middle - half, top, middle + half, top + 1.2 * size * lines.length];
      const dot = [x - node.size, y - node.size, x + node.size, y + node.size];
      if (taken.some(function (box) { return meet(box, text) || meet(box, dot); })) continue;
      taken.push(text, dot);
      lines.forEach(function (line, i) {
        context.strokeText(line, middle, top + 1.2 * size * i);
        context.fillText(line, middle, top + 1.2 * size * i);
      });
    }
    drawRelations(context, at, size, taken);
    context.restore();
  });

  // Columns stand side by side where the window is wide, one below the other where it is high.
  function turn() {
    if (shape !== "columns") return;
    const high = canvas.clientHeight > canvas.clientWidth;
    for (const node of named) {
      network.moveNode(node.id, high ? 1.8 * node.y : node.x, high ? 0.7 * node.x : node.y);
    }
    roomForName = high ? 180 : 230;
  }

  // Moves the view so that the given discs fill it, at most so much enlarged.
  function show(discs, largest, animation) {
    if (discs.length === 0) return network.fit();
    const left = Math.min(...discs.map(function (d) { return d.x - d.radius; }));
    const right = Math.max(...discs.map(function (d) { return d.x + d.radius; }));
    const top = Math.min(...discs.map(function (d) { return d.y - d.radius; }));
    const bottom = Math.max(...discs.map(function (d) { return d.y + d.radius; }));
    const scale = 0.96 * Math.min(
      canvas.clientWidth / (right - left), canvas.clientHeight / (bottom - top), largest);
    // A frame of a notebook has no size before it is seen; then it is resized, and all is shown.
    if (!(scale > 0)) return;
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
    network.moveTo({ position, scale, animation });
  }
  // The discs round some nodes, as wide as their names in columns.
  function discsOf(ids) {
    const at = network.getPositions(ids);
    return ids.map(function (id) {
      const radius = shape === "columns" ? roomForName / 2 : 40;
      return { x: at[id].x, y: at[id].y, radius };
    });
  }
  document.querySelectorAll("#legend button").forEach(function (button) {
    button.addEventListener("click", function () {
      const island = islands[Number(button.dataset.island)];
      moved = true;
      show(shape === "island" ? [island] : discsOf(island.nodes), 2.2, { duration: 400 });
      network.selectNodes(island.nodes, false);
    });
  });
  // Nodes that stand on no island are rare; then vis-network's own measure serves.
  const placed = new Set(islands.flatMap(function (island) { return island.nodes; }));
  function whole() {
    if (shape !== "island") return discsOf(named.map((node) => node.id));
    return placed.size === nodes.length ? islands : [];
  }
  // When the window changes its size the whole is shown again, unless the reader has moved it.
  let moved = false;
  for (const event of ["zoom", "dragStart", "selectNode"]) {
    network.on(event, function () { moved = true; });
  }
  function begin() {
    turn();
    show(whole(), 1.2, false);
  }
  network.on("resize", function () {
    requestAnimationFrame(function () { if (!moved) begin(); });
  });
  begin();
})();
