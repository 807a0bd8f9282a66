"""The same job with Scrapy: `python -m bench.spider ORIGIN FOLDER`, by a Python that has it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CALENDAR = (
    "/kommunochpolitik/motenhandlingarochbeslut/sammantradeskalender.4.98cbeb98307feba02289d.html"
)
LIST = r"handlingarochprotokoll|/namnder\.4\.|kommunensorganisation/[^/]+\.4\.|namnder/[^/]+\.4\."
TIME = re.compile(r"(\d{4}-\d\d-\d\d)\D+(\d\d)[.:](\d\d)")


def main(origin: str, folder: Path) -> None:
    """Crawl, and write each meeting as a line of JSON."""
    import scrapy  # type: ignore[import-not-found]  # noqa: PLC0415 - of another environment
    from scrapy.crawler import CrawlerProcess  # type: ignore[import-not-found]  # noqa: PLC0415 - as above

    class Spider(scrapy.Spider):  # type: ignore[misc]  # as above
        name = "meetings"
        start_urls = (f"{origin}{CALENDAR}", f"{origin}/")

        def parse(self, response: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
            for href in response.css("a::attr(href)").getall():
                address = response.urljoin(href).replace("https://www.boras.se", origin)
                if re.search(r"sammantrade\d{12}", address):
                    yield scrapy.Request(address, callback=self.meeting)
                elif address.startswith(origin) and re.search(LIST, address):
                    yield scrapy.Request(address)

        def meeting(self, response: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - as above
            text = " ".join(response.css("main ::text").getall())
            found = TIME.search(text)
            yield {
                "url": response.url,
                "title": response.css("h1::text").get(),
                "start": found and "T".join(found.groups()[:2]),
                "files": [
                    h for h in response.css("main a::attr(href)").getall() if "/download/" in h
                ],
            }

    process = CrawlerProcess(
        settings={
            "FEEDS": {str(folder / "meetings.jsonl"): {"format": "jsonlines"}},
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "ROBOTSTXT_OBEY": True,
            "LOG_LEVEL": "ERROR",
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Spider)
    process.start()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
