/* On the offline page: lists what this device has kept, tickets first, then the answer of /nearby, then stations. */
(function () {
  "use strict";
  var list = document.getElementById("kept");
  if (!list || !window.caches) return;

  function title(text) {
    var heading = new DOMParser().parseFromString(text, "text/html").querySelector("h1");
    return heading ? heading.textContent.trim() : "";
  }

  function rank(request) {
    return /\/tickets\/[^/]+\/$/.test(request.url) ? 0 : /\/nearby\/$/.test(request.url) ? 1 : 2;
  }

  /* Its place in the list is taken at once, and filled when it has been read. */
  function show(request, cache) {
    var item = document.createElement("li");
    list.append(item);
    cache.match(request).then(function (response) { return fill(item, request, response); });
  }

  function fill(item, request, response) {
    return response.text().then(function (text) {
      var link = document.createElement("a");
      var seen = document.createElement("p");
      item.className = "row";
      link.href = new URL(request.url).pathname;
      link.textContent = title(text) || link.pathname;
      seen.textContent = list.dataset.seen + new Date(response.headers.get("Date")).toLocaleString(
        document.documentElement.lang, { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false }
      );
      item.append(link, seen);
      list.hidden = false;
      document.getElementById("none-kept").hidden = true;
    });
  }

  caches.keys().then(function (names) {
    names.filter(function (name) { return name.startsWith("linli-"); }).forEach(function (name) {
      caches.open(name).then(function (cache) {
        cache.keys().then(function (requests) {
          requests.reverse().filter(function (request) {
            return /^\/(nearby|(stations|tickets)\/[^/]+)\/$/.test(new URL(request.url).pathname);
          }).sort(function (a, b) { return rank(a) - rank(b); }).forEach(function (request) { show(request, cache); });
        });
      });
    });
  });
})();
