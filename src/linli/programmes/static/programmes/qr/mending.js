/* Reed–Solomon: finds and rights the codewords that were read wrong. Numbers are those of the field of 256 elements, in
   which adding is XOR and multiplying adds logarithms. */
(function () {
  "use strict";
  var qr = window.linliQr = window.linliQr || {};
  var POWER = new Uint8Array(510), LOG = new Uint8Array(256);

  for (var i = 0, value = 1; i < 255; i++) {
    POWER[i] = POWER[i + 255] = value;
    LOG[value] = i;
    value = value << 1 ^ (value & 128 ? 0x11d : 0);
  }

  function times(a, b) {
    return a && b ? POWER[LOG[a] + LOG[b]] : 0;
  }

  function over(a, b) {
    return a ? POWER[LOG[a] + 255 - LOG[b]] : 0;
  }

  /* The value of a polynomial, its constant first. */
  function valueAt(polynomial, x) {
    return polynomial.reduceRight(function (sum, factor) { return times(sum, x) ^ factor; }, 0);
  }

  function product(one, other) {
    var made = new Array(one.length + other.length - 1).fill(0);
    one.forEach(function (a, i) {
      other.forEach(function (b, j) { made[i + j] ^= times(a, b); });
    });
    return made;
  }

  /* What the words give at the roots of the code: all nought when nothing is wrong. */
  function syndromesOf(words, mending) {
    var found = [];
    for (var i = 0; i < mending; i++) {
      found.push(words.reduce(function (sum, word) { return times(sum, POWER[i]) ^ word; }, 0));
    }
    return found;
  }

  /* The shortest polynomial whose roots tell where the errors are (Berlekamp and Massey). */
  function locatorOf(syndromes) {
    var locator = [1], before = [1], length = 0, gap = 1, last = 1;
    for (var n = 0; n < syndromes.length; n++) {
      var off = syndromes[n];
      for (var i = 1; i <= length; i++) off ^= times(locator[i] || 0, syndromes[n - i]);
      if (!off) {
        gap++;
        continue;
      }
      var kept = locator, shift = new Array(gap).fill(0).concat(before), share = over(off, last);
      locator = kept.concat(new Array(Math.max(0, shift.length - kept.length)).fill(0)).map(function (factor, at) {
        return factor ^ times(share, shift[at] || 0);
      });
      if (2 * length <= n) {
        length = n + 1 - length;
        before = kept;
        last = off;
        gap = 1;
      } else gap++;
    }
    return locator.slice(0, length + 1);
  }

  /* By how much the word is off whose place has this root (Forney). */
  function errorAt(root, locator, syndromes) {
    var evaluator = product(syndromes, locator).slice(0, syndromes.length), slope = 0;
    for (var i = 1; i < locator.length; i += 2) slope ^= times(locator[i], power(root, i - 1));
    return slope ? over(times(over(1, root), valueAt(evaluator, root)), slope) : 0;
  }

  function power(a, exponent) {
    return exponent ? POWER[LOG[a] * exponent % 255] : 1;
  }

  /* The data of a block, mended; null where more is wrong than can be mended. */
  qr.mended = function (block) {
    var words = block.words.slice(), syndromes = syndromesOf(words, block.mending);
    if (!syndromes.some(Boolean)) return words.slice(0, words.length - block.mending);
    var locator = locatorOf(syndromes), errors = locator.length - 1, righted = 0;
    for (var place = 0; place < words.length; place++) {
      var root = POWER[255 - (words.length - 1 - place) % 255];
      if (valueAt(locator, root)) continue;
      words[place] ^= errorAt(root, locator, syndromes);
      righted++;
    }
    var whole = righted === errors && 2 * errors <= block.mending && !syndromesOf(words, block.mending).some(Boolean);
    return whole ? words.slice(0, words.length - block.mending) : null;
  };
})();
