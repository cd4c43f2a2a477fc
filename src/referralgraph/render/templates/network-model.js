// What is in the file, what of it is in the picture, and what a search finds.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const page = read("page-data");
const text = page.texts;
const nodes = page.nodes;
const edges = page.edges;
const nodeStyles = read("node-styles");
const edgeStyles = read("edge-styles");

nodes.forEach((node, index) => {
  node.index = index;
  node.edges = [];
  node.person = node.kind === "person";
});
edges.forEach((edge, index) => {
  edge.index = index;
  nodes[edge.from].edges.push(index);
  if (edge.to !== edge.from) nodes[edge.to].edges.push(index);
});

const onPath = new Set(page.paths.flatMap((path) => path.nodes));
const visible = new Set(nodes.filter((node) => !node.hidden || onPath.has(node.index)).map((node) => node.index));
const broughtBy = new Map(); // node that was unfolded -> the nodes that came with it

const otherEnd = (edge, index) => (edge.from === index ? edge.to : edge.from);
const neighbours = (index) => [...new Set(nodes[index].edges.map((edge) => otherEnd(edges[edge], index)))];
const foldedNeighbours = (index) => neighbours(index).filter((other) => !visible.has(other));
const children = (index) => broughtBy.get(index) ?? [];

// Connections of a node: in the picture, folded in this file, and not in this file at all.
function counts(index) {
  const node = nodes[index];
  const folded = node.edges.filter((edge) => !visible.has(otherEnd(edges[edge], index))).length;
  const total = Math.max(node.connections, node.edges.length);
  return { total, folded, shown: node.edges.length - folded, outside: total - node.edges.length };
}

function reveal(index, parent) {
  visible.add(index);
  if (parent !== null) broughtBy.set(parent, [...children(parent), index]);
}

function unfold(index) {
  const brought = foldedNeighbours(index);
  brought.forEach((other) => reveal(other, index));
  return brought;
}

// Everything that came through the node goes, and what came through that.
function fold(index) {
  const gone = [];
  const open = [index];
  while (open.length) {
    const from = open.pop();
    const brought = children(from);
    broughtBy.delete(from);
    brought.forEach((child) => visible.delete(child));
    gone.push(...brought);
    open.push(...brought);
  }
  return gone;
}

// The folded nodes between the picture and a node, so that a search can show how it hangs together.
function chainTo(index) {
  const before = new Map([[index, null]]);
  const queue = [index];
  while (queue.length) {
    const at = queue.shift();
    if (visible.has(at)) {
      const chain = [];
      for (let step = at; before.get(step) !== null; step = before.get(step)) chain.push([before.get(step), step]);
      return chain;
    }
    neighbours(at).forEach((next) => {
      if (!before.has(next)) {
        before.set(next, at);
        queue.push(next);
      }
    });
  }
  return [[index, null]];
}

// Letters that no decomposition takes apart, and the German ways to write an umlaut without one.
const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" };
const UMLAUT = { ä: "ae", ö: "oe", ü: "ue" };
const strip = (name) =>
  name
    .normalize("NFKD")
    .replace(/[\p{M}\u202a-\u202e\u2066-\u2069\u200e\u200f]/gu, "")
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (sign) => PLAIN[sign])
    .replace(/\s+/g, " ")
    .trim();
const foldings = (name) => {
  const composed = name.normalize("NFC").toLowerCase();
  return [...new Set([strip(composed), strip(composed.replace(/[äöü]/g, (sign) => UMLAUT[sign]))])];
};

function search(query) {
  const wanted = foldings(query).filter((part) => part);
  if (!wanted.length) return [];
  const rank = (node) => {
    node.folded ??= foldings(node.name);
    const hits = wanted.flatMap((part) => node.folded.map((name) => name.indexOf(part))).filter((at) => at >= 0);
    return hits.length ? (Math.min(...hits) === 0 ? 0 : 1) : null;
  };
  return nodes
    .map((node) => [rank(node), visible.has(node.index) ? 0 : 1, node.index])
    .filter(([hit]) => hit !== null)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
    .map(([, , index]) => index);
}

const number = new Intl.NumberFormat(page.language);
