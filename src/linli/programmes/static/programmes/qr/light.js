/* From a picture to dark and light. Each pixel is held against the mean of what lies around it, so that shade, glare and
   the glow of a phone do not matter. All of qr/ hangs on window.linliQr and is loaded when the camera is first used. */
(function () {
  "use strict";
  var qr = window.linliQr = window.linliQr || {};
  // How much darker than its surroundings dark is, in 256ths: less is noise.
  var DARKER = 26;

  function greyOf(pixels, count) {
    var grey = new Uint8Array(count);
    for (var i = 0, p = 0; i < count; i++, p += 4) {
      grey[i] = (pixels[p] * 77 + pixels[p + 1] * 151 + pixels[p + 2] * 28) >> 8;
    }
    return grey;
  }

  /* sums[y][x] is the sum of all that lies above and left of (x, y): four look-ups then give the sum of any rectangle. */
  function sumsOf(grey, width, height) {
    var row = width + 1, sums = new Uint32Array(row * (height + 1));
    for (var y = 0; y < height; y++) {
      var line = 0;
      for (var x = 0; x < width; x++) {
        line += grey[y * width + x];
        sums[(y + 1) * row + x + 1] = sums[y * row + x + 1] + line;
      }
    }
    return sums;
  }

  /* picture: {data (RGBA), width, height}; `share`: which part of the longer side the surroundings reach, each way. */
  qr.darkness = function (picture, share) {
    var width = picture.width, height = picture.height, row = width + 1;
    var grey = greyOf(picture.data, width * height), sums = sumsOf(grey, width, height);
    var reach = Math.max(4, Math.round(Math.max(width, height) * share));
    var dark = new Uint8Array(width * height);
    for (var y = 0; y < height; y++) {
      var top = Math.max(0, y - reach), bottom = Math.min(height, y + reach + 1);
      for (var x = 0; x < width; x++) {
        var left = Math.max(0, x - reach), right = Math.min(width, x + reach + 1);
        var sum = sums[bottom * row + right] - sums[top * row + right] - sums[bottom * row + left] + sums[top * row + left];
        var area = (bottom - top) * (right - left);
        if (grey[y * width + x] * area * 256 < sum * (256 - DARKER)) dark[y * width + x] = 1;
      }
    }
    return { width: width, height: height, dark: dark };
  };

  /* Whether it is dark at a point; outside of the picture it is light. */
  qr.isDark = function (image, x, y) {
    var column = Math.floor(x), line = Math.floor(y);
    if (column < 0 || line < 0 || column >= image.width || line >= image.height) return 0;
    return image.dark[line * image.width + column];
  };
})();
