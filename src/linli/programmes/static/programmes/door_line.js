/* The line to the server, and whether there is one. A form sent from here never leads away from the open page; whoever was
   signed out and in again meanwhile gets a new key to their forms without loading the page anew. */
(function () {
  "use strict";
  const door = window.linliDoor = window.linliDoor || {}, root = document.getElementById("door");
  if (!root || !door.say) return;
  const PATIENCE = 8000;
  let line = navigator.onLine;

  door.isOnLine = function () {
    return line;
  };

  door.lineIs = function (there) {
    line = there;
    door.showLine(there);
  };

  /* {status, data, isElsewhere}, or null where no server was reached; what is a page and no data has `data` null. */
  door.ask = async function (address, body) {
    if (!navigator.onLine) {
      door.lineIs(false);
      return null;
    }
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE);
    const options = { headers: { Accept: "application/json" }, redirect: "manual", signal: stop.signal };
    if (body) Object.assign(options, { method: "POST", body: body });
    try {
      const response = await fetch(address, options);
      const isData = (response.headers.get("Content-Type") || "").startsWith("application/json");
      const data = isData ? await response.json() : null;
      door.lineIs(response.status < 502);
      return line ? { status: response.status, isElsewhere: response.type === "opaqueredirect", data: data } : null;
    } catch (error) {
      door.lineIs(false);
      return null;
    } finally {
      clearTimeout(timer);
    }
  };

  function keysOf(part) {
    return part.querySelectorAll("[name=csrfmiddlewaretoken]");
  }

  /* The list of the session; with it comes the key of the forms that holds now. */
  door.askList = async function () {
    const answer = await door.ask(root.dataset.list);
    if (!answer || !answer.data || answer.status !== 200) return answer;
    const patterns = document.getElementById("door-words").content;
    [document, patterns].forEach((part) => keysOf(part).forEach((field) => { field.value = answer.data.key; }));
    delete answer.data.key;
    return answer;
  };

  /* Sends a form; once more with a new key where the old one was refused. */
  door.post = async function (address, body) {
    const answer = await door.ask(address, body);
    if (!answer || answer.data || answer.status !== 403) return answer;
    const list = await door.askList();
    if (!list || !list.data) return list || answer;
    body.set("csrfmiddlewaretoken", keysOf(document)[0].value);
    return door.ask(address, body);
  };

  door.sayUnreadable = function (answer) {
    door.say("care", door.words(answer.isElsewhere ? "signed-out" : "failed"));
  };
})();
