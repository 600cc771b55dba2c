/* What stands where in a code (ISO/IEC 18004): which modules carry no data, how the data is cut into blocks, which mask
   lies over it. Versions 1 to 10, 21 to 57 modules a side, more than any ticket needs. */
(function () {
  "use strict";
  var qr = window.linliQr = window.linliQr || {};
  // Of each version: all codewords, and the middles of the small squares.
  var WHOLE = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346];
  var SQUARES = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
  // Of each version at each level: codewords that mend in a block, and blocks.
  var BLOCKS = {
    L: [[7, 1], [10, 1], [15, 1], [20, 1], [26, 1], [18, 2], [20, 2], [24, 2], [30, 2], [18, 4]],
    M: [[10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4], [18, 4], [22, 4], [22, 5], [26, 5]],
    Q: [[13, 1], [22, 1], [18, 2], [26, 2], [18, 4], [24, 4], [18, 6], [22, 6], [20, 8], [24, 8]],
    H: [[17, 1], [28, 1], [22, 2], [16, 4], [22, 4], [28, 4], [26, 5], [26, 6], [24, 8], [28, 8]]
  };
  var LEVELS = ["M", "L", "H", "Q"];
  var MASKS = [
    function (row, column) { return (row + column) % 2; },
    function (row) { return row % 2; },
    function (row, column) { return column % 3; },
    function (row, column) { return (row + column) % 3; },
    function (row, column) { return (Math.floor(row / 2) + Math.floor(column / 3)) % 2; },
    function (row, column) { return (row * column) % 2 + (row * column) % 3; },
    function (row, column) { return ((row * column) % 2 + (row * column) % 3) % 2; },
    function (row, column) { return ((row + column) % 2 + (row * column) % 3) % 2; }
  ];

  /* The fifteen bits that say level and mask, as they are written: five of them, and ten that mend those. */
  function written(value) {
    var rest = value << 10;
    for (var bit = 14; bit >= 10; bit--) {
      if (rest >> bit & 1) rest ^= 0x537 << (bit - 10);
    }
    return (value << 10 | rest) ^ 0x5412;
  }

  function differing(one, other) {
    var count = 0;
    for (var bits = one ^ other; bits; bits &= bits - 1) count++;
    return count;
  }

  /* They stand twice: around the first square, and beside the two others. */
  function formatBits(modules) {
    var size = modules.length, one = [], other = [], i;
    for (i = 0; i < 6; i++) one.push(modules[8][i]);
    one.push(modules[8][7], modules[8][8], modules[7][8]);
    for (i = 5; i >= 0; i--) one.push(modules[i][8]);
    for (i = 1; i <= 7; i++) other.push(modules[size - i][8]);
    for (i = 8; i >= 1; i--) other.push(modules[8][size - i]);
    return [one, other].map(function (bits) {
      return bits.reduce(function (number, bit) { return number << 1 | bit; }, 0);
    });
  }

  /* {level, mask}, the nearest to what was read; null where nothing is near. */
  qr.format = function (modules) {
    var read = formatBits(modules), best = null, least = 4;
    for (var value = 0; value < 32; value++) {
      var off = Math.min(differing(read[0], written(value)), differing(read[1], written(value)));
      if (off < least) {
        least = off;
        best = { level: LEVELS[value >> 3], mask: value & 7 };
      }
    }
    return best;
  };

  /* Whether a module is part of the pattern and not of the data. */
  function isPattern(size, row, column) {
    if (row === 6 || column === 6) return true;
    if (row < 9 && (column < 9 || column >= size - 8) || column < 9 && row >= size - 8) return true;
    var small = Math.min(row, column), large = Math.max(row, column);
    if (size >= 45 && small < 6 && large >= size - 11 && large < size - 8) return true;
    return squares(size).some(function (middle) {
      return Math.abs(row - middle[0]) < 3 && Math.abs(column - middle[1]) < 3;
    });
  }

  function squares(size) {
    var places = SQUARES[(size - 21) / 4], all = [], last = size - 7;
    places.forEach(function (row) {
      places.forEach(function (column) {
        var taken = row === 6 && column === 6 || row === 6 && column === last || row === last && column === 6;
        if (!taken) all.push([row, column]);
      });
    });
    return all;
  }

  /* All codewords in the order in which they are written: up and down in stripes of two, from the right. */
  qr.codewords = function (modules, mask) {
    var size = modules.length, words = [], word = 0, bits = 0, up = true;
    for (var right = size - 1; right > 0; right -= 2) {
      if (right === 6) right--;
      for (var step = 0; step < size; step++) {
        var row = up ? size - 1 - step : step;
        for (var column = right; column > right - 2; column--) {
          if (isPattern(size, row, column)) continue;
          word = word << 1 | modules[row][column] ^ (MASKS[mask](row, column) === 0 ? 1 : 0);
          if (++bits === 8) {
            words.push(word);
            word = bits = 0;
          }
        }
      }
      up = !up;
    }
    return words;
  };

  /* The same cut into blocks, [{words, mending}]: their words are written in turn, the shorter blocks being first. */
  qr.blocks = function (words, level) {
    var version = WHOLE.findIndex(function (count) { return count === words.length; });
    if (version < 0) return [];
    var mending = BLOCKS[level][version][0], count = BLOCKS[level][version][1];
    var data = words.length - mending * count, short = Math.floor(data / count), longer = count - data % count;
    var blocks = [], next = 0, i, b;
    for (b = 0; b < count; b++) blocks.push({ words: [], mending: mending });
    for (i = 0; i <= short; i++) {
      for (b = i < short ? 0 : longer; b < count; b++) blocks[b].words.push(words[next++]);
    }
    for (i = 0; i < mending; i++) {
      for (b = 0; b < count; b++) blocks[b].words.push(words[next++]);
    }
    return blocks;
  };
})();
