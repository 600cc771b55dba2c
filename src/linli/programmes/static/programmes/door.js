/* The door goes on without a line: what is shown, typed or tapped is asked of the server where it can be reached, and noted
   on this device where it cannot. Without this file every form of the page is sent as ever. */
(function () {
  "use strict";
  const door = window.linliDoor, root = document.getElementById("door");
  if (!root || !door || !door.say) return;
  const PATIENCE = 8000, FRESH = 120000, AGAIN = 10000;
  const entry = document.getElementById("door-entry"), field = entry.querySelector("[name=typed]");
  let line = navigator.onLine, sending = false;

  function lineIs(there) {
    line = there;
    door.showLine(there);
  }

  /* {status, data}, or null where no server was reached; what leads elsewhere or is no data has `data` null. */
  async function ask(address, body) {
    if (!navigator.onLine) {
      lineIs(false);
      return null;
    }
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE);
    const options = { headers: { Accept: "application/json" }, redirect: "manual", signal: stop.signal };
    if (body) Object.assign(options, { method: "POST", body: body });
    try {
      const response = await fetch(address, options);
      const isData = (response.headers.get("Content-Type") || "").startsWith("application/json");
      const data = isData ? await response.json() : null;
      lineIs(response.status < 502);
      return line ? { status: response.status, isElsewhere: response.type === "opaqueredirect", data: data } : null;
    } catch (error) {
      lineIs(false);
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  function unreadable(answer) {
    door.say("care", door.words(answer.isElsewhere ? "signed-out" : "failed"));
  }

  function bodyOf(form, button) {
    const body = new FormData(form);
    if (button && button.name) body.append(button.name, button.value);
    return body;
  }

  async function send(form, button) {
    const kind = form.dataset.door, body = bodyOf(form, button);
    const typed = kind === "arrival" ? field.value : "";
    if (kind === "arrival") field.value = "";
    const answer = await ask(form.action, body);
    if (!answer) return noteInstead(kind, body, typed);
    if (!answer.data) {
      if (!field.value) field.value = typed;
      return unreadable(answer);
    }
    if (kind === "away" && answer.status === 200) return location.assign(answer.data.next);
    door.showAnswer(answer.data);
    if (answer.status !== 200 && typed && !field.value) {
      field.value = typed;
      field.select();
    }
    return undefined;
  }

  async function noteInstead(kind, body, typed) {
    if (kind === "arrival") return noteMark(await markOf(typed), () => { field.value = field.value || typed; });
    if (kind !== "row") return door.say("care", door.words("stay"));
    const row = root.querySelector("[data-row='" + body.get("sign_up") + "']");
    if (body.get("came") === "no") return takeBack(row);
    return noteMark(row ? await markOfRow(row) : "", () => {});
  }

  /* The digest of what was scanned or typed; empty for what only the server could look up. */
  async function markOf(typed) {
    const plain = typed.normalize("NFKC").trim(), together = plain.replace(/\s/g, "");
    if (!door.isSecure) return "";
    if (/^\d+$/.test(together)) return door.digest(root.dataset.session + ":" + together);
    const secret = plain.replace(/\/+$/, "").split("/").pop();
    return secret.length >= 36 ? door.digest(secret) : "";
  }

  async function markOfRow(row) {
    return door.isSecure ? door.digest(root.dataset.session + ":" + row.dataset.spoken) : "";
  }

  async function noteMark(mark, keep) {
    const list = door.list(), known = mark && door.entryOf(mark);
    if (known) return noteEntry(known);
    keep();
    const as_of = list ? new Date(list.as_of).toTimeString().slice(0, 5) : "";
    return door.say("care", !list ? door.words("nothing") : door.words(mark ? "unknown" : "names", { time: as_of }));
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
    const known = row && door.entryOf(await markOfRow(row)), note = known && door.noteOf(known);
    if (!note) return door.say("care", door.words("back"));
    await door.forget([note]);
    door.mark(row.dataset.row, "");
    door.say("good", door.words("away", { name: known.name }));
    return showKept();
  }

  /* Rows and the line about what waits, as this device knows them. */
  async function showKept() {
    door.showNotes(door.notes().length);
    if (!door.isSecure || !door.list()) return;
    for (const row of root.querySelectorAll("[data-row]")) {
      const known = door.entryOf(await markOfRow(row)), note = known && door.noteOf(known);
      if (known) door.mark(row.dataset.row, known.came || (note ? note.clock : ""));
    }
  }

  async function sendNotes() {
    if (sending) return;
    sending = true;
    for (const to of new Set(door.notes().map((each) => each.to))) await sendTo(to, door.notes().filter((each) => each.to === to));
    sending = false;
    await showKept();
  }

  async function sendTo(to, notes) {
    const body = new FormData(entry);
    body.delete("typed");
    body.append("lines", notes.map((each) => each.mark + " " + each.at).join("\n"));
    const answer = await ask(to, body);
    if (!answer) return;
    if (!answer.data) return unreadable(answer);
    door.say(answer.status === 200 ? "good" : "care", answer.data.said);
    if (answer.status === 200) await door.forget(notes);
    if (to === root.dataset.sync) door.count(answer.data.counts);
  }

  async function refresh() {
    if (door.notes().length) await sendNotes();
    const answer = door.isSecure && (await ask(root.dataset.list));
    if (!answer || !answer.data || answer.status !== 200) return;
    await door.keepList(answer.data);
    door.count(answer.data.counts);
    await showKept();
  }

  function beat() {
    setTimeout(async () => {
      if (document.visibilityState === "visible" || door.notes().length) await refresh();
      beat();
    }, line ? FRESH : AGAIN);
  }

  /* Before anything else of the page, on window: what is sent from here never leads away from an open page. */
  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.door && line) return;
    event.preventDefault();
    event.stopPropagation();
    if (form.dataset.door) send(form, event.submitter);
    else door.say("care", door.words("stay"));
  }, true);
  window.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (line || !link || /^(tel|mailto):|^#/.test(link.getAttribute("href"))) return;
    event.preventDefault();
    door.say("care", door.words("stay"));
  }, true);
  window.addEventListener("online", refresh);
  window.addEventListener("offline", () => lineIs(false));
  document.getElementById("door-send").addEventListener("click", sendNotes);
  document.getElementById("door-insecure").hidden = door.isSecure;
  door.take = function (text) {
    field.value = text;
    return send(entry, null);
  };
  door.showLine(line);
  door.openKept().then(showKept).then(refresh).then(beat);
})();
