// The side panel: a paper, a concept or a community, with the sentences that say so.

const LISTED = 40; // neighbours that are listed at once
const MOST_SEARCHED = 200; // papers of a concept that are looked through for results

// `go` has `node(place)`, `community(place)`, `clearPath()`, `startPath(place)`, `close()`,
// `toggle(place)`, `isOpen(place)`: what links and buttons of the panel do.
atlas.makePanel = function (model, texts, go) {
  const panel = document.getElementById("details");
  const { element, button, nameElement, plural } = atlas;
  let latest = 0; // what was asked for last; an answer that comes later than it is thrown away

  function show(label, content, keepFocus) {
    const top = element("div", { class: "row" }, element("p", { class: "kind" }, label),
      button("Close", go.close, { class: "close", "aria-label": "Close details" }));
    panel.replaceChildren(top, ...content.filter(Boolean));
    panel.hidden = false;
    panel.scrollTop = 0;
    document.documentElement.classList.add("with-details");
    if (!keepFocus) panel.querySelector("h2")?.focus({ preventScroll: true });
  }

  function heading(parts, id) {
    return element("h2", { tabindex: "-1", "data-node": id }, element("bdi", {}, ...parts));
  }

  function section(title, ...content) {
    return element("section", {}, element("h3", {}, title), ...content);
  }

  function link(node, text) {
    return button([atlas.symbolElement(model, node), nameElement(text || model.names[node])],
      () => go.node(node), { class: "link" });
  }

  function quote(text) {
    return text ? element("blockquote", { dir: "auto" }, text) : null;
  }

  function communityLine(node) {
    const home = model.home[node];
    if (home < 0) return null;
    return element("p", { class: "note" }, "Community: ",
      button(nameElement(model.communities[home].name), () => go.community(home),
        { class: "inline" }));
  }

  // A text whose mentions are marked; a click on one leads to its concept.
  function markedText(text, marks) {
    const parts = [];
    let done = 0;
    for (let i = 0; i < marks.length; i += 3) {
      const [start, length, concept] = marks.slice(i, i + 3);
      const mark = element("mark", { title: model.names[concept] + ", " +
        model.types[model.type[concept]] }, text.slice(start, start + length));
      mark.addEventListener("click", () => go.node(concept));
      parts.push(text.slice(done, start), mark);
      done = start + length;
    }
    return [...parts, text.slice(done)];
  }

  // An item of a list, `LISTED` at a time, with a button for more.
  function growingList(items, makeItem) {
    const list = element("ul", { class: "plain" });
    const more = button("", grow, { class: "more" });
    let shown = 0;
    async function grow() {
      const next = items.slice(shown, shown + LISTED);
      shown += next.length;
      list.append(...await Promise.all(next.map(makeItem)));
      more.hidden = shown >= items.length;
      more.textContent = "Show " + Math.min(LISTED, items.length - shown) + " more of " +
        plural(items.length - shown, "other");
    }
    return { content: [list, more], ready: grow() };
  }

  function edgeNote(edge) {
    return element("span", { class: "note" }, model.roles[model.role[edge]] + ", confidence " +
      (model.confidence[edge] / 100).toFixed(2));
  }

  function bySureness(edges) {
    return edges.sort((a, b) => model.confidence[b] - model.confidence[a] || a - b);
  }

  function resultItem(result, paper) {
    const [value, isDelta, baseline, clause, linked] = result;
    const about = linked.filter((node) => node >= 0).map((node) => link(node));
    return element("li", {}, element("strong", {}, (isDelta ? "Δ " : "") + value),
      baseline ? element("span", { class: "note" }, " against " + baseline) : null,
      about.length ? element("div", { class: "row wrap" }, ...about) : null,
      quote(clause), paper === undefined ? null : link(paper));
  }

  function factLines(facts) {
    const [authors, published, seen, doi, arxiv, url] = facts;
    const dates = [published && "Published " + published, seen && "on a page of " + seen];
    const links = [
      doi && ["https://doi.org/" + encodeURI(doi), "doi:" + doi],
      arxiv && ["https://arxiv.org/abs/" + encodeURI(arxiv), "arXiv:" + arxiv],
      /^https?:\/\/[^\s]+$/i.test(url) && [url, "Source"],
    ].filter(Boolean);
    return [
      authors ? element("p", { class: "note", dir: "auto" }, authors) : null,
      element("p", { class: "note" }, dates.filter(Boolean).join(", ")),
      links.length ? element("p", { class: "row wrap" }, ...links.map(([href, label]) =>
        element("a", { href, target: "_blank", rel: "noopener noreferrer" }, label))) : null,
    ];
  }

  async function paperContent(node) {
    const text = await texts(node);
    const edges = atlas.edgesOf(model, node);
    const roles = model.roles.map((role, i) => [role, edges.filter((e) => model.role[e] === i)])
      .filter(([, found]) => found.length);
    return [
      heading(text.title ? markedText(text.title, text.titleMarks) : [model.names[node]],
        model.ids[node]),
      ...factLines(text.facts), communityLine(node),
      text.abstract === null
        ? element("p", { class: "note" }, "Abstracts are left out of an atlas of so many papers.")
        : section("Abstract", element("p", { class: "abstract", dir: "auto" },
          ...markedText(text.abstract, text.abstractMarks))),
      text.results.length ? section(plural(text.results.length, "result"),
        element("ul", { class: "plain" }, ...text.results.map((r) => resultItem(r)))) : null,
      ...roles.map(([role, found]) => section(role, element("ul", { class: "plain" },
        ...bySureness(found).map((edge) => element("li", {}, link(model.to[edge]),
          edgeNote(edge), quote(text.evidence(edge))))))),
    ];
  }

  async function conceptContent(node) {
    const edges = bySureness(atlas.edgesOf(model, node));
    const aliases = model.aliases.get(node) || [];
    const papers = [...new Set(edges.map((edge) => model.from[edge]))];
    const list = growingList(edges, async (edge) => {
      const text = await texts(model.from[edge]);
      return element("li", {}, link(model.from[edge]), edgeNote(edge),
        quote(text.evidence(edge)));
    });
    const results = await resultsOf(node, papers.slice(0, MOST_SEARCHED));
    await list.ready;
    return [
      heading([model.names[node]], model.ids[node]),
      element("p", { class: "note" }, atlas.kindOf(model, node)),
      model.ambiguous.has(node) ? element("p", { class: "note" },
        "This name stands for several things that the texts do not tell apart.") : null,
      aliases.length ? element("p", {}, "Also written ", ...aliases.flatMap((alias, i) =>
        [i ? ", " : "", nameElement(alias)])) : null,
      communityLine(node),
      section(plural(papers.length, "paper"), ...list.content),
      results.length ? section(plural(results.length, "result"),
        element("ul", { class: "plain" }, ...results.slice(0, LISTED))) : null,
    ];
  }

  async function resultsOf(concept, papers) {
    const found = [];
    for (const paper of papers) {
      for (const result of (await texts(paper)).results) {
        if (result[4].includes(concept)) found.push(resultItem(result, paper));
      }
    }
    return found;
  }

  async function pathContent(path) {
    if (!path) return null;
    if (!path.nodes) {
      return element("section", { class: "path" }, element("h3", {}, "No path"),
        element("p", {}, "Nothing connects this with ", nameElement(model.names[path.from]), "."));
    }
    const steps = [];
    for (let i = 1; i < path.nodes.length; i++) {
      const edge = atlas.edgeBetween(model, path.nodes[i - 1], path.nodes[i]);
      const text = await texts(model.from[edge]);
      steps.push(element("li", {}, link(path.nodes[i]), edgeNote(edge),
        quote(text.evidence(edge))));
    }
    return element("section", { class: "path", "aria-label": "Path" },
      element("div", { class: "row" },
        element("h3", {}, "Path, " + plural(steps.length, "step")),
        button("Clear", go.clearPath, { "aria-label": "Clear path" })),
      element("p", {}, "from ", link(path.nodes[0])),
      element("ol", { class: "plain" }, ...steps));
  }

  return {
    async node(node, path, pinned, keepFocus) {
      const number = ++latest;
      const content = await (model.isPaper(node) ? paperContent : conceptContent)(node);
      const way = await pathContent(path);
      if (number !== latest) return;
      const pin = pinned === node
        ? element("p", { class: "note" }, "Now choose another paper or concept.")
        : button("Path from here", () => go.startPath(node));
      show(model.types[model.type[node]], [content[0], pin, way, ...content.slice(1)], keepFocus);
    },
    community(i, keepFocus) {
      latest++;
      const { name, papers, concepts, leading, central } = model.communities[i];
      const items = (nodes) => element("ul", { class: "plain" },
        ...nodes.map((node) => element("li", {}, link(node),
          element("span", { class: "note" }, atlas.kindOf(model, node)))));
      show("Community", [
        heading([name]),
        element("p", { class: "note" }, plural(papers, "paper") + ", " +
          plural(concepts, "concept")),
        go.toggle ? button(go.isOpen(i) ? "Close on the map" : "Open on the map",
          () => go.toggle(i)) : null,
        section("Leading concepts", items(leading)),
        section("Typical papers", items(central)),
      ], keepFocus);
    },
    close() {
      latest++;
      panel.hidden = true;
      document.documentElement.classList.remove("with-details");
    },
    element: panel,
  };
};
