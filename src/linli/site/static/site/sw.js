/* Keeps what a visitor without an account last saw of stations and of what is near, and whoever's tickets were opened here,
   so that they can be read without a connection.
   The server puts `const VERSION` and `const FILES` above this text (linli/site/offline.py). */
"use strict";

const CACHE = "linli-" + VERSION;
const STATIONS_KEPT = 40;
const TICKETS_KEPT = 10;
const STATION = /^\/stations\/[^/]+\/$/;
const TICKET = /^\/tickets\/[^/]+\/$/;
const NEARBY = "/nearby/";
const SIGN_OUT = "/sign-out/";

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

/* Old caches die with their version. */
self.addEventListener("activate", (event) => {
  const clean = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(clean).then(() => self.clients.claim()));
});

/* The page tells us its language and look; the offline page is fetched in them, without any cookie. */
self.addEventListener("message", (event) => {
  const address = String(event.data);
  if (!address.startsWith("/offline/")) return;
  event.waitUntil(keepOffline(address));
});

async function keepOffline(address) {
  const cache = await caches.open(CACHE);
  if (await cache.match(address, { ignoreVary: true })) return;
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) return;
  const kept = (await cache.keys()).filter((request) => new URL(request.url).pathname === "/offline/");
  await Promise.all(kept.map((request) => cache.delete(request)));
  await cache.put(address, response);
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method === "POST" && url.pathname === SIGN_OUT) event.waitUntil(forgetTickets());
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (FILES.includes(url.pathname)) event.respondWith(freshOrKept(request));
  else if (request.mode === "navigate" || url.pathname === NEARBY) {
    event.respondWith(pageOrOffline(request, url));
    if (TICKET.test(url.pathname)) event.waitUntil(keepTicket(url.pathname));
  }
});

async function freshOrKept(request) {
  try {
    return await fetch(request);
  } catch (error) {
    return (await caches.match(request, { ignoreSearch: true, ignoreVary: true })) || Response.error();
  }
}

async function pageOrOffline(request, url) {
  try {
    const response = await fetch(request);
    if (isWorthKeeping(url) && mayKeep(response)) await keep(url.pathname, response.clone());
    return response;
  } catch (error) {
    return (await caches.match(url.pathname, { ignoreVary: true })) || (await offlinePage()) || Response.error();
  }
}

/* A station, or an answer of /nearby: the last one only, under its path, so that no place stands in the key. */
function isWorthKeeping(url) {
  return STATION.test(url.pathname) || (url.pathname === NEARBY && /[?&](at|from)=/.test(url.search));
}

/* What a signed-in person sees carries no-store and is never kept. */
function mayKeep(response) {
  const rule = response.headers.get("Cache-Control") || "";
  return response.ok && !response.redirected && !/no-store|private/.test(rule);
}

/* A ticket opens to whoever has its link, so it is fetched once more without saying who is signed in. */
async function keepTicket(path) {
  try {
    const response = await fetch(path, { credentials: "omit" });
    if (mayKeep(response)) await keep(path, response);
    else if (response.status === 404) await (await caches.open(CACHE)).delete(path);
  } catch (error) {
    // Without a connection what is kept stays.
  }
}

async function keep(path, response) {
  const cache = await caches.open(CACHE);
  await cache.delete(path);
  await cache.put(path, response);
  await keepFew(cache, STATION, STATIONS_KEPT);
  await keepFew(cache, TICKET, TICKETS_KEPT);
}

async function keepFew(cache, kind, most) {
  const kept = (await cache.keys()).filter((request) => kind.test(new URL(request.url).pathname));
  await Promise.all(kept.slice(0, -most).map((request) => cache.delete(request)));
}

/* Whoever signs out may hand the device to somebody else. */
async function forgetTickets() {
  const cache = await caches.open(CACHE);
  const kept = (await cache.keys()).filter((request) => TICKET.test(new URL(request.url).pathname));
  await Promise.all(kept.map((request) => cache.delete(request)));
}

async function offlinePage() {
  return caches.match("/offline/", { ignoreSearch: true, ignoreVary: true });
}
