// Where things stand: the path in a row, everything else around it, unfolded nodes at free places.

const STEP = 110; // from a person of the path to the body beside him
const ARCH = 165; // how far the bodies of the path stand above its people
const ROW = 74; // from one to the next where the path runs downwards, in a narrow window

const narrow = () => stage.clientWidth < 620 && stage.clientWidth < stage.clientHeight * 1.1;

// People stand on one line, the bodies through which they know each other above and between them.
function pathPlaces(path) {
  const places = new Map();
  if (narrow()) {
    [...new Set(path.nodes)].forEach((index, rank) => places.set(index, { x: 0, y: rank * ROW }));
    return places;
  }
  let x = 0;
  let stacked = 0;
  let before = null;
  path.nodes.forEach((index) => {
    const person = nodes[index].person;
    if (before !== null && (person || before)) x += person && before ? 2 * STEP : STEP;
    stacked = !person && before === false ? stacked + 1 : 0;
    // A body that ties two steps stands above the middle of both.
    const middle = places.has(index) ? (places.get(index).x + x) / 2 : x;
    places.set(index, { x: middle, y: person ? 0 : -ARCH - 95 * stacked });
    before = person;
  });
  return places;
}

// First places of all others: outwards in circles from what is asked, each branch in a sector of its own.
function firstPlaces(places) {
  const shown = [...visible];
  const roots = places.size ? [...places.keys()] : [];
  const rank = (index) => (nodes[index].role === "other" ? 0 : 1e6) + nodes[index].edges.length;
  const byRank = [...shown].sort((a, b) => rank(b) - rank(a) || a - b);
  const level = new Map();
  const below = new Map(shown.map((index) => [index, []]));
  const order = [];
  let queue = [...roots];
  queue.forEach((index) => level.set(index, 0));
  const tops = [];
  for (const start of [null, ...byRank]) {
    if (start !== null) {
      if (level.has(start)) continue;
      level.set(start, 0);
      tops.push(start);
      queue = [start];
    }
    for (let at = 0; at < queue.length; at += 1) {
      order.push(queue[at]);
      neighbours(queue[at]).forEach((next) => {
        if (!visible.has(next) || level.has(next)) return;
        level.set(next, level.get(queue[at]) + 1);
        below.get(queue[at]).push(next);
        queue.push(next);
      });
    }
  }
  const leaves = new Map();
  [...order].reverse().forEach((index) => {
    leaves.set(
      index,
      Math.max(
        1,
        below.get(index).reduce((sum, child) => sum + leaves.get(child), 0),
      ),
    );
  });
  const spread = (index, from, to) => {
    const open = [[index, from, to]];
    while (open.length) {
      const [at, first, last] = open.pop();
      const origin = places.get(at);
      let angle = first;
      below.get(at).forEach((child) => {
        const width = ((last - first) * leaves.get(child)) / leaves.get(at);
        const middle = angle + width / 2;
        places.set(child, { x: origin.x + 150 * Math.cos(middle), y: origin.y + 150 * Math.sin(middle) });
        open.push([child, angle, angle + width]);
        angle += width;
      });
    }
  };
  // Bodies of the path open upwards, its people downwards, so that nothing crosses it.
  roots.forEach((index) => {
    const up = !nodes[index].person;
    spread(index, (up ? -0.92 : 0.08) * Math.PI, (up ? -0.08 : 0.92) * Math.PI);
  });
  let row = places.size ? 1 : 0;
  tops.forEach((index) => {
    places.set(index, { x: row * 260 * (row % 2 ? 1 : -1), y: places.size ? 420 : 0 });
    spread(index, 0, 2 * Math.PI);
    row += 1;
  });
  return places;
}

// A label needs its place too; in a crowd it has less of it.
const room = (count) => (count <= 80 ? { x: 128, y: 72 } : count <= 220 ? { x: 84, y: 56 } : { x: 46, y: 44 });

// Push overlapping nodes apart along the shorter way; those of the path don't move.
function separate(places, still) {
  const indexes = [...places.keys()];
  const { x: wide, y: high } = room(indexes.length);
  for (let round = 0; round < 40; round += 1) {
    const cells = new Map();
    const cell = (x, y) => `${Math.floor(x / wide)},${Math.floor(y / high)}`;
    indexes.forEach((index) => {
      const key = cell(places.get(index).x, places.get(index).y);
      if (cells.has(key)) cells.get(key).push(index);
      else cells.set(key, [index]);
    });
    let moved = false;
    indexes.forEach((index) => {
      const a = places.get(index);
      for (let dx = -1; dx <= 1; dx += 1)
        for (let dy = -1; dy <= 1; dy += 1) {
          (cells.get(cell(a.x + dx * wide, a.y + dy * high)) ?? []).forEach((other) => {
            if (other <= index || (still.has(index) && still.has(other))) return;
            const b = places.get(other);
            const overX = wide - Math.abs(a.x - b.x);
            const overY = high - Math.abs(a.y - b.y);
            if (overX <= 0.5 || overY <= 0.5) return;
            const share = still.has(index) || still.has(other) ? 1 : 0.5;
            const along = overX / wide < overY / high ? "x" : "y";
            const push =
              (along === "x" ? overX : overY) * share * (a[along] < b[along] || a[along] === b[along] ? -1 : 1);
            if (!still.has(index)) a[along] += push;
            if (!still.has(other)) b[along] -= push;
            moved = true;
          });
        }
    });
    if (!moved) break;
  }
}

// Leave the row of the path to the path: the rest keeps its shape and steps aside, up or down (or sideways).
function clearRow(places, still) {
  if (!still.size) return;
  const down = narrow();
  const row = [...still].map((index) => places.get(index));
  const top = Math.min(...row.map((place) => place.y));
  const bottom = Math.max(...row.map((place) => place.y));
  places.forEach((place, index) => {
    if (still.has(index)) return;
    if (down) place.x = place.x >= 0 ? place.x + 250 : place.x - 70;
    else if (place.y >= (top + bottom) / 2) place.y = Math.max(place.y, bottom) + 105;
    else place.y = Math.min(place.y, top) - 85;
  });
}

const PHYSICS = {
  enabled: true,
  solver: "forceAtlas2Based",
  forceAtlas2Based: {
    gravitationalConstant: -95,
    centralGravity: 0.012,
    springLength: 120,
    springConstant: 0.09,
    damping: 0.6,
    avoidOverlap: 0.4,
  },
  minVelocity: 0.6,
  timestep: 0.45,
  stabilization: { enabled: false },
};

// Ask the library's solver for the shape, then keep everything still: what a reader has found stays where it is.
function arrange(path, done) {
  const still = path ? pathPlaces(path) : new Map();
  const fixed = new Set(still.keys());
  const places = firstPlaces(still);
  const finish = (found) => {
    separate(found, fixed);
    // The solver makes a disc; a window is wider than high (or higher than wide).
    const shape = Math.min(1.7, Math.max(0.6, stage.clientWidth / stage.clientHeight));
    if (!path)
      found.forEach((place) => {
        place.x *= Math.sqrt(shape);
        place.y /= Math.sqrt(shape);
      });
    clearRow(found, fixed);
    separate(found, fixed);
    nodeSet.update([...found].map(([id, place]) => ({ id, x: place.x, y: place.y, fixed: false })));
    done();
  };
  if (places.size === fixed.size || places.size < 2) return finish(places);
  nodeSet.update([...places].map(([id, place]) => ({ id, x: place.x, y: place.y, fixed: fixed.has(id) })));
  network.once("stabilizationIterationsDone", () => {
    network.setOptions({ physics: { enabled: false } });
    const found = network.getPositions();
    finish(new Map([...visible].map((index) => [index, { ...found[index] }])));
  });
  network.setOptions({ physics: PHYSICS });
  network.stabilize(places.size > 900 ? 90 : places.size > 250 ? 160 : 300);
  return undefined;
}

// Free places around a node, nearest first, starting on the side that looks away from the crowd.
function placeUnfolded(parent, brought) {
  const taken = network.getPositions();
  const all = Object.values(taken);
  const origin = taken[parent];
  const middle = all.reduce((sum, at) => ({ x: sum.x + at.x / all.length, y: sum.y + at.y / all.length }), {
    x: 0,
    y: 0,
  });
  const away = Math.atan2(origin.y - middle.y, origin.x - middle.x || 1e-6);
  const { x: wide, y: high } = room(brought.length * 2);
  const occupied = all.slice();
  const found = new Map();
  let left = [...brought];
  for (let ring = 1; left.length; ring += 1) {
    const radius = 70 + 75 * ring;
    const slots = Math.floor((2 * Math.PI * radius) / (high + 12));
    const angles = Array.from(
      { length: slots },
      (_, at) => (at % 2 ? -1 : 1) * Math.ceil(at / 2) * ((2 * Math.PI) / slots),
    );
    // The first rings only look outwards, so that few nodes don't surround their parent needlessly.
    const reach = ring <= 2 ? 0.4 * Math.PI : Math.PI;
    for (const turn of angles) {
      if (!left.length) break;
      if (Math.abs(turn) > reach) continue;
      const spot = { x: origin.x + radius * Math.cos(away + turn), y: origin.y + radius * Math.sin(away + turn) };
      if (occupied.some((at) => Math.abs(at.x - spot.x) < wide && Math.abs(at.y - spot.y) < high)) continue;
      occupied.push(spot);
      found.set(left.shift(), spot);
    }
  }
  return found;
}
