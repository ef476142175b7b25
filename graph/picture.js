// Runs after pyvis has made `network`, `nodes` and `edges`. Text from papers only ever becomes
// the content of a text node or of the canvas, never markup.
"use strict";
(function () {
  const islands = JSON.parse(document.getElementById("islands").textContent);

  function tooltip(lines) {
    const box = document.createElement("div");
    box.dir = "auto";
    lines.forEach(function (line, i) {
      const part = document.createElement(i === 0 ? "strong" : "span");
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

  // A name in at most two lines of the given width; what does not fit ends in an ellipsis.
  function wrap(context, text, width) {
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = (lines[lines.length - 1] + " " + word).trim();
      if (context.measureText(longer).width <= width) {
        lines[lines.length - 1] = longer;
      } else if (lines.length === 1 && lines[0] !== "") {
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

  let captions = [];
  network.on("beforeDrawing", function (context) {
    captions = [];
    context.save();
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const island of islands) {
      context.globalAlpha = 0.1;
      context.fillStyle = island.color;
      context.beginPath();
      context.arc(island.x, island.y, island.radius, 0, 2 * Math.PI);
      context.fill();
      context.globalAlpha = 1;
      context.fillStyle = "#57606a";
      const size = Math.min(island.size, 16 / network.getScale());
      context.font = "italic " + size + "px system-ui, sans-serif";
      wrap(context, island.name, 1.7 * island.radius).forEach(function (line, i) {
        const half = context.measureText(line).width / 2;
        const top = island.y + island.radius + 0.2 * size + i * 1.15 * size;
        captions.push([island.x - half, top, island.x + half, top + 1.15 * size]);
        context.fillText(line, island.x, top);
      });
    }
    context.restore();
  });

  // Names stand below their nodes, always of the same size on the screen, the most important
  // first; one that would meet a name before it, or the node of one, waits for a closer view.
  const letters = 12;
  const closeEnoughForPapers = 1.1;
  const named = nodes.get().sort(function (a, b) { return a.rank - b.rank; });

  function meet(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }
  network.on("afterDrawing", function (context) {
    const scale = network.getScale();
    const size = letters / scale;
    const canvas = context.canvas;
    const start = network.DOMtoCanvas({ x: 0, y: 0 });
    const end = network.DOMtoCanvas({ x: canvas.clientWidth, y: canvas.clientHeight });
    const taken = captions.slice();
    context.save();
    context.font = size + "px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = size / 4;
    context.strokeStyle = "#ffffff";
    context.fillStyle = "#1f2328";
    for (const node of named) {
      if (node.shape === "square" && scale < closeEnoughForPapers) continue;
      if (node.x < start.x || node.x > end.x || node.y < start.y || node.y > end.y) continue;
      const half = context.measureText(node.name).width / 2;
      const top = node.y + node.size + 2 / scale;
      const text = [node.x - half, top, node.x + half, top + 1.2 * size];
      const dot = [
        node.x - node.size, node.y - node.size, node.x + node.size, node.y + node.size];
      if (taken.some(function (box) { return meet(box, text) || meet(box, dot); })) continue;
      taken.push(text, dot);
      context.strokeText(node.name, node.x, top);
      context.fillText(node.name, node.x, top);
    }
    context.restore();
  });

  // Moves the view so that the given discs, names included, fill it, at most so much enlarged.
  function show(discs, largest, animation) {
    if (discs.length === 0) return network.fit();
    const left = Math.min(...discs.map(function (d) { return d.x - d.radius; }));
    const right = Math.max(...discs.map(function (d) { return d.x + d.radius; }));
    const top = Math.min(...discs.map(function (d) { return d.y - d.radius; }));
    const bottom = Math.max(...discs.map(function (d) { return d.y + d.radius + 2.5 * d.size; }));
    const canvas = document.getElementById("mynetwork");
    network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 },
      scale: 0.96 * Math.min(
        canvas.clientWidth / (right - left), canvas.clientHeight / (bottom - top), largest),
      animation: animation,
    });
  }
  document.querySelectorAll("#legend button").forEach(function (button) {
    button.addEventListener("click", function () {
      const island = islands[Number(button.dataset.island)];
      moved = true;
      show([island], 2.2, { duration: 400 });
      network.selectNodes(island.nodes, false);
    });
  });
  // Nodes that stand on no island are rare; then vis-network's own measure serves.
  const placed = new Set(islands.flatMap(function (island) { return island.nodes; }));
  const whole = placed.size === nodes.length ? islands : [];
  // When the window changes its size the whole is shown again, unless the reader has moved it.
  let moved = false;
  for (const event of ["zoom", "dragStart", "selectNode"]) {
    network.on(event, function () { moved = true; });
  }
  network.on("resize", function () {
    requestAnimationFrame(function () { if (!moved) show(whole, 1.2, false); });
  });
  show(whole, 1.2, false);
})();
