// Reads a calendar by node-ical; prints JSON. A text with a parameter comes as an object.
import { readFileSync } from "node:fs";
import ical from "node-ical";

const text = (value) => value?.val ?? value ?? "";
const parts = Object.values(ical.sync.parseICS(readFileSync(process.argv[2], "utf8")));
const found = parts.filter((part) => part.type === "VEVENT").map((part) => {
  const ends = [part.start, part.end].map((end) => end.getTime() / 1000);
  return [part.uid, ...ends, text(part.summary), text(part.description), part.status, part.sequence];
});
console.log(JSON.stringify(found));
