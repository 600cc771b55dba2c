/* Draws the card as one picture, here in the browser, so that it can be saved or sent where a link would not go. */
(function () {
  "use strict";
  var WIDTH = 750, EDGE = 48, INK = "#1c1b1a", SOFT = "#5c5955", PAPER = "#ffffff";
  var card = document.getElementById("share-card");
  var button = document.getElementById("share-save");
  var made = document.getElementById("share-made");

  function words(selector) {
    var found = card.querySelector(selector);
    return found ? found.textContent.trim().replace(/\s+/g, " ") : "";
  }

  /* Lines of at most the width: between words where there are spaces, anywhere in Chinese. */
  function lines(pen, text, width) {
    var done = [], line = "";
    (text.match(/[\u0021-\u024f]+\s*|./gu) || []).forEach(function (piece) {
      if (line && pen.measureText(line + piece.trimEnd()).width > width) {
        done.push(line.trimEnd());
        line = "";
      }
      line += piece;
    });
    if (line) done.push(line.trimEnd());
    return done;
  }

  /* What is written, from top to bottom: [text, size, weight, colour]. */
  function parts() {
    return [
      [words("h2"), 44, "700", INK],
      [words(".share-lead"), 30, "400", INK],
      [words(".share-from"), 26, "400", SOFT]
    ].filter(function (part) { return part[0]; });
  }

  function font(part) {
    return part[2] + " " + part[1] + "px " + getComputedStyle(card).fontFamily;
  }

  function draw() {
    var canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    var photo = card.querySelector(".share-photo"), code = card.querySelector(".share-code");
    var inner = WIDTH - 2 * EDGE;
    var photoHeight = photo ? Math.round(inner * photo.naturalHeight / photo.naturalWidth) : 0;
    var written = parts().map(function (part) {
      pen.font = font(part);
      return [part, lines(pen, part[0], inner)];
    });
    var height = EDGE + (photo ? photoHeight + 32 : 0) + written.reduce(function (sum, each) {
      return sum + each[1].length * each[0][1] * 1.45 + 20;
    }, 0) + 220 + EDGE;
    canvas.width = WIDTH;
    canvas.height = Math.ceil(height);
    pen.fillStyle = PAPER;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.textBaseline = "top";
    var top = EDGE;
    if (photo) {
      pen.drawImage(photo, EDGE, top, inner, photoHeight);
      top += photoHeight + 32;
    }
    written.forEach(function (each) {
      pen.font = font(each[0]);
      pen.fillStyle = each[0][3];
      each[1].forEach(function (line) {
        pen.fillText(line, EDGE, top);
        top += each[0][1] * 1.45;
      });
      top += 20;
    });
    pen.drawImage(code, EDGE, top, 200, 200);
    pen.font = "400 26px " + getComputedStyle(card).fontFamily;
    pen.fillStyle = SOFT;
    pen.fillText(words(".share-foot p"), EDGE + 224, top + 84);
    return canvas.toDataURL("image/png");
  }

  function show() {
    var picture = document.createElement("img"), line = document.createElement("p");
    picture.className = "share-made";
    picture.alt = made.dataset.alt;
    picture.src = draw();
    line.textContent = made.dataset.words;
    made.replaceChildren(line, picture);
  }

  if (card && button) {
    button.hidden = false;
    button.addEventListener("click", show);
  }
})();
