/* What a code says: linliQr.read(picture) gives its text, or "" where none is seen. picture: {data (RGBA), width, height}. */
(function () {
  "use strict";
  var qr = window.linliQr = window.linliQr || {};
  var LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  var END = 0, NUMERIC = 1, LETTERED = 2, BYTES = 4, CHARSET = 7;
  // How far the surroundings of a pixel reach: for shade; for a bright edge beside the code; for a code that fills the picture.
  var SHARES = [1 / 16, 1 / 36, 1 / 5];

  function Bits(words) {
    this.words = words;
    this.at = 0;
  }

  Bits.prototype.left = function () {
    return this.words.length * 8 - this.at;
  };

  Bits.prototype.take = function (count) {
    var number = 0;
    for (; count > 0; count--, this.at++) number = number << 1 | this.words[this.at >> 3] >> (7 - this.at % 8) & 1;
    return number;
  };

  function digits(bits, count) {
    var text = "";
    for (; count > 0; count -= 3) {
      var together = Math.min(count, 3);
      text += String(bits.take([0, 4, 7, 10][together])).padStart(together, "0");
    }
    return text;
  }

  function letters(bits, count) {
    var text = "";
    for (; count > 1; count -= 2) {
      var pair = bits.take(11);
      text += LETTERS.charAt(Math.floor(pair / 45)) + LETTERS.charAt(pair % 45);
    }
    return count ? text + LETTERS.charAt(bits.take(6)) : text;
  }

  function bytes(bits, count) {
    var taken = new Uint8Array(count);
    for (var i = 0; i < count; i++) taken[i] = bits.take(8);
    return new TextDecoder().decode(taken);
  }

  /* One stretch of a mode; null for a mode that no ticket has. */
  function stretch(bits, mode, large) {
    if (mode === NUMERIC) return digits(bits, bits.take(large ? 12 : 10));
    if (mode === LETTERED) return letters(bits, bits.take(large ? 11 : 9));
    if (mode === BYTES) return bytes(bits, bits.take(large ? 16 : 8));
    if (mode === CHARSET) {
      bits.take(8);
      return "";
    }
    return null;
  }

  function textOf(words, large) {
    var bits = new Bits(words), text = "";
    while (bits.left() >= 4) {
      var mode = bits.take(4);
      if (mode === END) break;
      var said = stretch(bits, mode, large);
      if (said === null || bits.left() < 0) return "";
      text += said;
    }
    return text;
  }

  /* The text of modules that were read; "" where they are no code. */
  qr.textOfModules = function (modules) {
    var format = qr.format(modules);
    if (!format) return "";
    var data = qr.blocks(qr.codewords(modules, format.mask), format.level).map(qr.mended);
    if (!data.length || data.indexOf(null) >= 0) return "";
    return textOf([].concat.apply([], data), modules.length >= 57);
  };

  function textAt(image, corners) {
    var sizes = qr.sizes(image, corners);
    for (var i = 0; i < sizes.length; i++) {
      var grids = qr.grids(image, corners, sizes[i]);
      for (var j = 0; j < grids.length; j++) {
        var modules = qr.modules(image, sizes[i], grids[j]);
        var text = qr.inStep(modules) > 0.7 ? qr.textOfModules(modules) : "";
        if (text) return text;
      }
    }
    return "";
  }

  function readWith(picture, share) {
    var image = qr.darkness(picture, share), threes = qr.corners(image);
    for (var i = 0; i < threes.length; i++) {
      var text = textAt(image, threes[i]);
      if (text) return text;
    }
    return "";
  }

  /* Of one still picture all ways are tried; of a film, whose pictures are counted by `turn`, one after the other. */
  qr.read = function (picture, turn) {
    if (turn !== undefined) return readWith(picture, SHARES[turn % SHARES.length]);
    return SHARES.reduce(function (text, share) { return text || readWith(picture, share); }, "");
  };
})();
