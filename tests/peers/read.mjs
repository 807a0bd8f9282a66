// Prints, as JSON, what ical.js reads in an iCalendar file: one object for each VEVENT.
//
//     node read.mjs FILE.ics
//
// A moment is given in UTC («2026-03-16T13:00:00Z»), a plain date as such. What belongs to no zone
// has no Z: either it floats, or the file names a zone that it does not define.

import { readFileSync } from "node:fs";
import process from "node:process";
import ICAL from "ical.js";

function when(event, name) {
  const value = event.getFirstPropertyValue(name);
  if (value === null) return null;
  const floats = value.zone === ICAL.Timezone.localTimezone;
  return (value.isDate || floats ? value : value.convertToZone(ICAL.Timezone.utcTimezone)).toString();
}

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone); // the file's own rules, and no others
  }
  return calendar.getAllSubcomponents("vevent").map((event) => ({
    uid: event.getFirstPropertyValue("uid"),
    start: when(event, "dtstart"),
    end: when(event, "dtend"),
    status: event.getFirstPropertyValue("status"),
    summary: event.getFirstPropertyValue("summary"),
    location: event.getFirstPropertyValue("location"),
  }));
}

process.stdout.write(JSON.stringify(read(readFileSync(process.argv[2], "utf-8")), null, 2) + "\n");
