/* Copies an article as it looks, with its headings, lists and pictures, for the editor of an official account. */
(function () {
  "use strict";
  var said = document.getElementById("article-copied");

  function copy(button) {
    var selection = window.getSelection(), range = document.createRange();
    range.selectNodeContents(document.getElementById(button.dataset.copyShown));
    selection.removeAllRanges();
    selection.addRange(range);
    if (document.execCommand("copy")) {
      said.textContent = said.dataset.copied;
      selection.removeAllRanges();
    }
  }

  document.querySelectorAll("[data-copy-shown]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { copy(button); });
  });
})();
