// Reads a calendar by ical.js, with the time zones that stand in the file itself; prints JSON.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const whole = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const found = whole.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  const ends = [event.startDate, event.endDate].map((end) => end.toUnixTime());
  const status = part.getFirstPropertyValue("status");
  return [event.uid, ...ends, event.summary, event.description ?? "", status, event.sequence];
});
console.log(JSON.stringify(found));
