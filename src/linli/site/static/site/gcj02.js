/* WGS-84 to GCJ-02, for the eye only: a background drawn in GCJ-02 needs our points moved along with it.
   The same as linli/kit/coordinates.py; a test holds the two together. */
(function () {
  "use strict";
  var AXIS = 6378245, ECCENTRICITY = 0.006693421622965943, PI = Math.PI;

  function shift(latitude, longitude) {
    var x = longitude - 105, y = latitude - 35;
    var ripple = (20 * Math.sin(6 * x * PI) + 20 * Math.sin(2 * x * PI)) * 2 / 3;
    var north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + ripple;
    north += (20 * Math.sin(y * PI) + 40 * Math.sin(y / 3 * PI)) * 2 / 3;
    north += (160 * Math.sin(y / 12 * PI) + 320 * Math.sin(y * PI / 30)) * 2 / 3;
    var east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + ripple;
    east += (20 * Math.sin(x * PI) + 40 * Math.sin(x / 3 * PI)) * 2 / 3;
    east += (150 * Math.sin(x / 12 * PI) + 300 * Math.sin(x / 30 * PI)) * 2 / 3;
    var angle = latitude * PI / 180, curve = 1 - ECCENTRICITY * Math.pow(Math.sin(angle), 2);
    return [
      north * 180 / (AXIS * (1 - ECCENTRICITY) / (curve * Math.sqrt(curve)) * PI),
      east * 180 / (AXIS / Math.sqrt(curve) * Math.cos(angle) * PI)
    ];
  }

  window.linliGcj02 = function (latitude, longitude) {
    if (latitude < 0.8293 || latitude > 55.8271 || longitude < 72.004 || longitude > 137.8347) return [latitude, longitude];
    var moved = shift(latitude, longitude);
    return [latitude + moved[0], longitude + moved[1]];
  };
})();
