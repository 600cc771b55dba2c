/* Small comforts. Every page works without this file. */
(function () {
  "use strict";
  var html = document.documentElement;

  /* A page that came back with errors starts at their list, in the page and after a swap. */
  function focusErrors(root) {
    var errors = root.querySelector("[data-focus]");
    if (errors && !errors.closest(".sample")) errors.focus();
  }

  /* A region that scrolls sideways can be reached and scrolled with the keyboard, also once larger letters make it do so. */
  var sizes = new ResizeObserver(function (changed) {
    changed.forEach(function (each) {
      reach(each.target.closest(".scroll"));
    });
  });

  function reach(region) {
    if (region && region.scrollWidth > region.clientWidth) region.tabIndex = 0;
  }

  function reachScrollers(root) {
    root.querySelectorAll(".scroll").forEach(function (region) {
      reach(region);
      [region].concat(Array.from(region.children)).forEach(function (part) {
        sizes.observe(part);
      });
    });
  }

  function showCopyButtons(root) {
    root.querySelectorAll("[data-copy]").forEach(function (button) {
      button.hidden = false;
    });
  }

  function copy(button) {
    var input = document.getElementById(button.dataset.copy);
    var say = function () {
      button.parentNode.querySelector("[role=status]").textContent = button.dataset.copied;
    };
    var byHand = function () {
      input.select();
      if (document.execCommand("copy")) say();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(input.value).then(say, byHand);
    else byHand();
  }

  function sayOffline(show) {
    var line = document.getElementById("connection");
    if (line) line.hidden = !show;
  }

  function settle(root) {
    focusErrors(root);
    reachScrollers(root);
    showCopyButtons(root);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (button) copy(button);
    if (event.target.closest("[data-print]")) window.print();
  });

  /* Without a connection nothing is sent, so that nothing typed is lost. */
  document.addEventListener("submit", function (event) {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    sayOffline(true);
    document.getElementById("connection").scrollIntoView({ block: "center" });
  }, true);
  document.addEventListener("htmx:sendError", function () { sayOffline(true); });
  window.addEventListener("online", function () { sayOffline(false); });
  document.addEventListener("htmx:afterSettle", function (event) { settle(event.target); });
  settle(document);

  /* Keeps public station pages for when there is no connection (secure contexts only). */
  if ("serviceWorker" in navigator && window.isSecureContext && html.dataset.offline) {
    navigator.serviceWorker.register("/sw.js").then(function () {
      return navigator.serviceWorker.ready;
    }).then(function (registration) {
      registration.active.postMessage(html.dataset.offline);
    }).catch(function () {});
  }
})();
