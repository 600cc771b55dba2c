/* What the door page says and shows: one sentence at a time, the counts, the rows of the list. Names go in as text. */
(function () {
  "use strict";
  const door = window.linliDoor = window.linliDoor || {};
  const patterns = document.getElementById("door-words");
  if (!patterns) return;

  function pattern(selector) {
    return patterns.content.querySelector(selector).cloneNode(true);
  }

  door.words = function (name, values) {
    const text = pattern("[data-words=" + name + "]").textContent;
    return Object.keys(values || {}).reduce((said, key) => said.split("{" + key + "}").join(values[key]), text);
  };

  /* The one answer of the page; read aloud, as it stands in a region that is. */
  door.say = function (tone, text) {
    const note = pattern("[data-note=" + tone + "]");
    note.querySelector("span").textContent = text;
    const place = document.getElementById("door-said");
    place.textContent = "";
    if (text) place.append(note);
    return note;
  };

  function toggle(root, clock) {
    root.querySelectorAll("[data-when]").forEach((part) => {
      part.hidden = (part.dataset.when === "here") !== Boolean(clock);
    });
    const time = root.querySelector("[data-time]");
    if (time) time.textContent = clock;
  }

  /* A form for one attendee: with the name where one of several is to be chosen, without where it stands in the sentence. */
  function choice(kind, row) {
    const form = pattern("[data-pattern=" + kind + "] form");
    form.querySelector("[name=sign_up]").value = row.code;
    if (kind === "choice") {
      form.querySelector("[data-name]").textContent = row.name;
      form.querySelector("[data-number]").textContent = row.spoken.slice(0, 3) + " " + row.spoken.slice(3);
    }
    toggle(form, row.came);
    return form;
  }

  door.showAnswer = function (answer) {
    const note = door.say(answer.tone, answer.said);
    if (answer.row && answer.row.came) note.append(choice("back", answer.row));
    (answer.choices || []).forEach((row) => note.append(choice("choice", row)));
    if (answer.row) door.mark(answer.row.code, answer.row.came);
    door.count(answer.counts);
  };

  door.count = function (counts) {
    document.querySelectorAll("[data-count]").forEach((place) => {
      if (counts && place.dataset.count in counts) place.textContent = counts[place.dataset.count];
    });
  };

  /* Whether a row of the list says "here since", and which button it has; the cursor stays in the row. */
  door.mark = function (code, clock) {
    const row = document.querySelector("[data-row='" + code + "']");
    if (!row) return;
    const held = row.contains(document.activeElement);
    toggle(row, clock);
    if (held) row.querySelector("button:not([hidden])").focus();
  };

  door.showNotes = function (number) {
    document.getElementById("door-notes").hidden = !number;
    document.getElementById("door-notes-said").textContent = door.words(number === 1 ? "one" : "many", { number: number });
  };

  door.showLine = function (there) {
    document.getElementById("door-line").hidden = there;
  };
})();
