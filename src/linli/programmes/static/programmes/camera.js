/* Reads tickets with the camera, by the browser's own reader where it has one, else by ours (qr/), loaded when it is first
   asked for. No picture leaves this device, and none is kept. */
(function () {
  "use strict";
  const door = window.linliDoor, root = document.getElementById("door");
  const start = document.getElementById("camera-start");
  if (!root || !door || !door.take || !window.isSecureContext || !(navigator.mediaDevices && navigator.mediaDevices.getUserMedia)) return;
  const place = document.getElementById("camera"), video = document.getElementById("camera-picture");
  const EVERY = 120, LONGEST = 800, GONE = 4000;
  const canvas = document.createElement("canvas");
  let stream = null, read = null, last = "", seenAt = 0, turn = 0;

  function say(name) {
    document.getElementById("camera-said").textContent = door.words(name);
  }

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  async function ownReader() {
    if (!window.linliQr || !window.linliQr.read) {
      for (const address of root.dataset.code.split(" ")) await load(address);
    }
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    return async () => {
      const share = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.round(video.videoWidth * share);
      canvas.height = Math.round(video.videoHeight * share);
      pen.drawImage(video, 0, 0, canvas.width, canvas.height);
      return window.linliQr.read(pen.getImageData(0, 0, canvas.width, canvas.height), turn++);
    };
  }

  /* The browser's own, where it has one that reads these codes. */
  async function givenReader() {
    if (!("BarcodeDetector" in window)) return null;
    const formats = await window.BarcodeDetector.getSupportedFormats();
    if (formats.indexOf("qr_code") < 0) return null;
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    return async () => {
      const found = await detector.detect(video);
      return found.length ? found[0].rawValue : "";
    };
  }

  async function readerOf() {
    const given = await givenReader().catch(() => null);
    return given || ownReader();
  }

  /* A ticket held still is one ticket: it counts anew once it was gone for a while. */
  function isNew(text) {
    const same = text === last && Date.now() - seenAt < GONE;
    last = text;
    seenAt = Date.now();
    return !same;
  }

  /* A browser may have a reader by name only. */
  async function useOwn() {
    read = await ownReader();
    return "";
  }

  async function look() {
    if (!stream) return;
    const text = video.videoWidth ? await read().catch(useOwn) : "";
    if (text && isNew(text)) {
      if (navigator.vibrate) navigator.vibrate(60);
      await door.take(text);
    }
    setTimeout(look, EVERY);
  }

  function stopCamera() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    place.hidden = true;
    start.hidden = false;
  }

  async function begin() {
    place.hidden = false;
    start.hidden = true;
    try {
      read = await readerOf();
    } catch (error) {
      return say("camera-line");
    }
    try {
      const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: wanted });
    } catch (error) {
      return say(error.name === "NotAllowedError" ? "not-allowed" : "no-camera");
    }
    video.srcObject = stream;
    await video.play();
    say("look");
    place.scrollIntoView({ block: "center" });
    return look();
  }

  start.hidden = false;
  start.addEventListener("click", begin);
  document.getElementById("camera-stop").addEventListener("click", stopCamera);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) stopCamera();
  });
})();
