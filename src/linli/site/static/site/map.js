/* The plain map: circles of our own on a canvas, names of areas, and beside it the rows of what is in view.
   Colours come from the page's style. Whatever people wrote is put in as text. */
(function () {
  "use strict";
  var root = document.getElementById("map-page");
  if (!root || !window.L) return;
  var LISTED = 30, NAMES = 3;
  var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  var rows = document.getElementById("map-rows");
  var template = document.getElementById("map-row").content;
  /* In China a background is drawn askew (GCJ-02), so the points are moved with it: for display only. */
  var shown = window.linliGcj02 || function (latitude, longitude) { return [latitude, longitude]; };
  var markers = [], labels = [], chosen = null, following = false, radius = 0;

  root.hidden = false;
  document.getElementById("without-scripts").hidden = true;
  var map = L.map("map", {
    preferCanvas: true, zoomControl: false, attributionControl: false, maxZoom: 18, minZoom: 3,
    zoomSnap: 0.5, zoomAnimation: !still, fadeAnimation: !still, inertia: !still
  });
  L.control.zoom({ zoomInTitle: root.dataset.zoomIn, zoomOutTitle: root.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.createPane("names");
  var canvas = L.canvas({ padding: 0.3, tolerance: 6 });

  function words(name, numbers) {
    var text = document.getElementById("map-words").content.querySelector("[data-words=" + name + "]").textContent;
    return Object.keys(numbers || {}).reduce(function (said, key) {
      return said.replace("{" + key + "}", numbers[key]);
    }, text);
  }

  function say(name, numbers) {
    document.getElementById("map-status").textContent = name && words(name, numbers);
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function stateOf(station) {
    if (station.open === null) return "unknown";
    return station.full ? "full" : station.open ? "open" : "closed";
  }

  /* Filled is open, a thick ring is full, a thin one closed, a dashed one unknown: no colour is needed to tell. */
  function looks(state) {
    return {
      open: { color: colour("card"), weight: 1.5, fillColor: colour("good"), fillOpacity: 1 },
      full: { color: colour("care"), weight: 4, fillColor: colour("card"), fillOpacity: 1 },
      closed: { color: colour("edge"), weight: 2, fillColor: colour("card"), fillOpacity: 1 },
      unknown: { color: colour("edge"), weight: 2, dashArray: "3 3", fillColor: colour("card"), fillOpacity: 1 }
    }[state];
  }

  function write(element, text, language) {
    element.textContent = text;
    if (language) element.lang = language;
  }

  function row(station) {
    var item = template.cloneNode(true).firstElementChild;
    var badge = item.querySelector(".badge");
    item.querySelector("a").href = root.dataset.station.replace("CODE", station.code);
    write(item.querySelector("a span"), station.name, station.name_lang);
    badge.textContent = station.says;
    badge.classList.add({ open: "good", full: "care", closed: "quiet", unknown: "quiet" }[stateOf(station)]);
    item.querySelector("[data-kind]").textContent = station.kind + (station.address ? " · " : "");
    write(item.querySelector("[data-address]"), station.address, station.address_lang);
    return item;
  }

  function popup(marker) {
    var list = rows.cloneNode(false);
    list.removeAttribute("id");
    list.append(row(marker.station));
    return list;
  }

  function draw(collection) {
    var order = { unknown: 0, closed: 1, full: 2, open: 3 };
    var placed = collection.features.filter(function (feature) { return feature.geometry; });
    var styles = { unknown: looks("unknown"), closed: looks("closed"), full: looks("full"), open: looks("open") };
    placed.sort(function (a, b) { return order[stateOf(a.properties)] - order[stateOf(b.properties)]; });
    markers = placed.map(function (feature) {
      var point = feature.geometry.coordinates, options = styles[stateOf(feature.properties)];
      var marker = L.circleMarker(shown(point[1], point[0]), Object.assign({ renderer: canvas, radius: 7 }, options));
      marker.station = feature.properties;
      return marker;
    });
    /* One group: so the canvas draws once, and one listener serves all. */
    L.featureGroup(markers).bindPopup(popup, { closeButton: false, minWidth: 220, maxWidth: 280 }).addTo(map);
    var missing = collection.features.length - placed.length;
    say(!collection.features.length ? "nothing" : missing ? "unplaced" : "", { missing: missing });
    if (!placed.length) root.querySelector(".map-split").hidden = true;
    else map.fitBounds(L.latLngBounds(markers.map(function (each) { return each.getLatLng(); })), { padding: [24, 24], maxZoom: 16, animate: false });
  }

  /* The nearer, the larger. */
  function resize() {
    var wanted = markers.length < 200 || map.getZoom() >= 14 ? 7 : map.getZoom() >= 12 ? 5 : 3;
    if (wanted === radius) return;
    radius = wanted;
    markers.forEach(function (marker) { marker.setRadius(wanted); });
  }

  function list() {
    if (following) return;
    var bounds = map.getBounds(), middle = map.getCenter();
    var seen = markers.filter(function (marker) { return bounds.contains(marker.getLatLng()); });
    seen.forEach(function (marker) { marker.away = middle.distanceTo(marker.getLatLng()); });
    seen.sort(function (a, b) { return a.away - b.away; });
    var near = seen.slice(0, LISTED), items = document.createDocumentFragment();
    near.forEach(function (marker) {
      var item = row(marker.station);
      item.querySelector("a").addEventListener("focus", function () { point(marker); });
      items.append(item);
    });
    rows.textContent = "";
    rows.append(items);
    rows.hidden = !near.length;
    var said = !near.length ? "none" : seen.length > near.length ? "more" : "here";
    document.getElementById("map-count").textContent = words(said, { number: seen.length, shown: near.length });
  }

  /* The row that has the focus is shown on the map; the list stays as it is while one walks along it. */
  function point(marker) {
    if (chosen) chosen.remove();
    chosen = L.circleMarker(marker.getLatLng(), { radius: 14, weight: 3, color: colour("ink"), fill: false, interactive: false, renderer: canvas }).addTo(map);
    if (map.getBounds().pad(-0.2).contains(marker.getLatLng())) return;
    following = true;
    map.panTo(marker.getLatLng(), { animate: false });
    following = false;
  }

  /* The highest level of which a few names are in view; else the one with most. The larger areas first. */
  function levelInView(seen) {
    var count = {};
    seen.forEach(function (label) { count[label.level] = (count[label.level] || 0) + 1; });
    var levels = Object.keys(count).map(Number).sort(function (a, b) { return a - b; });
    var enough = levels.filter(function (level) { return count[level] >= NAMES; });
    if (enough.length) return enough[0];
    return levels.reduce(function (best, level) { return count[level] > (count[best] || 0) ? level : best; }, levels[0]);
  }

  function name() {
    var bounds = map.getBounds(), taken = [];
    var seen = labels.filter(function (label) {
      label.remove();
      return bounds.contains(label.getLatLng());
    });
    var level = levelInView(seen);
    seen.filter(function (label) { return label.level === level; }).forEach(function (label) {
      var place = map.latLngToContainerPoint(label.getLatLng());
      var room = L.bounds(place.subtract(label.half), place.add(label.half));
      if (taken.some(function (other) { return other.overlaps(room); })) return;
      taken.push(room);
      label.addTo(map);
    });
  }

  function prepare(collection) {
    labels = collection.features.map(function (feature) {
      var point = feature.geometry.coordinates, text = document.createElement("span");
      write(text, feature.properties.name, feature.properties.name_lang);
      var icon = L.divIcon({ className: "area-name", html: text, iconSize: null });
      var label = L.marker(shown(point[1], point[0]), { icon: icon, pane: "names", interactive: false, keyboard: false });
      label.level = feature.properties.level;
      label.stations = feature.properties.stations;
      /* Half of the room a name takes: a Latin letter is half as wide as a Chinese one. */
      label.half = L.point(feature.properties.name.replace(/[^\x00-\x7f]/g, "xx").length * 4.5, 12);
      return label;
    });
    labels.sort(function (a, b) { return b.stations - a.stations; });
    name();
  }

  function fetched(address) {
    return fetch(address).then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); });
  }

  function background(place) {
    var credit = document.createElement("span");
    credit.textContent = place.dataset.credit;
    place.querySelector("button").addEventListener("click", function () {
      L.control.attribution({ prefix: false }).addTo(map);
      L.tileLayer(place.dataset.url, { attribution: credit.innerHTML, maxZoom: 18 }).addTo(map);
      place.hidden = true;
    });
  }

  if (root.querySelector("#background")) background(root.querySelector("#background"));
  map.on("moveend", list).on("moveend", name).on("zoomend", resize);
  fetched(root.dataset.stations).then(function (stations) {
    draw(stations);
    if (!markers.length) return null;
    resize();
    return fetched(root.dataset.areas).then(prepare);
  }).catch(function () { say("failed"); });
})();
