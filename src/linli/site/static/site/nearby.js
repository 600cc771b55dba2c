/* /nearby with a script: asks the phone where it is, and only after a tap. The exact position stays in this page: what is
   sent is rounded to 0.01 degrees, and distances are written and sorted here. Everything else works without this file. */
(function () {
  "use strict";
  var EARTH_RADIUS_M = 6371008.8;
  var OLD_MS = 10 * 60 * 1000;
  var exact = null;
  var says = document.getElementById("nearby-says");

  function part() { return document.getElementById("nearby"); }

  function say(what) {
    says.textContent = what ? says.dataset[what] || what : "";
    says.hidden = !what;
  }

  function radians(degrees) { return degrees * Math.PI / 180; }

  function metresTo(text) {
    var place = text.split(",").map(Number);
    var half = Math.pow(Math.sin(radians(place[0] - exact[0]) / 2), 2)
      + Math.cos(radians(exact[0])) * Math.cos(radians(place[0])) * Math.pow(Math.sin(radians(place[1] - exact[1]) / 2), 2);
    return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(Math.min(1, half)));
  }

  function far(metres) {
    var region = part().dataset;
    if (metres < 950) return region.metres.replace("#", Math.max(50, Math.round(metres / 50) * 50));
    return region.kilometres.replace("#", (metres / 1000).toFixed(metres < 9950 ? 1 : 0));
  }

  /* Sorts what came for the rounded position by the exact one. */
  function measure() {
    if (!exact || !/[?&]at=/.test(location.search)) return;
    part().querySelectorAll(".near").forEach(function (list) {
      var rows = Array.from(list.children).filter(function (row) { return row.dataset.at; }).map(function (row) {
        return { row: row, metres: metresTo(row.dataset.at) };
      });
      rows.forEach(function (each) { each.row.querySelector(".far").textContent = far(each.metres); });
      if (!("byDistance" in list.dataset)) return;
      rows.sort(function (a, b) { return a.metres - b.metres; });
      rows.forEach(function (each) { list.append(each.row); });
    });
  }

  function sayIfOld() {
    var line = document.getElementById("as-of");
    if (line && Date.now() - Date.parse(line.dataset.seen) > OLD_MS) say("old");
  }

  function offerPosition() {
    var button = part().querySelector("[data-position]");
    if (!button) return;
    if (window.isSecureContext && navigator.geolocation) button.hidden = false;
    else if (!document.getElementById("as-of")) say("insecure");
  }

  function settle() {
    offerPosition();
    measure();
    sayIfOld();
  }

  /* Puts the answer of an address, or of a form, in the place of this one; the page itself stays, and with it the position. */
  function show(address, options) {
    part().setAttribute("aria-busy", "true");
    return fetch(address, options).then(function (response) {
      return response.text().then(function (text) {
        var answer = new DOMParser().parseFromString(text, "text/html");
        var fresh = answer.getElementById("nearby");
        if (!fresh) throw new Error(answer.querySelector("main .lead") ? answer.querySelector("main .lead").textContent : "");
        say("");
        part().replaceWith(document.importNode(fresh, true));
        if (response.url !== location.href) history.pushState(null, "", response.url);
        settle();
      });
    }).catch(function (error) {
      part().removeAttribute("aria-busy");
      say(error.message && error.name === "Error" ? error.message : "unanswered");
    });
  }

  function found(position) {
    exact = [position.coords.latitude, position.coords.longitude];
    var query = new URLSearchParams(location.search);
    var wishes = Array.from(query.keys()).filter(function (name) { return !/^(at|from|q)$/.test(name); });
    var rounded = exact.map(function (degrees) { return degrees.toFixed(2); }).join(",");
    show(part().dataset.address + "?at=" + rounded + wishes.map(function (name) { return "&" + name + "=on"; }).join(""));
  }

  function lost(error) { say(error.code === 1 ? "refused" : "absent"); }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-position]")) {
      navigator.geolocation.getCurrentPosition(found, lost, { maximumAge: 60000, timeout: 10000, enableHighAccuracy: true });
    }
    var wish = event.target.closest(".wishes a");
    if (wish && exact && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      show(wish.href);
    }
  });

  document.addEventListener("submit", function (event) {
    var form = event.target, tap = event.submitter;
    if (!form.classList.contains("doors") || !tap || event.defaultPrevented) return;
    event.preventDefault();
    var row = tap.closest(".row").id;
    var body = new URLSearchParams(new FormData(form));
    body.set(tap.name, tap.value);
    show(tap.formAction, { method: "POST", body: body }).then(function () {
      var again = document.getElementById(row);
      if (again) { again.tabIndex = -1; again.focus(); }
    });
  });

  window.addEventListener("popstate", function () { location.reload(); });
  settle();
})();
