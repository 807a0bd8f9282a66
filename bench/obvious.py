"""The script that a person would write instead: `python -m bench.obvious ORIGIN FOLDER`.

requests, BeautifulSoup with html.parser, icalendar, one page after another. It remembers nothing,
asks everything each time, and writes each calendar anew. It stands here to be measured against.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import requests
from bs4 import BeautifulSoup
from icalendar import Calendar, Event

from modelcity.addresses import CALENDAR

ZONE = ZoneInfo("Europe/Stockholm")
LIST = re.compile(
    r"handlingarochprotokoll|/namnder\.4\.|kommunensorganisation/[^/]+\.4\.|namnder/[^/]+\.4\."
)
MEETING = re.compile(r"sammantrade\d{12}")
TIME = re.compile(r"(\d{4}-\d\d-\d\d)\D+(\d\d)[.:](\d\d)")


def main(origin: str, folder: Path) -> None:
    """Ask for every list, then for every meeting, and write a calendar for each committee."""
    session = requests.Session()
    lists, meetings = [f"{origin}{CALENDAR}", f"{origin}/"], dict[str, None]()
    seen = set(lists)
    for url in lists:
        soup = BeautifulSoup(session.get(url, timeout=30).text, "html.parser")
        for link in soup.find_all("a", href=True):
            address = urljoin(url, str(link["href"])).replace("https://www.boras.se", origin)
            if MEETING.search(address):
                meetings[address] = None
            elif address.startswith(origin) and LIST.search(address) and address not in seen:
                seen.add(address)
                lists.append(address)
    calendars: dict[str, Calendar] = defaultdict(Calendar)
    for url in meetings:
        soup = BeautifulSoup(session.get(url, timeout=30).text, "html.parser")
        title = soup.find("h1")
        main_ = soup.find("main") or soup
        found = TIME.search(main_.get_text(" ")) or TIME.search(url)
        slug = MEETING.search(url)
        event = Event()
        event.add("uid", url)
        event.add("summary", title.get_text(strip=True) if title else url)
        if found:
            start = datetime.fromisoformat(f"{found[1]}T{found[2]}:{found[3]}").replace(tzinfo=ZONE)
        elif slug:
            start = datetime.strptime(slug[0][-12:], "%Y%m%d%H%M").replace(tzinfo=ZONE)
        else:
            continue
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(hours=3))
        files = [
            str(link["href"])
            for link in main_.find_all("a", href=True)
            if "/download/" in str(link["href"])
        ]
        event.add("description", "\n".join(files))
        calendars[url.split("/")[-2]].add_component(event)
    folder.mkdir(parents=True, exist_ok=True)
    for name, calendar in calendars.items():
        (folder / f"{name}.ics").write_bytes(calendar.to_ical())
    print(len(lists), len(meetings), len(calendars))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
