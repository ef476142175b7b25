// Finding papers and concepts by name: exact names first, then beginnings, then parts.

const MOST_SUGGESTED = 8;

// Text with case and accents set aside.
function folded(text) {
  const lower = text.toLowerCase();
  // Most names are plain ASCII, and normalising is slow.
  return /^[\x00-\x7f]*$/.test(lower)
    ? lower : lower.normalize("NFKD").replace(/\p{M}/gu, "");
}

// A function from a query to places of nodes, best first.
//
// The order is that of `graph/lookup.py` (id, name, alias, title, each first as it is written),
// then names that begin with the query, then those of which a word does, then all that hold it or
// all its words; among equals concepts first, those in more papers first.
atlas.makeSearch = function (model) {
  let names = null;
  let aliases = null;

  function prepare() {
    names = model.names.map(folded);
    aliases = new Map();
    for (const [node, list] of model.aliases) aliases.set(node, list.map(folded));
  }

  function rank(node, query, words, written) {
    const name = names[node];
    const paper = model.isPaper(node) ? 1 : 0;
    if (model.ids[node] === written) return 0;
    if (name === query) return (model.names[node] === written ? 1 : 2) + 4 * paper;
    const others = aliases.get(node);
    if (others && others.includes(query)) return model.aliases.get(node).includes(written) ? 3 : 4;
    if (name.startsWith(query)) return 10;
    const at = name.indexOf(query);
    if (at > 0) return /[\s\-_/:(]/.test(name[at - 1]) ? 11 : 13;
    if (others && others.some((alias) => alias.startsWith(query))) return 12;
    if (words.length > 1 && words.every((word) => name.includes(word))) return 14;
    return others && others.some((alias) => alias.includes(query)) ? 15 : Infinity;
  }

  return function (text) {
    const written = text.trim();
    const query = folded(written).replace(/\s+/g, " ");
    if (!query) return [];
    if (!names) prepare();
    const words = query.split(" ");
    const best = []; // only as many as are shown: a single letter is in half of all names
    for (let node = 0; node < model.count; node++) {
      const hit = { node, place: rank(node, query, words, written) };
      if (hit.place === Infinity) continue;
      let at = best.length;
      while (at > 0 && order(hit, best[at - 1]) < 0) at--;
      if (at < MOST_SUGGESTED) best.splice(at, 0, hit);
      if (best.length > MOST_SUGGESTED) best.pop();
    }
    return best.map((hit) => hit.node);
  };

  function order(a, b) {
    return a.place - b.place ||
      model.isPaper(a.node) - model.isPaper(b.node) ||
      model.degree[b.node] - model.degree[a.node] || a.node - b.node;
  }
};

// The search field with its list of suggestions.
//
// `choose` is called with the place of the node that the reader took: by Enter the marked
// suggestion, or the best match where none is marked, or by a click.
atlas.connectSearch = function (model, choose, say) {
  const field = document.getElementById("search");
  const list = document.getElementById("suggestions");
  const search = atlas.makeSearch(model);
  let found = [];
  let marked = -1;

  function close() {
    list.hidden = true;
    marked = -1;
    field.removeAttribute("aria-activedescendant");
  }

  function take(node) {
    field.value = model.names[node];
    close();
    choose(node);
  }

  function mark(place) {
    marked = (place + found.length) % found.length;
    [...list.children].forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === marked));
    });
    field.setAttribute("aria-activedescendant", list.children[marked].id);
    list.children[marked].scrollIntoView({ block: "nearest" });
  }

  function suggest() {
    found = search(field.value);
    list.replaceChildren(...found.map((node, i) => {
      const option = atlas.element(
        "li", { role: "option", id: "suggestion-" + i, "aria-selected": "false" },
        atlas.symbolElement(model, node), atlas.nameElement(model.names[node]),
        atlas.element("span", { class: "note" }, atlas.kindOf(model, node)));
      // Before the field loses the focus, which closes the list.
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(node);
      });
      return option;
    }));
    close();
    list.hidden = found.length === 0;
    say(field.value.trim() === "" ? "" : found.length === 0
      ? "Nothing has that name." : atlas.plural(found.length, "suggestion") + ".");
  }

  field.addEventListener("input", suggest);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.stopPropagation();
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (list.hidden) suggest();
      if (found.length) take(found[Math.max(marked, 0)]);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
      event.preventDefault();
      if (list.hidden) suggest();
      const down = event.key === "ArrowDown";
      mark(marked < 0 ? (down ? 0 : -1) : marked + (down ? 1 : -1));
    }
  });
};

// What a node is in a few words, such as "Method, in 12 papers".
atlas.kindOf = function (model, node) {
  const type = model.types[model.type[node]];
  if (!model.isPaper(node)) return type + ", in " + atlas.plural(model.degree[node], "paper");
  return model.month[node] < 0 ? type : type + ", " + atlas.monthName(model.month[node]);
};
