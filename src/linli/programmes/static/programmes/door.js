/* The door goes on without a line: what is shown, typed or tapped is asked of the server where it can be reached, and noted
   on this device where it cannot. Without this file every form of the page is sent as ever. */
(function () {
  "use strict";
  const door = window.linliDoor, root = document.getElementById("door");
  if (!root || !door || !door.post) return;
  const FRESH = 120000, AGAIN = 10000, QUICK = 80;
  const entry = document.getElementById("door-entry"), field = entry.querySelector("[name=typed]");
  let sending = false, pressed = null, key = "", keyAt = 0, answered = 0;

  function restore(typed) {
    if (field.value || !typed) return;
    field.value = typed;
    field.select();
  }

  async function send(form, button) {
    const kind = form.dataset.door, body = new FormData(form), typed = kind === "arrival" ? field.value : "";
    if (button && button.name) body.append(button.name, button.value);
    if (typed) field.value = "";
    const answer = await door.post(form.action, body);
    if (!answer) return noteInstead(kind, body, typed);
    if (!answer.data) {
      restore(typed);
      return door.sayUnreadable(answer);
    }
    answered += 1;
    if (kind === "away" && answer.status === 200) return location.assign(answer.data.next);
    door.showAnswer(answer.data);
    if (answer.status !== 200) restore(typed);
    return undefined;
  }

  async function noteInstead(kind, body, typed) {
    if (kind === "arrival") return noteMark(await markOf(typed), typed);
    if (kind !== "row") return door.say("care", door.words("stay"));
    const row = root.querySelector("[data-row='" + body.get("sign_up") + "']");
    return body.get("came") === "no" ? takeBack(row) : noteMark(await markOfRow(row), "");
  }

  /* The digest of what was scanned or typed; empty for what only the server could look up. */
  async function markOf(typed) {
    const plain = typed.normalize("NFKC").trim(), together = plain.replace(/\s/g, "");
    const secret = plain.replace(/\/+$/, "").split("/").pop();
    if (/^\d+$/.test(together)) return digest(root.dataset.session + ":" + together);
    return secret.length >= 36 ? digest(secret) : "";
  }

  async function markOfRow(row) {
    return row ? digest(root.dataset.session + ":" + row.dataset.spoken) : "";
  }

  async function digest(text) {
    return door.isSecure ? door.digest(text) : "";
  }

  async function noteMark(mark, typed) {
    const list = door.list(), known = mark && door.entryOf(mark);
    if (known) return noteEntry(known);
    restore(typed);
    const at = list ? new Date(list.as_of).toTimeString().slice(0, 5) : "";
    return door.say("care", !list ? door.words("nothing") : door.words(mark ? "unknown" : "names", { time: at }));
  }

  async function noteEntry(known) {
    const before = door.noteOf(known);
    if (known.came) return door.say("good", door.words("there", { name: known.name, time: known.came }));
    if (before) return door.say("good", door.words("noted", { name: known.name, time: before.clock }));
    await door.noteArrival(known, root.dataset.sync);
    door.say("good", door.words("came", { name: known.name }));
    return showKept();
  }

  /* Only what was noted here can be taken back here. */
  async function takeBack(row) {
    const known = door.entryOf(await markOfRow(row)), note = known && door.noteOf(known);
    if (!note) return door.say("care", door.words("back"));
    await door.forget([note]);
    door.mark(row.dataset.row, "");
    door.say("good", door.words("away", { name: known.name }));
    return showKept();
  }

  /* Rows, and the line about what waits, as this device knows them. */
  async function showKept() {
    const before = answered;
    door.showNotes(door.notes().length);
    if (!door.list()) return undefined;
    for (const row of root.querySelectorAll("[data-row]")) {
      const known = door.entryOf(await markOfRow(row)), note = known && door.noteOf(known);
      if (before !== answered) return keepFresh();
      if (known) door.mark(row.dataset.row, known.came || (note ? note.clock : ""));
    }
    return undefined;
  }

  async function sendNotes() {
    if (sending) return;
    sending = true;
    for (const to of new Set(door.notes().map((each) => each.to))) await sendTo(to, door.notes().filter((each) => each.to === to));
    sending = false;
    await keepFresh();
  }

  async function sendTo(to, notes) {
    const body = new FormData(entry);
    body.delete("typed");
    body.append("lines", notes.map((each) => each.mark + " " + each.at).join("\n"));
    const answer = await door.post(to, body);
    if (!answer) return;
    if (!answer.data) return door.sayUnreadable(answer);
    answered += 1;
    door.say(answer.status === 200 ? "good" : "care", answer.data.said);
    if (answer.status === 200) await door.forget(notes);
  }

  /* A list that was asked for before the last answer came would take back what that answer said. */
  async function keepFresh() {
    const before = answered, answer = door.isSecure && (await door.askList());
    if (before !== answered) return keepFresh();
    if (answer && answer.data && answer.status === 200) {
      await door.keepList(answer.data);
      if (before !== answered) return keepFresh();
      door.count(answer.data.counts);
    }
    return showKept();
  }

  async function refresh() {
    await (door.notes().length ? sendNotes() : keepFresh());
  }

  function beat() {
    setTimeout(async () => {
      if (document.visibilityState === "visible" || door.notes().length) await refresh();
      beat();
    }, door.isOnLine() ? FRESH : AGAIN);
  }

  /* On window, and so before anything else of the page. */
  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.door && door.isOnLine()) return;
    event.preventDefault();
    event.stopPropagation();
    if (form.dataset.door) send(form, event.submitter || (pressed && pressed.form === form ? pressed : null));
    else door.say("care", door.words("stay"));
  }, true);
  window.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    pressed = event.target.closest("button");
    if (door.isOnLine() || !link || /^(tel:|mailto:|#)/.test(link.getAttribute("href"))) return;
    event.preventDefault();
    door.say("care", door.words("stay"));
  }, true);
  /* A scanner gun types faster than anyone: what it types beside the field goes into it, and its Enter presses no button. */
  window.addEventListener("keydown", (event) => {
    if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    if (key && event.timeStamp - keyAt < QUICK) {
      field.value = key;
      field.focus();
      key = "";
    } else key = event.key;
    keyAt = event.timeStamp;
  }, true);
  window.addEventListener("online", refresh);
  window.addEventListener("offline", () => door.lineIs(false));
  document.getElementById("door-send").addEventListener("click", sendNotes);
  document.getElementById("door-insecure").hidden = door.isSecure;
  door.take = function (text) {
    field.value = text;
    return send(entry, null);
  };
  door.showLine(door.isOnLine());
  door.openKept().then(showKept).then(refresh).then(beat);
})();
