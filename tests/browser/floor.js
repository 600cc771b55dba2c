// The oldest browser we serve: WeChat's webview on Chromium 86. What later versions brought is taken away,
// so that a page leaning on it breaks here and not on somebody's phone. Styles are checked elsewhere.
(() => {
  const later = [
    [Array.prototype, ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"]],
    [String.prototype, ["at", "isWellFormed", "toWellFormed"]],
    [Object, ["hasOwn", "groupBy"]],
    [Promise, ["withResolvers", "try"]],
    [Crypto.prototype, ["randomUUID"]],
    [Element.prototype, ["checkVisibility", "setHTML", "setHTMLUnsafe"]],
    [HTMLElement.prototype, ["showPopover", "hidePopover", "togglePopover", "popover", "inert"]],
    [Document.prototype, ["startViewTransition"]],
    [Navigator.prototype, ["serviceWorker", "share", "canShare", "geolocation", "userAgentData", "wakeLock"]],
    [AbortSignal, ["timeout", "any"]],
    [window, ["structuredClone", "scheduler", "navigation", "CloseWatcher", "BarcodeDetector", "Sanitizer"]],
    [URL, ["canParse", "parse"]],
  ];
  for (const [owner, names] of later) for (const name of names) delete owner[name];
  window.WeixinJSBridge = { invoke() {}, on() {}, call() {} };
})();
