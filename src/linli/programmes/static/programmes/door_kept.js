/* What this device keeps for when there is no line: digests of the tickets and numbers of a session with masked names, and
   what was noted here and not sent yet. A list is used until the hour the server named and removed at the next visit of any
   door page after it. Where the browser gives no store, the open page remembers alone. */
(function () {
  "use strict";
  const door = window.linliDoor = window.linliDoor || {};
  const LISTS = "lists", NOTES = "notes";
  const session = (document.getElementById("door") || { dataset: {} }).dataset.session;
  let store = null, list = null, notes = [];

  door.isSecure = Boolean(window.isSecureContext && window.crypto && window.crypto.subtle);

  door.digest = async function (text) {
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  function openStore() {
    return new Promise((resolve) => {
      if (!window.indexedDB) return resolve(null);
      const asked = indexedDB.open("linli-door", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore(LISTS, { keyPath: "session" });
        asked.result.createObjectStore(NOTES, { keyPath: ["session", "mark"] });
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = asked.onblocked = () => resolve(null);
    });
  }

  /* Does the work on one table, and waits until it lies on the disk. */
  function write(table, work) {
    return new Promise((resolve) => {
      if (!store) return resolve();
      const deed = store.transaction(table, "readwrite");
      deed.oncomplete = deed.onerror = deed.onabort = () => resolve();
      work(deed.objectStore(table));
    });
  }

  function all(table) {
    return new Promise((resolve) => {
      if (!store) return resolve([]);
      const asked = store.transaction(table).objectStore(table).getAll();
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve([]);
    });
  }

  function isOver(moment) {
    return Date.parse(moment) <= Date.now();
  }

  async function removeOver() {
    const lists = await all(LISTS), kept = await all(NOTES);
    await write(LISTS, (table) => lists.filter((each) => isOver(each.until)).forEach((each) => table.delete(each.session)));
    await write(NOTES, (table) => kept.filter((each) => isOver(each.until)).forEach((each) => table.delete([each.session, each.mark])));
  }

  /* Once, when the page opens. */
  door.openKept = async function () {
    store = await openStore();
    await removeOver();
    list = (await all(LISTS)).find((each) => each.session === session) || null;
    notes = await all(NOTES);
  };

  /* The list of this session; null where there is none, or its time is over. */
  door.list = function () {
    if (list && isOver(list.until)) {
      list = null;
      removeOver();
    }
    return list;
  };

  door.keepList = async function (fresh) {
    list = fresh;
    await write(LISTS, (table) => table.put(fresh));
  };

  /* The entry of a ticket or a number; null for one that is not on the list. */
  door.entryOf = function (mark) {
    const kept = door.list();
    return (kept && kept.entries.find((entry) => entry.ticket === mark || entry.number === mark)) || null;
  };

  /* What was noted here of an entry and is not sent yet. */
  door.noteOf = function (entry) {
    return notes.find((each) => each.session === session && each.mark === entry.ticket) || null;
  };

  door.noteArrival = async function (entry, to) {
    const now = new Date(), clock = now.toTimeString().slice(0, 5);
    const note = { session: session, mark: entry.ticket, at: now.toISOString(), clock: clock, to: to, until: list.arrivals_until };
    notes.push(note);
    await write(NOTES, (table) => table.put(note));
    return note;
  };

  /* All that waits to be sent, of whatever session. */
  door.notes = function () {
    return notes.slice();
  };

  door.forget = async function (gone) {
    notes = notes.filter((each) => gone.indexOf(each) < 0);
    await write(NOTES, (table) => gone.forEach((each) => table.delete([each.session, each.mark])));
  };
})();
