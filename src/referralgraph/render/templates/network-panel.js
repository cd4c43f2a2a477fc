// The side panel and the tooltip. Every name goes in as text; there is no markup made from data.

function el(tag, options = {}, ...content) {
  const made = document.createElement(tag);
  Object.entries(options).forEach(([key, value]) => {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  });
  made.append(...content.filter((part) => part !== null && part !== undefined && part !== ""));
  return made;
}

const fresh = (id, ...content) => {
  const holder = document.getElementById(id);
  holder.replaceChildren(...content.filter((part) => part));
  return holder;
};

// A sentence with names in it, as pieces: a name may hold anything, braces and right-to-left text too.
function sentence(pattern, values) {
  return pattern.split(/(\{\w+\})/).map((part) => {
    const key = /^\{(\w+)\}$/.exec(part);
    return key ? values[key[1]] : part;
  });
}

const plain = (pattern, values) => sentence(pattern, values).join("");
const counted = (pattern, n) => plain(pattern, { n: number.format(n) });
const nameOf = (index) => el("bdi", {}, nodes[index].label);
const linkTo = (index) =>
  el("button", { type: "button", class: "link", onclick: () => showNode(index) }, nameOf(index));
const edgeWords = (edge) => [edge.label, edge.period].filter((part) => part).join(", ");
const kindWords = (kind) => page.kinds[kind] ?? kind;
const swatch = (edge) => el("span", { class: `swatch ${edge.kind}${edge.ended ? " ended" : ""}` });

function colourSwatches(holder) {
  holder.querySelectorAll(".swatch").forEach((made) => {
    made.style.borderBlockStartColor = edgeColour(made.classList[1]);
  });
  return holder;
}

const edgeColour = (kind) => edgeStyles[edges.findIndex((edge) => edge.kind === kind)].color.color;

// Reasons and sources of one line, or of the lines of one step, each said once.
function grounds(...lines) {
  const [reasons, sources] = ["reasons", "sources"].map((key) => [...new Set(lines.flatMap((edge) => edge[key]))]);
  const listed = (title, rows) =>
    rows.length ? [el("h3", {}, title), el("ul", {}, ...rows.map((row) => el("li", {}, el("bdi", {}, row))))] : [];
  return [
    ...listed(text.reasons, reasons),
    ...(sources.length ? listed(text.sources, sources) : [el("p", { class: "small" }, text.no_sources)]),
  ];
}

function showSelection() {
  if (selected.node !== null) return colourSwatches(fresh("selection", ...nodePanel(selected.node)));
  if (selected.edge !== null) return colourSwatches(fresh("selection", ...edgePanel(edges[selected.edge])));
  return fresh("selection", nodes.length ? el("p", { class: "small hint" }, text.selection_none) : null);
}

const panelHead = () => el("h2", {}, text.selection);
const panelEnd = () => el("p", {}, el("button", { type: "button", onclick: () => choose({}) }, text.selection_clear));

function nodePanel(index) {
  const node = nodes[index];
  const { total, folded, shown, outside } = counts(index);
  const parts = [counted(text.connections_shown, shown)];
  if (folded) parts.push(counted(text.connections_folded, folded));
  if (outside) parts.push(counted(text.connections_outside, outside));
  const unfolded = children(index).length;
  const hidden = foldedNeighbours(index).length;
  const lines = node.edges.map((at) => edges[at]).sort((a, b) => a.ended - b.ended || a.index - b.index);
  return [
    panelHead(),
    el("p", { class: "name" }, el("bdi", {}, node.name)),
    el(
      "p",
      {},
      kindWords(node.kind),
      node.ended ? `, ${text.legend_struck}` : "",
      " ",
      page.roles[node.role] ? el("span", { class: "tag" }, page.roles[node.role]) : null,
    ),
    ...[...node.warnings, ...node.doubts].map((words) =>
      el("p", { class: "warn" }, `${text.warning}: `, el("bdi", {}, words)),
    ),
    ...node.details.map((line) => el("p", {}, el("bdi", {}, line))),
    el("p", {}, counted(text.connections, total), ` (${parts.join("; ")})`),
    hidden
      ? el(
          "p",
          {},
          el(
            "button",
            { type: "button", id: "unfold", onclick: () => toggle(index, true) },
            counted(text.unfold, hidden),
          ),
        )
      : null,
    unfolded
      ? el(
          "p",
          {},
          el(
            "button",
            { type: "button", id: "fold", onclick: () => toggle(index, false) },
            counted(text.fold, unfolded),
          ),
        )
      : null,
    outside ? el("p", {}, counted(text.outside, outside), el("code", { tabindex: "0" }, node.command)) : null,
    lines.length
      ? el(
          "details",
          { open: lines.length <= 12 },
          el("summary", {}, `${text.lines}: ${number.format(lines.length)}`),
          el(
            "ul",
            { class: "lines" },
            ...lines.map((edge) => {
              const other = otherEnd(edge, index);
              return el(
                "li",
                {},
                swatch(edge),
                linkTo(other),
                visible.has(other) ? "" : ` (${text.line_hidden})`,
                el("br"),
                el("bdi", {}, edgeWords(edge)),
                el("details", { class: "small" }, el("summary", {}, text.sources), ...grounds(edge)),
              );
            }),
          ),
        )
      : null,
    panelEnd(),
  ];
}

function edgePanel(edge) {
  return [
    panelHead(),
    el("p", { class: "name" }, linkTo(edge.from), " – ", linkTo(edge.to)),
    el("p", {}, swatch(edge), `${kindWords(edge.kind)}: `, el("bdi", {}, edgeWords(edge))),
    edge.strength_words ? el("p", {}, plain(text.step_strength, { words: edge.strength_words })) : null,
    ...grounds(edge),
    panelEnd(),
  ];
}

// The steps of a path: from one person to the next, with the bodies between them.
function steps(path) {
  const found = [];
  let from = null;
  let through = [];
  path.nodes.forEach((index, rank) => {
    const last = rank === path.nodes.length - 1;
    if (!nodes[index].person) through.push(index);
    if (nodes[index].person || (last && through.length)) {
      if (from !== null || through.length) found.push({ from, through, to: nodes[index].person ? index : null });
      from = index;
      through = [];
    }
  });
  const among = (step) => new Set([step.from, step.to, ...step.through]);
  return found.map((step) => {
    const members = among(step);
    return {
      ...step,
      edges: [...new Set(path.edges)]
        .map((at) => edges[at])
        .filter((edge) => members.has(edge.from) && members.has(edge.to)),
    };
  });
}

function stepItem(step) {
  const ends = [step.from, step.to].filter((index) => index !== null);
  const bodies = step.through.flatMap((index, rank) => (rank ? [", ", linkTo(index)] : [linkTo(index)]));
  const names = {
    a: linkTo(ends[0] ?? step.through[0]),
    b: linkTo(ends[1] ?? step.through[0]),
    organisation: el("span", {}, ...bodies),
  };
  const kinds = new Set(step.edges.map((edge) => edge.kind));
  const pattern = step.through.length
    ? ends.length === 2
      ? text.step_body
      : text.step_part
    : kinds.has("colleague") && !kinds.has("contact")
      ? text.step_colleague
      : text.step_contact;
  const weakest = step.edges.filter((edge) => edge.strength_words).sort((a, b) => a.strength - b.strength)[0];
  return el(
    "li",
    {},
    ...sentence(pattern, names),
    ...step.edges.map((edge) =>
      el(
        "p",
        { class: "small" },
        swatch(edge),
        ...(step.through.length ? [nameOf(nodes[edge.from].person ? edge.from : edge.to), ": "] : []),
        el("bdi", {}, edgeWords(edge)),
      ),
    ),
    weakest ? el("p", {}, plain(text.step_strength, { words: weakest.strength_words })) : null,
    step.edges.length
      ? el(
          "details",
          { class: "small" },
          el("summary", {}, `${text.reasons}, ${text.sources}`),
          ...grounds(...step.edges),
        )
      : null,
  );
}

function showPaths() {
  if (!page.paths.length) return;
  const between = (path) => path.nodes.filter((index) => nodes[index].person).slice(1, -1);
  const via = (path) => {
    const people = between(path);
    if (!people.length) return [text.path_direct];
    const names = el("span", {}, ...people.flatMap((index, rank) => (rank ? [", ", nameOf(index)] : [nameOf(index)])));
    return sentence(text.path_via, { names });
  };
  const choice = (index, ...words) =>
    el(
      "li",
      {},
      el(
        "label",
        {},
        el("input", {
          type: "radio",
          name: "path",
          value: index,
          checked: index === lit.path,
          onchange: () => light(index),
        }),
        el("span", {}, ...words),
      ),
    );
  const path = lit.path === null ? null : page.paths[lit.path];
  const focused = document.activeElement?.name === "path";
  colourSwatches(
    fresh(
      "paths",
      el("h2", {}, text.paths),
      el(
        "ul",
        { class: "choices" },
        ...page.paths.map((one, index) =>
          choice(index, `${index + 1}. `, ...via(one), " ", el("bdi", { class: "small" }, one.words)),
        ),
        choice(null, text.path_none),
      ),
      path ? el("p", {}, plain(text.path_strength, { words: path.words, n: path.strength })) : null,
      path ? el("ol", { class: "steps" }, ...steps(path).map(stepItem)) : null,
    ),
  );
  if (focused) document.querySelector("#paths input:checked")?.focus();
}

const line = (words, kind = "") => el("p", { class: kind }, el("bdi", {}, words));
const clipped = (words) => (words.length > 160 ? `${[...words].slice(0, 158).join("")}…` : words);

function tooltipFor({ node = null, edge = null }) {
  if (node !== null) {
    const { folded, outside, total } = counts(node);
    const one = nodes[node];
    return [
      line(clipped(one.name), "head"),
      line(
        [kindWords(one.kind), one.ended ? text.legend_struck : "", page.roles[one.role] ?? ""]
          .filter((part) => part)
          .join(", "),
        "small",
      ),
      ...[...one.warnings, ...one.doubts].map((words) => line(clipped(words), "warn")),
      ...one.details.slice(0, 6).map((words) => line(clipped(words))),
      line(
        [
          counted(text.connections, total),
          outside ? counted(text.connections_outside, outside) : "",
          folded
            ? counted(text.unfold_hint, foldedNeighbours(node).length)
            : children(node).length
              ? text.fold_hint
              : "",
        ]
          .filter((part) => part)
          .join("; "),
        "small",
      ),
    ];
  }
  const one = edges[edge];
  const rest = Math.max(0, one.reasons.length - 5) + Math.max(0, one.sources.length - 4);
  return [
    el("p", { class: "head" }, nameOf(one.from), " – ", nameOf(one.to)),
    line(clipped(`${kindWords(one.kind)}: ${edgeWords(one)}`)),
    ...one.reasons.slice(0, 5).map((words) => line(clipped(words))),
    ...one.sources.slice(0, 4).map((words) => line(clipped(words), "small")),
    rest ? line(counted(text.more, rest), "small") : null,
  ].filter((part) => part);
}
