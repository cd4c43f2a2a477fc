// The legend, and the texts that stand on every page.

const SHAPES = {
  dot: "M12 3a9 9 0 1 0 .01 0z",
  square: "M4 4h16v16h-16z",
  hexagon: "M7 3.5h10l5 8.5-5 8.5h-10l-5-8.5z",
  diamond: "M12 2l10 10-10 10-10-10z",
  triangle: "M12 3l10 17h-20z",
  triangleDown: "M12 21l10-17h-20z",
  custom: "M12 2l9.5 7-1.5 12h-16l-1.5-12z",
};

function svg(width, ...shapes) {
  const made = (tag, attributes) => {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([key, value]) => shape.setAttribute(key, value));
    return shape;
  };
  const root = made("svg", { width, height: 22, viewBox: `0 0 ${width} 24`, "aria-hidden": "true" });
  shapes.forEach(([tag, attributes, words]) => {
    const shape = made(tag, attributes);
    if (words) shape.textContent = words;
    root.append(shape);
  });
  return root;
}

const nodeSwatch = (index) => {
  const { shape, color, borderWidth } = nodeStyles[index];
  return svg(24, [
    "path",
    { d: SHAPES[shape], fill: color.background, stroke: color.border, "stroke-width": borderWidth },
  ]);
};
const lineSwatch = (colour, dashes) =>
  svg(34, ["path", { d: "M2 12h30", stroke: colour, "stroke-width": 3, "stroke-dasharray": dashes ? "7 5" : "none" }]);
const badgeSwatch = (words, filled) =>
  svg(
    34,
    [
      "rect",
      {
        x: 3,
        y: 4,
        width: 28,
        height: 17,
        rx: 8.5,
        fill: filled ? "#00568a" : "#fff",
        stroke: "#4b5866",
        "stroke-width": 1.4,
      },
    ],
    [
      "text",
      {
        x: 17,
        y: 16.5,
        "text-anchor": "middle",
        "font-size": 11,
        "font-weight": 700,
        fill: filled ? "#fff" : "#38434e",
      },
      words,
    ],
  );

// Only what occurs in this file: a legend of five lines is read, one of twenty is not.
function showLegend() {
  const entries = (title, items) =>
    items.length
      ? [el("h3", {}, title), el("ul", {}, ...items.map(([picture, words]) => el("li", {}, picture, words)))]
      : [];
  // One of each, in the order in which the words are declared; what they don't know comes last.
  const firsts = (list, key, words) => {
    const found = new Map(list.map((one) => [key(one), one]));
    const place = (one) => Object.keys(words).indexOf(key(one)) + 1 || 99;
    return [...found.values()].sort((a, b) => place(a) - place(b));
  };
  const people = firsts(
    nodes.filter((node) => node.person && !node.ended),
    (node) => node.role,
    page.roles,
  ).map((node) => [nodeSwatch(node.index), page.roles[node.role] ?? kindWords("person")]);
  const bodies = firsts(
    nodes.filter((node) => !node.person && !node.ended),
    (node) => node.kind,
    page.kinds,
  ).map((node) => [nodeSwatch(node.index), kindWords(node.kind)]);
  const struck = nodes.find((node) => node.ended);
  if (struck) bodies.push([nodeSwatch(struck.index), text.legend_struck]);
  const lines = firsts(edges, (edge) => edge.kind, page.kinds).map((edge) => [
    lineSwatch(edgeColour(edge.kind), false),
    kindWords(edge.kind),
  ]);
  if (edges.some((edge) => edge.ended)) lines.push([lineSwatch("#5a6472", true), text.legend_ended]);
  if (page.paths.length) {
    lines.push([
      svg(
        34,
        ["path", { d: "M2 12h30", stroke: "#ffd968", "stroke-width": 12 }],
        ["path", { d: "M2 12h30", stroke: "#5a6472", "stroke-width": 5 }],
      ),
      text.legend_lit,
    ]);
  }
  const marks = [];
  if (nodes.some((node) => node.hidden)) {
    marks.push([badgeSwatch("+5", true), text.legend_badge], [badgeSwatch("−", true), text.legend_badge_fold]);
  }
  if (nodes.some((node) => node.connections > node.edges.length))
    marks.push([badgeSwatch("+5", false), text.legend_badge_outside]);
  if (nodes.some((node) => node.warnings.length)) {
    marks.push([
      svg(
        24,
        ["path", { d: "M12 3l10 17h-20z", fill: "#c03a00" }],
        ["text", { x: 12, y: 18, "text-anchor": "middle", "font-size": 12, "font-weight": 700, fill: "#fff" }, "!"],
      ),
      text.legend_warning,
    ]);
  }
  if (nodes.some((node) => node.doubts.length)) {
    marks.push([
      svg(
        24,
        ["circle", { cx: 12, cy: 12, r: 9, fill: "#ffe08a", stroke: "#6b4a00" }],
        ["text", { x: 12, y: 16, "text-anchor": "middle", "font-size": 12, "font-weight": 700, fill: "#4a3300" }, "?"],
      ),
      text.legend_identity,
    ]);
  }
  const legend = document.getElementById("legend");
  legend.hidden = !nodes.length;
  legend.querySelector("summary").textContent = text.legend;
  legend
    .querySelector("div")
    .replaceChildren(
      ...entries(text.legend_people, people),
      ...entries(text.legend_organisations, bodies),
      ...entries(text.legend_lines, lines),
      ...entries(text.legend_marks, marks),
    );
}

function showFrame() {
  document.querySelector("#title bdi").textContent = page.title;
  document.getElementById("date").textContent = page.date;
  document.getElementById("print").textContent = text.print;
  fresh(
    "basis",
    el("h2", {}, text.basis),
    ...page.possible.map((words) => el("p", { class: "warn" }, words)),
    page.left_out ? el("p", { class: "warn" }, counted(text.left_out, page.left_out)) : null,
    ...page.facts.map((words) => line(words)),
  );
  const help = document.getElementById("help");
  help.querySelector("summary").textContent = text.help;
  help
    .querySelector("ul")
    .replaceChildren(
      ...["help_click", "help_double", "help_move", "help_keys", "help_offline"].map((key) => el("li", {}, text[key])),
    );
  const label = (id, words) => {
    const made = document.getElementById(id);
    made.setAttribute("aria-label", words);
    made.title = words;
  };
  label("zoom-in", text.zoom_in);
  label("zoom-out", text.zoom_out);
  document.getElementById("fit").textContent = text.fit;
  document.getElementById("fit-path").textContent = text.fit_path;
  const box = document.getElementById("search");
  box.placeholder = text.search;
  box.setAttribute("aria-label", `${text.search}. ${text.search_hint}`);
  box.title = text.search_hint;
}
