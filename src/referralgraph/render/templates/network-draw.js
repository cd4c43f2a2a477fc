// What stands on the canvas beside the shapes: names, roles, badges, warnings. Names keep their size on the
// screen and give way to more important ones, so that they can be read at every zoom.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
const INK = "#1b2733";
const FADED = 0.22;
const SMALL = 0.42; // below this scale only what stands out has a badge

const widths = new Map();
function measure(ctx, words) {
  const key = `${ctx.font}|${words}`;
  if (!widths.has(key)) widths.set(key, ctx.measureText(words).width);
  return widths.get(key);
}

// Lines of a name that fit a width; what doesn't fit the number of lines ends in an ellipsis.
const wrapped = new Map();
function wrap(ctx, label, width, most) {
  const key = `${ctx.font}|${Math.round(width)}|${most}|${label}`;
  if (wrapped.has(key)) return wrapped.get(key);
  const lines = [""];
  label.split(" ").forEach((word) => {
    const joined = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (measure(ctx, joined) <= width) {
      lines[lines.length - 1] = joined;
      return;
    }
    if (lines.at(-1)) lines.push("");
    for (const sign of word) {
      // a word longer than the line
      if (lines.at(-1) && measure(ctx, lines.at(-1) + sign) > width) lines.push("");
      lines[lines.length - 1] += sign;
    }
  });
  const kept = lines.slice(0, most);
  if (lines.length > most) {
    let last = [...kept[most - 1]];
    while (last.length > 1 && measure(ctx, `${last.join("")}…`) > width) last = last.slice(0, -1);
    kept[most - 1] = `${last.join("").trimEnd().replace(/…$/, "")}…`;
  }
  wrapped.set(key, kept);
  return kept;
}

function plate(ctx, x, y, width, height, radius) {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, radius);
}

// Boxes on the screen that are taken, in cells so that a full picture stays fast.
class Taken {
  constructor() {
    this.cells = new Map();
  }
  keys(box) {
    const keys = [];
    for (let x = Math.floor(box.x / 90); x <= Math.floor((box.x + box.w) / 90); x += 1) {
      for (let y = Math.floor(box.y / 40); y <= Math.floor((box.y + box.h) / 40); y += 1) keys.push(x * 100003 + y);
    }
    return keys;
  }
  hits(box, owner) {
    const found = new Set();
    this.keys(box).forEach((key) =>
      (this.cells.get(key) ?? []).forEach((other) => {
        if (
          other.owner !== owner &&
          other.x < box.x + box.w &&
          other.x + other.w > box.x &&
          other.y < box.y + box.h &&
          other.y + other.h > box.y
        )
          found.add(other);
      }),
    );
    return found.size;
  }
  add(box, owner) {
    const kept = { ...box, owner };
    this.keys(box).forEach((key) => {
      if (this.cells.has(key)) this.cells.get(key).push(kept);
      else this.cells.set(key, [kept]);
    });
  }
}

const importance = (index) =>
  (index === hovered ? 8e6 : 0) +
  (index === selected.node ? 4e6 : 0) +
  (lit.nodes.has(index) ? 2e6 : 0) +
  (nodes[index].role === "other" ? 0 : 1e6) +
  (faded(index) ? 0 : 5e5) +
  Math.min(counts(index).total, 4e5);

// The places of a name, best first; a badge needs its own.
function spots(index, block, size, gap) {
  const badge = badgeOf(index) && !lit.nodes.has(index);
  const below = { x: -block.w / 2, y: size + gap, align: "center" };
  const belowRight = { x: -size, y: size + gap, align: "left" };
  const belowLeft = { x: size - block.w, y: size + gap, align: "right" };
  const above = { x: -block.w / 2, y: -size - gap - block.h - (badge ? 5 : 0), align: "center" };
  const right = { x: size + gap + (badge ? 26 : 2), y: -block.h / 2, align: "left" };
  const left = { x: -size - gap - 2 - block.w, y: -block.h / 2, align: "right" };
  if (lit.nodes.has(index)) return narrow() ? [right] : nodes[index].person ? [below] : [above];
  return [below, right, left, above, belowRight, belowLeft];
}

let drawnLabels = new Map();

function drawOver(ctx) {
  const scale = network.getScale();
  const ratio = 1 / scale; // one pixel of the screen in units of the canvas
  const at = network.getPositions();
  const corner = network.DOMtoCanvas({ x: 0, y: 0 });
  const far = network.DOMtoCanvas({ x: stage.clientWidth, y: stage.clientHeight });
  const inside = (place) =>
    place.x > corner.x - 200 * ratio &&
    place.x < far.x + 200 * ratio &&
    place.y > corner.y - 80 * ratio &&
    place.y < far.y + 80 * ratio;
  const order = [...visible]
    .filter((index) => at[index] && inside(at[index]))
    .map((index) => [importance(index), index])
    .sort((a, b) => b[0] - a[0] || a[1] - b[1])
    .map(([, index]) => index);
  const taken = new Taken();
  const screen = (place) => ({ x: (place.x - corner.x) * scale, y: (place.y - corner.y) * scale });
  // From afar a picture has more nodes than free places: there a name may cover one or two unimportant ones.
  const crowd = new Taken();
  order.forEach((index) => {
    const radius = nodeStyles[index].size * scale;
    const place = screen(at[index]);
    const solid = scale > 0.6 ? !faded(index) : lit.nodes.has(index) || nodes[index].role !== "other";
    if (solid || !faded(index))
      (solid ? taken : crowd).add({ x: place.x - radius, y: place.y - radius, w: 2 * radius, h: 2 * radius }, index);
    if (scale > SMALL && badgeOf(index))
      taken.add({ x: place.x + radius * 0.6, y: place.y - radius * 0.72 - 8, w: 30, h: 16 }, null);
  });
  drawnLabels = new Map();
  ctx.save();
  ctx.textBaseline = "middle";
  order.forEach((index, rank) => {
    const node = nodes[index];
    const strong = lit.nodes.has(index) || node.role !== "other" || index === selected.node;
    const dim = faded(index) && index !== hovered;
    const size = Math.min(22, (strong ? 14 : 12.5) * Math.max(1, scale / 1.3));
    const line = size * 1.22;
    const width =
      lit.nodes.has(index) && !narrow()
        ? Math.max(90, 2 * STEP * scale - 14)
        : narrow() && lit.nodes.has(index)
          ? stage.clientWidth * 0.5
          : 150;
    ctx.font = `${strong ? 600 : 400} ${size}px ${FONT}`;
    const rows = wrap(ctx, node.label, width, strong ? 3 : 2).map((words) => [words, dim ? "#6d7884" : INK]);
    const notes = [
      ...node.warnings.map((words) => [words, "#9c2f00"]),
      ...node.doubts.map((words) => [words, "#6b4a00"]),
    ];
    if (!dim) notes.forEach(([words, colour]) => rows.push([wrap(ctx, words, width, 1)[0], colour]));
    const block = { w: Math.max(...rows.map(([words]) => measure(ctx, words))) + 8, h: rows.length * line + 2 };
    const place = screen(at[index]);
    const radius = nodeStyles[index].size * scale + (nodeStyles[index].borderWidth * scale) / 2;
    const options = spots(index, block, radius, narrow() && lit.nodes.has(index) ? 14 : 3).map((spot) => ({
      ...spot,
      x: place.x + spot.x,
      y: place.y + spot.y,
    }));
    const must =
      index === hovered ||
      index === selected.node ||
      // who was asked for has a name however far away one stands
      ((node.role !== "other" || (lit.nodes.has(index) && scale > 0.15)) && !dim);
    if (dim && scale < 0.5) return;
    const cut = (option) =>
      option.x < 0 || option.y < 0 || option.x + block.w > stage.clientWidth || option.y + block.h > stage.clientHeight;
    const free = options
      .filter((option) => !taken.hits({ ...option, ...block }, index))
      .map((option) => ({ ...option, covered: crowd.hits({ ...option, ...block }, index) + (cut(option) ? 1 : 0) }))
      .sort((a, b) => a.covered - b.covered);
    const spot =
      free.find((option) => option.covered <= (rank < 25 ? 6 : 1)) ?? (must ? (free[0] ?? options[0]) : null);
    if (!spot) return;
    taken.add({ ...spot, ...block }, index);
    drawnLabels.set(index, { x: spot.x, y: spot.y, ...block });
    ctx.save();
    ctx.translate(corner.x, corner.y);
    ctx.scale(ratio, ratio);
    ctx.globalAlpha = dim ? 0.9 : 1;
    ctx.fillStyle = "rgba(255,255,255,0.84)";
    plate(ctx, spot.x, spot.y, block.w, block.h, 4);
    ctx.fill();
    ctx.textAlign = spot.align;
    const x =
      spot.align === "center" ? spot.x + block.w / 2 : spot.align === "left" ? spot.x + 4 : spot.x + block.w - 4;
    rows.forEach(([words, colour], row) => {
      ctx.fillStyle = colour;
      ctx.fillText(words, x, spot.y + 1 + line * (row + 0.5));
    });
    ctx.restore();
  });
  if (scale > 0.5 && !narrow()) lit.edges.forEach((edge) => drawAlong(ctx, edges[edge], at, ratio));
  order
    .slice()
    .reverse()
    .forEach((index) => drawMarks(ctx, index, at[index], ratio));
  ctx.restore();
}

// What joins two nodes of the path, written along the line that joins them.
function drawAlong(ctx, edge, at, ratio) {
  const [from, to] = [at[edge.from], at[edge.to]].sort((a, b) => a.x - b.x);
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const free = length - nodeStyles[edge.from].size - nodeStyles[edge.to].size - 22;
  if (free < 40 || selected.node !== null) return;
  const unit = Math.min(1.25, Math.max(1, ratio));
  ctx.save();
  ctx.font = `500 ${11 * unit}px ${FONT}`;
  const words = wrap(ctx, edge.label, free, 1)[0];
  // A little nearer to the body than to the person, whose role stands above him.
  const lean = from.y === to.y ? 0 : from.y < to.y ? -0.04 : 0.04;
  ctx.translate(from.x + (to.x - from.x) * (0.5 + lean), from.y + (to.y - from.y) * (0.5 + lean));
  ctx.rotate(Math.atan2(to.y - from.y, to.x - from.x));
  ctx.textAlign = "center";
  ctx.lineWidth = 4 * unit;
  ctx.lineJoin = "round";
  ctx.strokeStyle = "rgba(255,255,255,0.9)";
  ctx.strokeText(words, 0, -13 * unit);
  ctx.fillStyle = "#38434e";
  ctx.fillText(words, 0, -13 * unit);
  ctx.restore();
}

// Role above the node, further connections at its upper right, warnings at its upper left.
function drawMarks(ctx, index, place, ratio) {
  const node = nodes[index];
  const dim = faded(index) && index !== hovered;
  const size = nodeStyles[index].size;
  const standsOut = lit.nodes.has(index) || node.role !== "other" || index === selected.node || index === hovered;
  const unit = Math.max(0.85, Math.min(ratio, standsOut ? 3 : 1.9));
  ctx.save();
  ctx.globalAlpha = dim ? 0.5 : 1;
  ctx.textAlign = "center";
  const role = page.roles[node.role];
  if (role && !dim) {
    ctx.font = `700 ${11 * unit}px ${FONT}`;
    const width = measure(ctx, role) + 12 * unit;
    const side = lit.nodes.has(index) && narrow();
    const x = side ? place.x - size - width / 2 - 8 * unit : place.x;
    const y = side ? place.y : place.y - size - 13 * unit;
    ctx.fillStyle = INK;
    plate(ctx, x - width / 2, y - 8 * unit, width, 16 * unit, 8 * unit);
    ctx.fill();
    ctx.fillStyle = "#fff";
    ctx.fillText(role, x, y + 0.5 * unit);
  }
  const badge = badgeOf(index);
  if (badge && (1 / ratio > SMALL || standsOut)) {
    ctx.font = `700 ${10.5 * unit}px ${FONT}`;
    const width = Math.max(16 * unit, measure(ctx, badge.words) + 9 * unit);
    const x = place.x + size * 0.78 + width / 2 - 4 * unit;
    const y = place.y - size * 0.72;
    plate(ctx, x - width / 2, y - 8 * unit, width, 16 * unit, 8 * unit);
    ctx.fillStyle = badge.filled ? "#00568a" : "#fff";
    ctx.fill();
    ctx.lineWidth = 1.4 * unit;
    ctx.strokeStyle = badge.filled ? "#fff" : "#4b5866";
    ctx.stroke();
    ctx.fillStyle = badge.filled ? "#fff" : "#38434e";
    ctx.fillText(badge.words, x, y + 0.5 * unit);
  }
  const mark = node.warnings.length ? "!" : node.doubts.length ? "?" : null;
  if (mark) {
    const x = place.x - size * 0.8;
    const y = place.y - size * 0.72;
    ctx.beginPath();
    if (mark === "!") {
      ctx.moveTo(x, y - 10 * unit);
      ctx.lineTo(x + 10 * unit, y + 8 * unit);
      ctx.lineTo(x - 10 * unit, y + 8 * unit);
      ctx.closePath();
    } else ctx.arc(x, y, 8.5 * unit, 0, 2 * Math.PI);
    ctx.fillStyle = mark === "!" ? "#c03a00" : "#ffe08a";
    ctx.strokeStyle = mark === "!" ? "#fff" : "#6b4a00";
    ctx.lineWidth = 1.4 * unit;
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = mark === "!" ? "#fff" : "#4a3300";
    ctx.font = `700 ${11 * unit}px ${FONT}`;
    ctx.fillText(mark, x, y + (mark === "!" ? 2.5 : 0.5) * unit);
  }
  ctx.restore();
}

// "+12": solid if some of them are folded in this file, hollow if none is; a minus if all are unfolded.
function badgeOf(index) {
  const { folded, outside } = counts(index);
  if (folded + outside) return { words: `+${number.format(folded + outside)}`, filled: folded > 0 };
  return children(index).length ? { words: "−", filled: true } : null;
}

// A soft ring under what is selected.
function drawUnder(ctx) {
  const ring = (index, colour, wide) => {
    const place = network.getPositions([index])[index];
    if (!place) return;
    ctx.beginPath();
    ctx.arc(place.x, place.y, nodeStyles[index].size + wide, 0, 2 * Math.PI);
    ctx.fillStyle = colour;
    ctx.fill();
  };
  lit.nodes.forEach((index) => {
    if (visible.has(index)) ring(index, "rgba(255, 200, 40, 0.45)", 9);
  });
  if (selected.node !== null && visible.has(selected.node)) ring(selected.node, "rgba(0, 86, 138, 0.35)", 13);
}

// Public bodies have a gable.
function gable({ ctx, x, y, style }) {
  const r = style.size;
  return {
    drawNode() {
      ctx.save();
      ctx.beginPath();
      ctx.moveTo(x, y - r * 1.1);
      ctx.lineTo(x + r, y - r * 0.25);
      ctx.lineTo(x + r * 0.85, y + r * 0.95);
      ctx.lineTo(x - r * 0.85, y + r * 0.95);
      ctx.lineTo(x - r, y - r * 0.25);
      ctx.closePath();
      ctx.globalAlpha = style.opacity ?? 1;
      ctx.fillStyle = style.color;
      ctx.strokeStyle = style.borderColor;
      ctx.lineWidth = style.borderWidth;
      ctx.setLineDash(Array.isArray(style.borderDashes) ? style.borderDashes : []);
      ctx.fill();
      ctx.stroke();
      ctx.restore();
    },
    nodeDimensions: { width: 2 * r, height: 2 * r },
  };
}
