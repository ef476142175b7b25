// The discs under the nodes: one a community, with its name below; closed ones hide their members.

// Draws all discs. `view` has `x`, `y` (graph to screen), `scale` (pixels a unit), `width`,
// `height`; `state` has `open(i)`, `shown(i)` and `chosen`, the place of a community or -1.
atlas.drawIslands = function (context, model, view, state, theme) {
  context.clearRect(0, 0, view.width, view.height);
  model.communities.forEach((island, i) => {
    if (!state.shown(i)) return;
    const open = state.open(i);
    context.globalAlpha = (open ? 1 : 2.6) * theme.islandOpacity;
    context.fillStyle = island.color;
    context.beginPath();
    context.arc(view.x(island.x), view.y(island.y), island.radius * view.scale, 0, 2 * Math.PI);
    context.fill();
    context.globalAlpha = 1;
    if (state.chosen === i || !open) {
      context.strokeStyle = island.color;
      context.lineWidth = state.chosen === i ? 2.5 : 1;
      context.stroke();
    }
  });
};

// Writes the communities' names, the largest first; returns the boxes that they take.
//
// Open islands have theirs in the belt below, closed ones in the middle with what they hold. A name
// that would meet another waits for a closer view.
atlas.writeIslandNames = function (context, model, view, state, theme) {
  const boxes = [];
  context.textAlign = "center";
  context.textBaseline = "top";
  model.communities.forEach((island, i) => {
    if (!state.shown(i)) return;
    const radius = island.radius * view.scale;
    if (radius < 14 || !inView(view, island, radius)) return;
    const open = state.open(i);
    const size = Math.max(10, Math.min(15, open ? radius / 7 : radius / 4.5));
    context.font = "600 " + size + "px system-ui, sans-serif";
    const lines = caption(context, island.name, Math.max((open ? 2 : 1.7) * radius, 84));
    const height = lines.length * 1.15 * size;
    const x = view.x(island.x);
    const top = view.y(island.y) + (open ? radius + 2 : -height / 2);
    const half = Math.max(...lines.map((line) => context.measureText(line).width)) / 2;
    const box = [x - half - 2, top, x + half + 2, top + height];
    if (boxes.some((other) => atlas.meet(other, box))) return;
    boxes.push(box);
    lines.forEach((line, k) => {
      outlined(context, line, x, top + k * 1.15 * size, theme, open ? theme.muted : theme.text);
    });
  });
  return boxes;
};

function inView(view, island, radius) {
  const [x, y, reach] = [view.x(island.x), view.y(island.y), 1.5 * radius + 30];
  return x > -reach && y > -reach && x < view.width + reach && y < view.height + reach;
}

function outlined(context, text, x, y, theme, color) {
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = theme.page;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

// Whether two boxes (left, top, right, bottom) overlap.
atlas.meet = function (a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
};

const MOST_LINES = 2;

// Those of a community's leading concepts that fit whole, the first in any case.
function caption(context, name, width) {
  const [first, ...others] = name.split(", ");
  let lines = wrapped(context, first, width);
  if (!fits(context, lines, width)) {
    const rest = lines.slice(MOST_LINES - 1).join(" ");
    return [...lines.slice(0, MOST_LINES - 1), ...(rest ? [rest] : [])]
      .map((line) => atlas.fitted(context, line, width));
  }
  let text = first;
  for (const other of others) {
    const longer = wrapped(context, text + ", " + other, width);
    if (fits(context, longer, width)) [text, lines] = [text + ", " + other, longer];
  }
  return lines;
}

function fits(context, lines, width) {
  return lines.length <= MOST_LINES &&
    lines.every((line) => context.measureText(line).width <= width);
}

// A text in lines of the given width; a word that is longer has a line of its own.
function wrapped(context, text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = (lines[lines.length - 1] + " " + word).trim();
    if (context.measureText(longer).width <= width || lines[lines.length - 1] === "") {
      lines[lines.length - 1] = longer;
    } else lines.push(word);
  }
  return lines;
}

// The text, cut to the width; whole characters, not halves of pairs.
atlas.fitted = function (context, text, width) {
  if (context.measureText(text).width <= width) return text;
  const letters = Array.from(text.slice(0, 400));
  let [fits, fails] = [1, letters.length];
  while (fits + 1 < fails) {
    const middle = (fits + fails) >> 1;
    const cut = letters.slice(0, middle).join("").trimEnd() + "…";
    if (context.measureText(cut).width <= width) fits = middle;
    else fails = middle;
  }
  return letters.slice(0, fits).join("").trimEnd() + "…";
};
