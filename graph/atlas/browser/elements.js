// Small makers of page elements. Text only ever becomes a text node: nothing from a paper is markup.

// An element of that tag; children are elements, texts, or null for none.
atlas.element = function (tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "onclick") made.addEventListener("click", value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, String(value));
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
};

// A name or title: set apart, so that right-to-left text does not turn round its surroundings.
atlas.nameElement = function (text) {
  return atlas.element("bdi", {}, text);
};

atlas.button = function (label, onclick, attributes) {
  return atlas.element("button", { type: "button", ...attributes, onclick }, label);
};

// "1 paper", "1,234 papers".
atlas.plural = function (count, noun, nouns) {
  const word = count === 1 ? noun : nouns || noun + "s";
  return count.toLocaleString("en-GB") + " " + word;
};

// Calls `action` at the end of the frame in which it was last asked for.
atlas.oncePerFrame = function (action) {
  let asked = 0;
  return function () {
    if (asked) return;
    asked = requestAnimationFrame(function () {
      asked = 0;
      action();
    });
  };
};

// Calls `action` when it has not been asked for for so many milliseconds.
atlas.whenQuiet = function (action, milliseconds) {
  let timer = 0;
  return function () {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
};
