// Filters and legend in one: what each shape and colour means, and a checkbox to hide it.

// Makes the controls; `changed()` is called after `filter` has changed, `goTo(i)` when the reader
// wants to see a community. Returns a function that makes the controls show a changed filter.
atlas.makeControls = function (model, filter, { changed, goTo, communityButtons }) {
  const { element, button, nameElement, plural } = atlas;
  const place = document.getElementById("filters");
  const updates = [];

  function checkbox(label, isOn, set, extra) {
    const input = element("input", { type: "checkbox" });
    input.addEventListener("change", () => {
      set(input.checked);
      changed();
    });
    updates.push(() => { input.checked = isOn(); });
    return element("label", { class: "check" }, input, ...label, extra || null);
  }

  function inSet(set, value) {
    return [() => !set.has(value), (on) => (on ? set.delete(value) : set.add(value))];
  }

  function group(title, ...content) {
    return element("fieldset", {}, element("legend", {}, title), ...content);
  }

  function slider(label, first, last, get, set, show, isKnown = true) {
    const id = "slider-" + label.toLowerCase().replace(/\W+/g, "-");
    const ends = isKnown ? { min: first, max: last } : { min: 0, max: 1, disabled: true };
    const input = element("input", { type: "range", id, ...ends, step: 1 });
    const shown = element("output", { for: id });
    if (!isKnown) return element("div", { class: "slider" }, element("label", { for: id }, label),
      element("span", {}, "unknown"), input);
    input.addEventListener("input", () => {
      set(Number(input.value));
      shown.textContent = show(get());
      input.setAttribute("aria-valuetext", show(get()));
      changed();
    });
    updates.push(() => {
      input.value = String(get());
      shown.textContent = show(get());
      input.setAttribute("aria-valuetext", show(get()));
    });
    return element("div", { class: "slider" }, element("label", { for: id }, label), shown, input);
  }

  const typesThere = [...new Set(model.type)].sort((a, b) => a - b);
  const types = typesThere.map((type) => checkbox(
    [atlas.symbolOfShape(Math.min(type, 5)), nameElement(model.types[type])],
    ...inSet(filter.hiddenTypes, type)));
  const dots = checkbox([element("span", { class: "dot" }), "Concepts of one paper only"],
    () => filter.dots, (on) => { filter.dots = on; });

  const rolesThere = [...new Set(model.role)].sort((a, b) => a - b);
  const roles = rolesThere.map((role) => checkbox([model.roles[role]],
    ...inSet(filter.hiddenRoles, role)));

  const dated = Number.isFinite(filter.first);
  const anyUndated = model.month.some((month, i) => model.isPaper(i) && month < 0);
  const dates = [
    slider("Date from", filter.first, filter.last, () => filter.since,
      (month) => { filter.since = month; }, atlas.monthName, dated),
    slider("Date until", filter.first, filter.last, () => filter.until,
      (month) => { filter.until = month; }, atlas.monthName, dated),
    dated && anyUndated ? checkbox(["Papers without a date"], () => filter.undated,
      (on) => { filter.undated = on; }) : null,
    element("p", { class: "note" }, dated ? "When a paper was published; where that is not known, " +
      "when a page listed it." : "No paper here has a known date."),
  ].filter(Boolean);

  const confidence = slider("Least confidence", 0, 100, () => filter.confidence,
    (value) => { filter.confidence = value; }, (value) => (value / 100).toFixed(2));

  const communities = model.communities.map((community, i) => {
    const box = checkbox([element("span", { class: "unseen" }, "Show " + community.name)],
      ...inSet(filter.hiddenCommunities, i));
    const swatch = atlas.symbolOfShape(1, community.color);
    return element("li", {}, box, button([swatch, element("span", {}, nameElement(community.name),
      element("span", { class: "note" }, plural(community.papers, "paper") + ", " +
        plural(community.concepts, "concept")))], () => goTo(i), { class: "link" }));
  });
  const loners = model.home.includes(-1) && model.communities.length
    ? checkbox(["In no community"], ...inSet(filter.hiddenCommunities, -1)) : null;

  place.replaceChildren(...[
    model.abridged ? element("p", { class: "note" }, "This atlas has so many papers that their " +
      "abstracts are left out, and only the surest evidence of each is quoted.") : null,
    group("Types", element("div", { class: "columns" }, ...types), dots),
    roles.length ? group("Roles", element("div", { class: "columns" }, ...roles)) : null,
    group("Date", ...dates),
    group("Confidence", confidence),
    communities.length ? group("Communities", ...communityButtons,
      element("ul", { class: "plain communities" }, ...communities), loners) : null,
    button("Reset filters", () => {
      for (const set of [filter.hiddenTypes, filter.hiddenRoles, filter.hiddenCommunities]) {
        set.clear();
      }
      Object.assign(filter, { dots: true, undated: true, confidence: 0, since: filter.first,
        until: filter.last });
      refresh();
      changed();
    }),
  ].filter(Boolean));

  function refresh() {
    updates.forEach((update) => update());
  }
  refresh();
  return refresh;
};
