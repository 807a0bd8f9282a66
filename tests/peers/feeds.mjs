// Prints, as JSON, what a reader finds in feeds: for each file a list of {id, title, link, date}.
//
//     node feeds.mjs feedsmith|feed-extractor FILE...
//
// A moment is given in UTC («2026-03-16T13:00:00.000Z»).

import { readFileSync } from "node:fs";
import process from "node:process";
import { extractFromJson, extractFromXml } from "@extractus/feed-extractor";
import { parseFeed } from "feedsmith";

const text = (value) => (typeof value === "object" && value !== null ? value.value : value);
const when = (value) => new Date(value).toISOString();

function feedsmith(body) {
  const { format, feed } = parseFeed(body);
  if (format === "atom") {
    return (feed.entries ?? []).map((entry) => ({
      id: entry.id,
      title: text(entry.title),
      link: entry.links.find((link) => link.rel === "alternate").href,
      date: when(entry.published),
    }));
  }
  return (feed.items ?? []).map((item) => ({
    id: format === "json" ? item.id : item.guid.value,
    title: item.title,
    link: format === "json" ? item.url : item.link,
    date: when(format === "json" ? item.date_published : item.pubDate),
  }));
}

function feedExtractor(body) {
  const extract = body.startsWith("{") ? (json) => extractFromJson(JSON.parse(json)) : extractFromXml;
  return extract(body).entries.map(({ id, title, link, published }) => ({
    id,
    title,
    link,
    date: when(published),
  }));
}

const [reader, ...paths] = process.argv.slice(2);
const read = { feedsmith, "feed-extractor": feedExtractor }[reader];
process.stdout.write(JSON.stringify(paths.map((path) => read(readFileSync(path, "utf-8")))) + "\n");
