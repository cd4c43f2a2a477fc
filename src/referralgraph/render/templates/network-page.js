// The page in action: what a click, a key or a search does.

const stage = document.getElementById("picture");
const holder = document.getElementById("network");
const tooltip = document.getElementById("tooltip");
const notice = document.getElementById("notice");
const motion = matchMedia("(prefers-reduced-motion: reduce)").matches
  ? false
  : { duration: 350, easingFunction: "easeInOutQuad" };

let hovered = null;
const selected = { node: null, edge: null };
const lit = { path: page.paths.length ? 0 : null, nodes: new Set(), edges: new Set() };

const LINE = 2;
const styled = (index) => {
  const { label, ...style } = nodeStyles[index];
  return style.shape === "custom" ? { ...style, ctxRenderer: gable } : style;
};
const nodeSet = new vis.DataSet([...visible].map((index) => ({ ...styled(index), x: 0, y: 0 })));
const edgeSet = new vis.DataSet([]);
const network = new vis.Network(
  holder,
  { nodes: nodeSet, edges: edgeSet },
  {
    autoResize: true,
    layout: { improvedLayout: false },
    physics: { enabled: false },
    interaction: {
      hover: true,
      tooltipDelay: 0,
      hoverConnectedEdges: false,
      selectConnectedEdges: false,
      hideEdgesOnDrag: edges.length > 1500,
      keyboard: false,
    },
    nodes: { chosen: false },
    edges: { chosen: false, selectionWidth: 0, hoverWidth: 0, width: LINE, color: { inherit: false } },
  },
);

// Around a selected node, or on the path, things are clear; the rest steps back.
function near() {
  if (selected.edge !== null) return new Set([edges[selected.edge].from, edges[selected.edge].to]);
  return new Set(selected.node === null ? [] : [selected.node, ...neighbours(selected.node)]);
}
let clear = new Set();
const faded = (index) => clear.size > 0 && !clear.has(index);

// What the picture was last told, so that a click on a large one only changes what differs.
const told = { nodes: new Map(), edges: new Map() };
const news = (kept, id, key) => (kept.get(id) === key ? false : Boolean(kept.set(id, key)));

function restyle() {
  clear = new Set([...lit.nodes, ...near()]);
  nodeSet.update(
    [...visible]
      .filter((id) => news(told.nodes, id, faded(id)))
      .map((id) => ({ id, opacity: faded(id) ? FADED + 0.1 : 1 })),
  );
  const shown = edges.filter((edge) => visible.has(edge.from) && visible.has(edge.to));
  const keep = new Set(shown.map((edge) => edge.index));
  edgeSet.remove(edgeSet.getIds().filter((id) => !keep.has(id) && (told.edges.delete(id), true)));
  edgeSet.update(
    shown.flatMap((edge) => {
      const style = edgeStyles[edge.index];
      const bright = lit.edges.has(edge.index);
      const chosen =
        selected.edge === edge.index ||
        (selected.node !== null && (edge.from === selected.node || edge.to === selected.node));
      const opacity = bright || chosen || !clear.size ? 1 : FADED;
      const marked = bright || selected.edge === edge.index;
      if (!news(told.edges, edge.index, `${bright} ${chosen} ${opacity} ${marked}`)) return [];
      return [
        {
          ...style,
          color: { ...style.color, inherit: false, opacity },
          width: bright ? 5 : chosen ? 3.5 : LINE,
          background: {
            enabled: marked,
            color: bright ? "rgba(255, 200, 40, 0.5)" : "rgba(0, 86, 138, 0.3)",
            size: 15,
            dashes: false,
          },
        },
      ];
    }),
  );
}

function sync() {
  const ids = new Set(nodeSet.getIds());
  nodeSet.remove([...ids].filter((id) => !visible.has(id) && (told.nodes.delete(id), true)));
  restyle();
  showSelection();
}

// The box around some nodes with their names, brought into view as large as it is readable.
function look(indexes, animated = motion) {
  const places = Object.values(network.getPositions([...indexes].filter((index) => visible.has(index))));
  if (!places.length) return;
  const xs = places.map((place) => place.x);
  const ys = places.map((place) => place.y);
  const column = narrow() && lit.path !== null && [...indexes].every((index) => lit.nodes.has(index));
  // Names keep their size on the screen, so the margin for them is one of the screen too.
  const pad = column
    ? { left: 104, right: 210, top: 36, bottom: 36 }
    : places.length > 120
      ? { left: narrow() ? 55 : 90, right: narrow() ? 55 : 90, top: 34, bottom: 34 }
      : { left: 84, right: 84, top: 74, bottom: 66 };
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const fits = (size, room) => (size > 1 ? Math.max(60, room) / size : 4);
  const scale = Math.max(
    0.02,
    Math.min(
      1.25,
      fits(right - left, stage.clientWidth - pad.left - pad.right),
      fits(bottom - top, stage.clientHeight - pad.top - pad.bottom),
    ),
  );
  const x = (left + right) / 2 + (pad.right - pad.left) / (2 * scale);
  const y = (top + bottom) / 2 + (pad.bottom - pad.top) / (2 * scale);
  network.moveTo({ position: { x, y }, scale, animation: animated });
}

const lookStart = (animated) => look(lit.nodes.size ? lit.nodes : visible, animated);

function light(index) {
  hideTooltip();
  lit.path = index;
  const path = index === null ? null : page.paths[index];
  lit.nodes = new Set(path?.nodes ?? []);
  lit.edges = new Set(path?.edges ?? []);
  document.getElementById("fit-path").hidden = !path;
  selected.node = null;
  selected.edge = null;
  sync();
  showPaths();
  notice.textContent = text.laying_out;
  notice.hidden = visible.size < 200;
  // One turn of the event loop, so that the notice is drawn before the work begins.
  setTimeout(
    () =>
      arrange(path, () => {
        notice.hidden = true;
        lookStart(false);
        document.body.dataset.state = "ready";
      }),
    notice.hidden ? 0 : 30,
  );
}

function choose({ node = null, edge = null }) {
  selected.node = node;
  selected.edge = edge;
  network.unselectAll();
  restyle();
  showSelection();
}

function inView(indexes) {
  return indexes.every((index) => {
    const at = network.canvasToDOM(network.getPositions([index])[index]);
    return at.x > 20 && at.y > 20 && at.x < stage.clientWidth - 20 && at.y < stage.clientHeight - 20;
  });
}

function showNode(index) {
  hideTooltip();
  if (!visible.has(index)) {
    chainTo(index).forEach(([next, from]) => {
      reveal(next, from);
      add([next], from);
    });
  }
  choose({ node: index });
  if (!inView([index]))
    network.moveTo({
      position: network.getPositions([index])[index],
      scale: Math.max(network.getScale(), 0.7),
      animation: motion,
    });
}

function add(brought, parent) {
  const places =
    parent === null ? new Map(brought.map((index) => [index, { x: 0, y: 300 }])) : placeUnfolded(parent, brought);
  nodeSet.add(brought.map((index) => ({ ...styled(index), ...places.get(index) })));
}

function toggle(index, opening = foldedNeighbours(index).length > 0) {
  if (opening) {
    const brought = unfold(index);
    add(brought, index);
    choose({ node: index });
    if (brought.length && !inView(brought)) look([index, ...brought]);
  } else {
    fold(index);
    if (selected.node !== null && !visible.has(selected.node)) selected.node = index;
    sync();
  }
}

function showTooltip(pointer, what) {
  tooltip.replaceChildren(...tooltipFor(what));
  tooltip.hidden = false;
  const { clientWidth: wide, clientHeight: high } = stage;
  const x = pointer.x + 16 + tooltip.offsetWidth > wide ? pointer.x - 16 - tooltip.offsetWidth : pointer.x + 16;
  const y = pointer.y + 16 + tooltip.offsetHeight > high ? pointer.y - 12 - tooltip.offsetHeight : pointer.y + 16;
  tooltip.style.left = `${Math.max(4, x)}px`;
  tooltip.style.top = `${Math.max(4, y)}px`;
}

const hideTooltip = () => {
  tooltip.hidden = true;
};

network.on("beforeDrawing", drawUnder);
network.on("afterDrawing", drawOver);
network.on("hoverNode", ({ node, pointer }) => {
  hovered = node;
  holder.style.cursor = "pointer";
  showTooltip(pointer.DOM, { node });
  network.redraw();
});
network.on("blurNode", () => {
  hovered = null;
  holder.style.cursor = "";
  hideTooltip();
  network.redraw();
});
network.on("hoverEdge", ({ edge, pointer }) => {
  if (hovered === null) showTooltip(pointer.DOM, { edge });
});
network.on("blurEdge", () => {
  if (hovered === null) hideTooltip();
});
network.on("dragStart", hideTooltip);
network.on("zoom", hideTooltip);
network.on("click", ({ pointer }) => {
  const node = network.getNodeAt(pointer.DOM);
  choose(node !== undefined ? { node } : { edge: network.getEdgeAt(pointer.DOM) ?? null });
});
network.on("doubleClick", ({ pointer }) => {
  const node = network.getNodeAt(pointer.DOM);
  if (node !== undefined) {
    hideTooltip();
    toggle(node);
  }
});
stage.addEventListener("mouseleave", hideTooltip);

const zoomBy = (factor) => network.moveTo({ scale: Math.min(4, Math.max(0.03, network.getScale() * factor)) });

// The nearest name in a direction, for those who don't use a mouse.
function step(dx, dy) {
  const at = network.getPositions();
  if (selected.node === null)
    return choose({ node: lit.path !== null ? page.paths[lit.path].nodes[0] : [...visible][0] });
  const here = at[selected.node];
  const ahead = [...visible]
    .map((index) => {
      const along = (at[index].x - here.x) * dx + (at[index].y - here.y) * dy;
      const aside = Math.abs((at[index].x - here.x) * dy) + Math.abs((at[index].y - here.y) * dx);
      return { index, along, cost: along + 2 * aside };
    })
    .filter(({ index, along }) => index !== selected.node && along > 1)
    .sort((a, b) => a.cost - b.cost || a.index - b.index);
  if (ahead.length) showNode(ahead[0].index);
  return undefined;
}

const KEYS = {
  ArrowLeft: () => step(-1, 0),
  ArrowRight: () => step(1, 0),
  ArrowUp: () => step(0, -1),
  ArrowDown: () => step(0, 1),
  "+": () => zoomBy(1.25),
  "-": () => zoomBy(0.8),
  0: () => look(visible),
  Escape: () => choose({}),
  Enter: () => {
    if (selected.node !== null) toggle(selected.node);
  },
};
holder.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key) || !visible.size) return;
  event.preventDefault();
  KEYS[event.key]();
});
holder.firstElementChild.setAttribute("role", "application");
holder.firstElementChild.setAttribute("aria-label", text.picture);

const box = document.getElementById("search");
const state = document.getElementById("search-state");
let matches = [];
let match = -1;
box.addEventListener("input", () => {
  matches = search(box.value);
  match = -1;
  state.textContent =
    box.value.trim() === "" ? "" : matches.length ? counted(text.search_found, matches.length) : text.search_none;
});
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !matches.length) return;
  match = (match + (event.shiftKey ? matches.length - (match < 0 ? 0 : 1) : 1)) % matches.length;
  state.textContent = plain(text.search_count, { n: number.format(match + 1), total: number.format(matches.length) });
  showNode(matches[match]);
});

document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.3));
document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
document.getElementById("fit").addEventListener("click", () => look(visible));
document.getElementById("fit-path").addEventListener("click", () => look(lit.nodes));
document.getElementById("print").addEventListener("click", () => print());
const legend = document.getElementById("legend");
legend.open = innerWidth > 760 && innerHeight > 600;
// Paper can't be clicked: what is folded up in the panel is printed open.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("#legend, #selection details, #paths details")].filter((part) => !part.open);
  opened.forEach((part) => {
    part.open = true;
  });
});
addEventListener("afterprint", () =>
  opened.forEach((part) => {
    part.open = false;
  }),
);

showFrame();
showLegend();
if (nodes.length) light(lit.path);
else {
  document.getElementById("tools").hidden = true;
  notice.textContent = text.empty;
  notice.hidden = false;
  document.body.dataset.state = "ready";
}

// For those who check the page: what is shown and where, by the ids of the answer. Nothing can be changed through it.
const byId = new Map(nodes.map((node) => [node.id, node.index]));
window.referralgraph = Object.freeze({
  visible: () => [...visible].map((index) => nodes[index].id),
  at: (id) => {
    const frame = holder.getBoundingClientRect();
    const place = network.canvasToDOM(network.getPositions([byId.get(id)])[byId.get(id)]);
    return { x: frame.left + place.x, y: frame.top + place.y };
  },
  badge: (id) => badgeOf(byId.get(id))?.words ?? "",
  lit: () => ({
    nodes: [...lit.nodes].map((index) => nodes[index].id),
    edges: [...lit.edges].map((index) => edges[index].id),
  }),
  selected: () => (selected.node === null ? null : nodes[selected.node].id),
  faded: () => [...visible].filter(faded).map((index) => nodes[index].id),
  labels: () => [...drawnLabels].map(([index, place]) => ({ id: nodes[index].id, ...place })),
  line: (id) => {
    const { width, dashes, color } = edgeSet.get(edges.findIndex((edge) => edge.id === id));
    return { width, dashes, colour: color.color, opacity: color.opacity };
  },
});
