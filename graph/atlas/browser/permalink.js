// The address of what is seen: selection, filters and camera, in the part of the URL after the #.

// The state as the text of a URL's hash, without the #; empty where nothing is chosen or filtered.
atlas.writeHash = function (model, { selection, filter, stage }) {
  const hash = new URLSearchParams();
  if (selection.node >= 0) hash.set("node", model.ids[selection.node]);
  if (selection.from >= 0) hash.set("from", model.ids[selection.from]);
  if (selection.community >= 0) hash.set("community", model.communities[selection.community].id);
  const listed = (name, set, names) => {
    if (set.size) hash.set(name, [...set].sort((a, b) => a - b).map(names).join("|"));
  };
  listed("without-types", filter.hiddenTypes, (type) => model.types[type]);
  listed("without-roles", filter.hiddenRoles, (role) => model.roles[role]);
  listed("without-communities", filter.hiddenCommunities, communityId(model));
  if (!filter.dots) hash.set("dots", "no");
  if (!filter.undated) hash.set("undated", "no");
  if (filter.confidence) hash.set("confidence", (filter.confidence / 100).toFixed(2));
  if (filter.since !== filter.first) hash.set("since", atlas.monthName(filter.since));
  if (filter.until !== filter.last) hash.set("until", atlas.monthName(filter.until));
  if (stage && stage.isLarge) listed("open", new Set(stage.openHomes()), communityId(model));
  const camera = stage ? stage.camera() : null;
  if (camera && (camera.x !== 0.5 || camera.y !== 0.5 || camera.ratio !== 1)) {
    hash.set("view", [camera.x, camera.y, camera.ratio].map((value) => value.toFixed(4)).join(","));
  }
  return hash.toString();
};

function communityId(model) {
  return (i) => (i < 0 ? "none" : model.communities[i].id);
}

// The same read back: `{ node, from, community, open, view }`, -1 or null where it does not say;
// `filter` is changed. What the graph does not hold is passed over.
atlas.readHash = function (model, text, filter) {
  const hash = new URLSearchParams(text.replace(/^#/, ""));
  const homes = new Map(model.communities.map((community, i) => [community.id, i]));
  homes.set("none", -1);
  const listed = (name, set, find) => {
    set.clear();
    for (const part of (hash.get(name) || "").split("|")) {
      const found = find(part);
      if (found !== undefined && part !== "") set.add(found);
    }
  };
  const index = (names) => (name) => (names.includes(name) ? names.indexOf(name) : undefined);
  listed("without-types", filter.hiddenTypes, index(model.types));
  listed("without-roles", filter.hiddenRoles, index(model.roles));
  listed("without-communities", filter.hiddenCommunities, (id) => homes.get(id));
  filter.dots = hash.get("dots") !== "no";
  filter.undated = hash.get("undated") !== "no";
  const confidence = Number(hash.get("confidence"));
  filter.confidence = confidence >= 0 && confidence <= 1 ? Math.round(100 * confidence) : 0;
  filter.since = readMonth(hash.get("since"), filter, filter.first);
  filter.until = readMonth(hash.get("until"), filter, filter.last);
  const open = new Set();
  listed("open", open, (id) => homes.get(id));
  const view = (hash.get("view") || "").split(",").map(Number);
  return {
    node: hash.has("node") ? model.place(hash.get("node")) : -1,
    from: hash.has("from") ? model.place(hash.get("from")) : -1,
    community: homes.get(hash.get("community")) ?? -1,
    open: [...open],
    view: view.length === 3 && view.every(Number.isFinite) && view[2] > 0
      ? { x: view[0], y: view[1], ratio: view[2] } : null,
  };
};

function readMonth(text, filter, otherwise) {
  const found = /^(\d{4})-(\d{2})$/.exec(text || "");
  if (!found) return otherwise;
  const month = 12 * Number(found[1]) + Number(found[2]) - 1;
  return Math.min(Math.max(month, filter.first), filter.last);
}
