/* Where each module of a code lies in the picture, however the paper is turned and tilted. */
(function () {
  "use strict";
  var qr = window.linliQr = window.linliQr || {};
  var SMALLEST = 21, LARGEST = 57;
  // The small square near the fourth corner is looked for this far around, in modules.
  var AROUND = 7, PLACES = 3;

  /* The length of a module at a square, measured towards another point; where that cannot be measured, the square's own. */
  function unitTowards(image, from, to) {
    var length = Math.hypot(to.x - from.x, to.y - from.y);
    var measured = qr.across(image, from.x - 0.5, from.y - 0.5, (to.x - from.x) / length, (to.y - from.y) / length);
    return measured ? measured.unit : from.unit;
  }

  /* How many modules lie between the middles of two squares. */
  function between(image, from, to) {
    var unit = (unitTowards(image, from, to) + unitTowards(image, to, from)) / 2;
    return Math.hypot(to.x - from.x, to.y - from.y) / unit;
  }

  /* Sizes (modules a side) that it may have, the likeliest first. */
  qr.sizes = function (image, corners) {
    var measured = (between(image, corners.corner, corners.right) + between(image, corners.corner, corners.below)) / 2 + 7;
    var sizes = [];
    for (var size = SMALLEST; size <= LARGEST; size += 4) sizes.push(size);
    sizes.sort(function (one, other) { return Math.abs(one - measured) - Math.abs(other - measured); });
    return sizes.slice(0, 3);
  };

  /* Solves a set of linear equations, each a row of factors with its result last; null where there is no one answer. */
  function solve(rows) {
    var count = rows.length;
    for (var column = 0; column < count; column++) {
      var best = column;
      for (var i = column + 1; i < count; i++) {
        if (Math.abs(rows[i][column]) > Math.abs(rows[best][column])) best = i;
      }
      var pivot = rows[best];
      if (Math.abs(pivot[column]) < 1e-9) return null;
      rows[best] = rows[column];
      rows[column] = pivot;
      for (var j = 0; j < count; j++) {
        if (j === column) continue;
        var share = rows[j][column] / pivot[column];
        for (var k = column; k <= count; k++) rows[j][k] -= share * pivot[k];
      }
    }
    return rows.map(function (row, index) { return row[count] / row[index]; });
  }

  /* From four points of the code, [column, row, x, y] each, a function that says where any point of it is seen. */
  function perspective(points) {
    var rows = [];
    points.forEach(function (point) {
      var u = point[0], v = point[1], x = point[2], y = point[3];
      rows.push([u, v, 1, 0, 0, 0, -u * x, -v * x, x], [0, 0, 0, u, v, 1, -u * y, -v * y, y]);
    });
    var m = solve(rows);
    return m && function (u, v) {
      var depth = m[6] * u + m[7] * v + 1;
      return [(m[0] * u + m[1] * v + m[2]) / depth, (m[3] * u + m[4] * v + m[5]) / depth];
    };
  }

  /* How much the five by five modules around a point look like the small square: dark, light, dark from outside in. */
  function likeness(image, x, y, right, below) {
    var alike = 0;
    for (var row = -2; row <= 2; row++) {
      for (var column = -2; column <= 2; column++) {
        var wanted = Math.max(Math.abs(row), Math.abs(column)) === 1 ? 0 : 1;
        alike += qr.isDark(image, x + column * right[0] + row * below[0], y + column * right[1] + row * below[1]) === wanted;
      }
    }
    return alike;
  }

  /* Places where the small square may be, the likeliest first; the nearer one of two that look alike. */
  function smallSquares(image, x, y, right, below) {
    var places = [];
    for (var down = -AROUND; down <= AROUND; down += 0.25) {
      for (var on = -AROUND; on <= AROUND; on += 0.25) {
        var px = x + on * right[0] + down * below[0], py = y + on * right[1] + down * below[1];
        var alike = likeness(image, px, py, right, below);
        if (alike >= 20) places.push([alike - 0.3 * Math.hypot(on, down), px, py, alike]);
      }
    }
    places.sort(function (one, other) { return other[0] - one[0]; });
    return apart(places, 1.5 * Math.hypot(right[0], right[1]));
  }

  /* Of places close to each other only one stays, in the middle of those that look as good. */
  function apart(places, near) {
    var kept = [];
    places.forEach(function (place) {
      var same = kept.find(function (each) { return Math.hypot(each[1] - place[1], each[2] - place[2]) < near; });
      if (!same && kept.length < PLACES) kept.push(place.concat([place[1], place[2], 1]));
      else if (same && place[3] === same[3]) {
        same[4] += place[1];
        same[5] += place[2];
        same[6]++;
      }
    });
    return kept.map(function (each) { return [each[4] / each[6], each[5] / each[6]]; });
  }

  /* Functions (column, row) → [x, y] for a code of that size, the likeliest first. */
  qr.grids = function (image, corners, size) {
    var a = corners.corner, b = corners.right, c = corners.below, long = size - 7, far = size - 3.5;
    var right = [(b.x - a.x) / long, (b.y - a.y) / long], below = [(c.x - a.x) / long, (c.y - a.y) / long];
    var three = [[3.5, 3.5, a.x, a.y], [far, 3.5, b.x, b.y], [3.5, far, c.x, c.y]];
    var fourths = [[far, far, b.x + c.x - a.x, b.y + c.y - a.y]];
    if (size > SMALLEST) {
      var x = a.x + (long - 3) * (right[0] + below[0]), y = a.y + (long - 3) * (right[1] + below[1]);
      fourths = smallSquares(image, x, y, right, below).map(function (place) {
        return [size - 6.5, size - 6.5, place[0], place[1]];
      }).concat(fourths);
    }
    return fourths.map(function (fourth) { return perspective(three.concat([fourth])); }).filter(Boolean);
  };

  /* The modules of a code as rows of 0 and 1; each is asked at its middle, and around it where that is not clear. */
  qr.modules = function (image, size, at) {
    var rows = [];
    for (var row = 0; row < size; row++) {
      var line = [];
      for (var column = 0; column < size; column++) {
        var votes = 0;
        [[0.5, 0.5, 2], [0.3, 0.5, 1], [0.7, 0.5, 1], [0.5, 0.3, 1], [0.5, 0.7, 1]].forEach(function (point) {
          var place = at(column + point[0], row + point[1]);
          votes += point[2] * qr.isDark(image, place[0], place[1]);
        });
        line.push(votes > 3 || (votes === 3 && qr.isDark.apply(null, [image].concat(at(column + 0.5, row + 0.5)))) ? 1 : 0);
      }
      rows.push(line);
    }
    return rows;
  };

  /* How many of the dots between the squares, dark and light in turn, are as they should be: 0 to 1. */
  qr.inStep = function (modules) {
    var size = modules.length, right = 0, count = 0;
    for (var i = 8; i < size - 8; i++) {
      right += (modules[6][i] === 1 - i % 2) + (modules[i][6] === 1 - i % 2);
      count += 2;
    }
    return right / count;
  };
})();
