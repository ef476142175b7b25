// Reads the data, makes picture, controls and panel, and keeps them in step with each other.

atlas.start = function (table) {
  const model = atlas.makeModel(table);
  const filter = atlas.noFilter(model);
  const selection = { node: -1, from: -1, community: -1, pinned: -1 };
  const texts = atlas.makeTexts(model);
  const root = document.documentElement;
  const map = document.getElementById("map");
  const said = document.getElementById("said");
  let restoring = true;
  let known = null; // the hash as this page wrote or read it last

  const stage = makeStageOrList(model, map, {
    node: (node) => choose(node, { path: true, frame: true }),
    island: chooseCommunity,
    nothing: () => clear(),
    moved: () => remember(),
    opened: () => remember(),
  });
  const panel = atlas.makePanel(model, texts, {
    node: (node) => choose(node, { centre: true }),
    community: (i) => chooseCommunity(i, true),
    close: clear,
    clearPath: () => choose(selection.node, {}),
    startPath(node) {
      selection.pinned = node;
      choose(node, {});
    },
    toggle: stage.isLarge ? toggle : null,
    isOpen: stage.isOpen,
  });
  const refreshControls = atlas.makeControls(model, filter, {
    changed: atlas.oncePerFrame(applyFilter),
    goTo: (i) => chooseCommunity(i, true),
    communityButtons: stage.isLarge ? [openAllButton(model, stage)] : [],
  });
  const remember = atlas.whenQuiet(writeAddress, 250);
  atlas.connectSearch(model, (node) => choose(node, { path: true, centre: true }),
    (text) => { said.textContent = text; });
  atlas.connectTools({ stage, map, panel, clear: clearOneStep });
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) !== known) restore();
  });

  // A node is chosen. `path`: also the way from what was chosen before; `centre`, `frame`: move
  // the picture to the node, or so that all of that way is seen.
  function choose(node, { path, centre, frame, from, keepFocus }) {
    const before = selection.pinned >= 0 && selection.pinned !== node
      ? selection.pinned : path ? selection.node : -1;
    selection.from = from ?? (before === node ? -1 : before);
    if (selection.from >= 0) selection.pinned = -1;
    selection.node = node;
    selection.community = -1;
    const nodes = selection.from < 0 ? null : atlas.shortestPath(model, selection.from, node);
    measurePanel();
    if (centre) stage.centreOn(node);
    else if (frame && nodes) stage.centreOnNodes(nodes);
    stage.choose(node, nodes, -1);
    const way = selection.from < 0 ? null : { from: selection.from, nodes };
    remember();
    return panel.node(node, way, selection.pinned, keepFocus);
  }

  function chooseCommunity(i, move, keepFocus) {
    Object.assign(selection, { node: -1, from: -1, community: i, pinned: -1 });
    measurePanel();
    if (!stage.isOpen(i)) stage.open(i);
    if (move) stage.centreOnIsland(i);
    stage.choose(-1, null, i);
    panel.community(i, keepFocus);
    remember();
  }

  function toggle(i) {
    if (stage.isOpen(i)) stage.close(i);
    else stage.open(i);
    panel.community(i);
  }

  function clear() {
    Object.assign(selection, { node: -1, from: -1, community: -1, pinned: -1 });
    stage.choose(-1, null, -1);
    panel.close();
    remember();
  }

  function clearOneStep() {
    if (selection.from >= 0) choose(selection.node, {});
    else clear();
  }

  // How much of the picture the panel will cover.
  function measurePanel() {
    const narrow = matchMedia("(max-width: 700px)").matches;
    stage.insets.right = narrow ? 0 : Math.min(380, innerWidth / 3);
    stage.insets.bottom = narrow ? innerHeight / 2 : 0;
  }

  function applyFilter() {
    const masks = atlas.passing(model, filter);
    stage.setPassing(masks, filter.hiddenCommunities);
    let [papers, concepts] = [0, 0];
    for (let i = 0; i < model.count; i++) {
      if (masks.nodes[i]) model.isPaper(i) ? papers++ : concepts++;
    }
    document.getElementById("counts").textContent = model.count === 0
      ? "There is nothing to draw yet: run paperkg build PATH with pages of abstracts, " +
        "then paperkg show again."
      : atlas.plural(papers, "paper") + ", " + atlas.plural(concepts, "concept") +
        (papers + concepts < model.count ? " of " + model.count.toLocaleString("en-GB") +
          " in all" : "");
    remember();
  }

  function writeAddress() {
    // Another hash than the known one is about to be read.
    if (restoring || location.hash.slice(1) !== known) return;
    try {
      history.replaceState(null, "", "#" + atlas.writeHash(model, { selection, filter, stage }));
      known = location.hash.slice(1);
    } catch {
      // Where a page inside another has no address of its own there is nothing to remember.
    }
  }

  function restore() {
    restoring = true;
    known = location.hash.slice(1);
    const state = atlas.readHash(model, location.hash, filter);
    refreshControls();
    applyFilter();
    if (state.open.length) stage.open(...state.open);
    if (state.node >= 0) {
      choose(state.node, { from: state.from, centre: !state.view, keepFocus: true });
    } else if (state.community >= 0) chooseCommunity(state.community, !state.view, true);
    else clear();
    if (state.view) stage.setCamera(state.view);
    restoring = false;
  }

  restore();
  // For scripts that look at the page, such as its tests.
  window.paperkgAtlas = {
    screen: (id) => stage.screen(model.place(id)),
    isVisible: (id) => stage.isVisible(model.place(id)),
    path: (a, b) => atlas.shortestPath(model, model.place(a), model.place(b))
      ?.map((node) => model.ids[node]) ?? null,
    names: stage.names,
    camera: stage.camera,
    isMoving: stage.isMoving,
    nodes: model.count,
  };
  // Two frames on, all of the picture has been painted once.
  requestAnimationFrame(() => requestAnimationFrame(() => {
    root.dataset.state = "ready";
    performance.mark("first picture");
  }));
};

// The picture, or lists where the browser has no WebGL or what it has is not enough for sigma.js.
function makeStageOrList(model, map, on) {
  if (typeof Sigma === "undefined") return atlas.makeList(model, map, on);
  try {
    return atlas.makeStage(model, map, on);
  } catch (error) {
    console.info(error);
    map.replaceChildren();
    return atlas.makeList(model, map, on);
  }
}

// All communities at once, or as many as can be drawn, and all closed again; for graphs that start
// with communities only.
function openAllButton(model, stage) {
  const all = [...model.communities.keys(), -1];
  const label = stage.drawsAll ? "Open all on the map" : "Open the largest on the map";
  let opened = false;
  const opener = atlas.button(label, () => {
    opened = !opened;
    if (opened) stage.open(...all);
    else stage.close(...all);
    opener.textContent = opened ? "Close all on the map" : label;
  });
  return opener;
}

// Zoom buttons, dark mode, the sheet of filters on a phone, and the keys of the map.
atlas.connectTools = function ({ stage, map, panel, clear }) {
  const root = document.documentElement;
  const tools = document.getElementById("tools");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  const switchButton = atlas.button("Dark", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    retheme();
  }, { "aria-pressed": String(isDark()), "aria-label": "Dark mode" });

  function retheme() {
    switchButton.setAttribute("aria-pressed", String(isDark()));
    stage.retheme();
  }
  dark.addEventListener("change", retheme);

  tools.replaceChildren(
    atlas.button("+", () => stage.zoom(1 / 1.6), { "aria-label": "Zoom in" }),
    atlas.button("−", () => stage.zoom(1.6), { "aria-label": "Zoom out" }),
    atlas.button("All", stage.whole, { "aria-label": "Show all" }),
    switchButton);

  const showFilters = document.getElementById("show-filters");
  function setFilters(shown) {
    root.classList.toggle("with-filters", shown);
    showFilters.setAttribute("aria-expanded", String(shown));
  }
  showFilters.addEventListener("click", () => setFilters(!root.classList.contains("with-filters")));

  const keys = {
    ArrowLeft: () => stage.pan(-1, 0), ArrowRight: () => stage.pan(1, 0),
    ArrowUp: () => stage.pan(0, -1), ArrowDown: () => stage.pan(0, 1),
    "+": () => stage.zoom(1 / 1.6), "=": () => stage.zoom(1 / 1.6), "-": () => stage.zoom(1.6),
    0: stage.whole, Home: stage.whole,
  };
  map.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  addEventListener("keydown", function (event) {
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      document.getElementById("search").focus();
    }
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (root.classList.contains("with-filters")) {
      setFilters(false);
      showFilters.focus();
      return;
    }
    const inPanel = panel.element.contains(document.activeElement);
    clear();
    if (inPanel && panel.element.hidden) map.focus();
  });
};

(async function () {
  function tell(text) {
    const message = document.getElementById("message");
    message.textContent = text;
    message.hidden = false;
    document.documentElement.dataset.state = "failed";
  }
  if (typeof DecompressionStream === "undefined") {
    return tell("This browser is too old for this page: it cannot unpack its data. " +
      "Firefox 113, Chrome 80, Safari 16.4 or a later one can.");
  }
  try {
    atlas.start(await atlas.unpack("table"));
  } catch (error) {
    console.error(error);
    tell("This page could not be shown: " + error.message + ". Write it anew with paperkg show, " +
      "or try another browser.");
  }
})();
