/* The three large squares of a code: along any line through their middle, dark and light follow each other as 1:1:3:1:1. */
(function () {
  "use strict";
  var qr = window.linliQr = window.linliQr || {};
  // By how many modules a stretch may be off: blur makes dark thicker or thinner.
  var SLACK = 0.6;
  var CONSIDERED = 10, TRIED = 6, TOO_MUCH = 1.5;

  /* The length of one module in five stretches that follow each other as 1:1:3:1:1, else 0. */
  function unitOf(runs) {
    var total = runs[0] + runs[1] + runs[2] + runs[3] + runs[4], unit = total / 7;
    if (total < 7) return 0;
    for (var i = 0; i < 5; i++) {
      var wanted = i === 2 ? 3 : 1;
      if (!runs[i] || Math.abs(runs[i] - wanted * unit) > SLACK * wanted * unit) return 0;
    }
    return unit;
  }

  /* How far from (x, y) one colour reaches, then the next, then the next: lengths of three stretches in one direction. */
  function walk(image, x, y, dx, dy) {
    var runs = [0, 0, 0], colour = 1, steps = image.width + image.height;
    for (var stretch = 0, i = 0; i < steps; i++) {
      var column = x + i * dx, line = y + i * dy;
      if (column < 0 || line < 0 || column >= image.width || line >= image.height) break;
      if (qr.isDark(image, column, line) !== colour) {
        colour = 1 - colour;
        stretch++;
        if (stretch === 3) break;
      }
      runs[stretch]++;
    }
    return runs;
  }

  /* The five stretches of a line through a dark point, and by how much their middle lies beyond it. */
  qr.across = function (image, x, y, dx, dy) {
    if (!qr.isDark(image, x, y)) return null;
    var on = walk(image, x, y, dx, dy), back = walk(image, x, y, -dx, -dy);
    var unit = unitOf([back[2], back[1], back[0] + on[0] - 1, on[1], on[2]]);
    return unit ? { unit: unit, off: (on[0] - back[0]) / 2 } : null;
  };

  /* A point that looks right in a row is held against the column, then against the row once more. */
  function confirmed(image, x, y) {
    var down = qr.across(image, x, y, 0, 1);
    if (!down) return null;
    var along = qr.across(image, x, y + down.off, 1, 0);
    if (!along || Math.max(along.unit, down.unit) > 2 * Math.min(along.unit, down.unit)) return null;
    if (!qr.across(image, x + along.off, y + down.off, Math.SQRT1_2, Math.SQRT1_2)) return null;
    return { x: x + along.off + 0.5, y: y + down.off + 0.5, unit: (along.unit + down.unit) / 2, seen: 1 };
  }

  /* Many rows meet the same square: their mean is better than each. */
  function gather(found, point) {
    for (var i = 0; i < found.length; i++) {
      var other = found[i];
      if (Math.abs(other.x - point.x) < 2.5 * other.unit && Math.abs(other.y - point.y) < 2.5 * other.unit) {
        ["x", "y", "unit"].forEach(function (key) {
          other[key] = (other[key] * other.seen + point[key]) / (other.seen + 1);
        });
        other.seen++;
        return;
      }
    }
    found.push(point);
  }

  function inRow(image, y, found) {
    var runs = [0, 0, 0, 0, 0], last = 0;
    for (var x = 0; x <= image.width; x++) {
      var colour = x < image.width ? image.dark[y * image.width + x] : 0;
      if (colour !== last) {
        if (last && unitOf(runs)) {
          var point = confirmed(image, x - runs[4] - runs[3] - Math.ceil(runs[2] / 2), y);
          if (point) gather(found, point);
        }
        runs.shift();
        runs.push(0);
        last = colour;
      }
      runs[4]++;
    }
  }

  function distance(a, b) {
    return Math.hypot(a.x - b.x, a.y - b.y);
  }

  /* 0 for a square that nearly all rows through its middle met, 1 for one that was met by chance. */
  function chance(point) {
    return Math.max(0, 1 - point.seen / (2 * point.unit));
  }

  /* Three squares as the corners of a code: `corner` where the right angle is; `cost` says how far from one they are. */
  function asCorners(a, b, c) {
    var sides = [[distance(b, c), a, b, c], [distance(a, c), b, a, c], [distance(a, b), c, a, b]];
    sides.sort(function (one, other) { return other[0] - one[0]; });
    var far = sides[0], corner = far[1], right = far[2], below = far[3];
    if ((right.x - corner.x) * (below.y - corner.y) < (right.y - corner.y) * (below.x - corner.x)) {
      right = far[3];
      below = far[2];
    }
    var one = distance(corner, right), other = distance(corner, below), units = [a.unit, b.unit, c.unit];
    var cost = Math.abs(one - other) / Math.max(one, other) + Math.abs(far[0] * far[0] - one * one - other * other) / (far[0] * far[0]) +
      Math.max.apply(null, units) / Math.min.apply(null, units) - 1 + chance(a) + chance(b) + chance(c);
    return { corner: corner, right: right, below: below, cost: cost };
  }

  /* Threes of squares that may be a code, the likeliest first. */
  qr.corners = function (image) {
    var found = [], threes = [];
    for (var y = 0; y < image.height; y++) inRow(image, y, found);
    found.sort(function (one, other) { return other.seen - one.seen; });
    found = found.slice(0, CONSIDERED);
    for (var a = 0; a < found.length; a++) {
      for (var b = a + 1; b < found.length; b++) {
        for (var c = b + 1; c < found.length; c++) threes.push(asCorners(found[a], found[b], found[c]));
      }
    }
    threes.sort(function (one, other) { return one.cost - other.cost; });
    return threes.slice(0, TRIED).filter(function (three) { return three.cost < TOO_MUCH; });
  };
})();
