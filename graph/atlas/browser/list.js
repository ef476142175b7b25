// In the place of the picture where the browser cannot draw one: lists, so that all else still works.

const MOST_LISTED = 200;

// Has the same methods as `atlas.makeStage`; those that only move a picture do nothing.
atlas.makeList = function (model, container, on) {
  const { element, button, nameElement, plural } = atlas;
  let passing = { nodes: new Uint8Array(model.count).fill(1) };
  container.classList.add("list");
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", "Papers and concepts");

  function draw() {
    const nodes = model.byImportance.filter((node) => passing.nodes[node]);
    const item = (node) => element("li", {}, button(
      [atlas.symbolElement(model, node), nameElement(model.names[node])],
      () => on.node(node), { class: "link" }),
      element("span", { class: "note" }, atlas.kindOf(model, node)));
    container.replaceChildren(
      element("p", { class: "plain" }, "This browser cannot draw the picture: WebGL is missing or " +
        "switched off. Search, filters, details and paths work all the same."),
      element("h2", {}, plural(nodes.length, "paper or concept", "papers and concepts")),
      element("ul", { class: "plain" }, ...Array.from(nodes.slice(0, MOST_LISTED), item)),
      nodes.length > MOST_LISTED
        ? element("p", { class: "note" }, "The search finds all others.") : "");
  }

  draw();
  const nothing = () => {};
  return {
    isLarge: false, insets: {}, open: nothing, close: nothing, isOpen: () => true,
    openHomes: () => [], choose: nothing, centreOn: nothing, centreOnNodes: nothing,
    centreOnIsland: nothing, whole: nothing, zoom: nothing, pan: nothing, retheme: nothing,
    camera: () => ({ x: 0.5, y: 0.5, ratio: 1 }), setCamera: nothing, screen: () => null, isMoving: () => false,
    names: () => [[], []],
    isVisible: (node) => Boolean(passing.nodes[node]),
    setPassing(masks) {
      passing = masks;
      draw();
    },
  };
};
