"""The benchmark's board, as a user of Scrapy would scrape it: list pages, posts, further pages of comments, items to JSON lines.

Usage: scrapy_board.py <base URL> <board> <output file> <requests at once>
"""

import hashlib
import hmac
import re
import sys
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlencode, urlsplit

import scrapy
from scrapy.crawler import CrawlerProcess

SEOUL = timezone(timedelta(hours=9))
KEY = b"0123456789abcdef0123456789abcdef"
COMMENTS_A_PAGE = 100
DATE = re.compile(r"(\d{4})\.(\d\d)\.(\d\d)\D{1,12}?(\d\d):(\d\d)")
SHORT_DATE = re.compile(r"(\d\d)\.(\d\d)\.(\d\d)\s+(\d\d):(\d\d)")
TABLE = re.compile(r"\btb['\"]?\s*[=:]\s*['\"]?([\w-]+)")
TOKEN = re.compile(r"\bwid['\"]?\s*[=:]\s*['\"]?([\w-]+)")
DIGITS = re.compile(r"\d[\d,]*")


def number(text):
    found = DIGITS.search(text or "")
    return int(found.group().replace(",", "")) if found else 0


def utc(parts, century=0):
    year, month, day, hour, minute = map(int, parts)
    local = datetime(century + year, month, day, hour, minute, tzinfo=SEOUL)
    return local.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def now():
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def hashed(author):
    return hmac.new(KEY, f"bobaedream:{author}".encode(), hashlib.sha256).hexdigest()[:32]


def lines(selector):
    texts = (" ".join(text.split()) for text in selector.css("::text").getall())
    return "\n".join(text for text in texts if text)


class BoardSpider(scrapy.Spider):
    name = "board"

    def __init__(self, base, board):
        super().__init__()
        self.base, self.board = base, board

    async def start(self):
        yield self.list_request(1)

    def list_request(self, page):
        query = urlencode({"code": self.board, "page": page})
        return scrapy.Request(f"{self.base}/list?{query}", self.parse_list, cb_kwargs={"page": page})

    def parse_list(self, response, page):
        found = False
        for row in response.css("tr[itemscope]:not(.best):not(.notice):not(.mall)"):
            query = parse_qs(urlsplit(row.css("a.bsubject::attr(href)").get("")).query)
            if "No" not in query:
                continue
            found = True
            post = urlencode({"code": query["code"][0], "No": query["No"][0]})
            yield scrapy.Request(f"{self.base}/view?{post}", self.parse_post, cb_kwargs={"post_id": query["No"][0]})
        if found:
            yield self.list_request(page + 1)

    def parse_post(self, response, post_id):
        counts = response.css(".countGroup em.txtType::text").getall()
        if len(counts) < 2:
            return
        total = number(response.css(".comm2::text").get())
        collected = now()
        yield {
            "type": "post",
            "site": "bobaedream",
            "board": self.board,
            "post_id": post_id,
            "url": response.url,
            "title": response.css(".writerProfile dl dt[title]::attr(title)").get().strip(),
            "body": lines(response.css("div.bodyCont[itemprop=articleBody]")),
            "author_hash": hashed(response.css(".nickName::text").get("").strip()),
            "created_at": utc(DATE.search("".join(response.css(".countGroup ::text").getall()).split("|")[-1]).groups()),
            "collected_at": collected,
            "views": number(counts[0]),
            "likes": number(counts[1]),
            "comment_count": total,
        }
        yield from self.comments(response, post_id, collected)
        pages = -(-total // COMMENTS_A_PAGE)
        if pages < 2:
            return
        scripts = "\n".join(response.css("script::text").getall())
        table, token = TABLE.search(scripts), TOKEN.search(scripts)
        for page in range(1, pages):
            query = urlencode(
                {
                    "tb": table.group(1),
                    "code": self.board,
                    "No": post_id,
                    "page": page,
                    "strLimit": COMMENTS_A_PAGE,
                    "strOrder": "",
                    "strMywrite": "",
                    "focus": "top",
                    "wid": token.group(1),
                }
            )
            yield scrapy.Request(
                f"{self.base}/board_renew/bulletin/comment_list.php?{query}",
                self.comments,
                headers={"Referer": response.url},
                cb_kwargs={"post_id": post_id, "collected": collected},
            )

    def comments(self, response, post_id, collected):
        for row in response.css("ul.basiclist#cmt_reply > li"):
            text = row.css("dd[id^=small_cmt_]")
            body = lines(text)
            if not text or "삭제된 댓글입니다" in body:
                continue
            yield {
                "type": "comment",
                "site": "bobaedream",
                "board": self.board,
                "post_id": post_id,
                "comment_id": text.attrib["id"].removeprefix("small_cmt_"),
                "is_reply": "re" in row.attrib.get("class", "").split(),
                "author_hash": hashed(row.css("dt span.author::text").get("").strip()),
                "created_at": utc(SHORT_DATE.search(row.css("dt span.date::text").get("")).groups(), 2000),
                "collected_at": collected,
                "body": body,
                "likes": number(row.css(".updownbox .first a::text").get()),
                "dislikes": number(row.css(".updownbox .last a::text").get()),
            }


base_url, board_name, output, at_once = sys.argv[1:5]
process = CrawlerProcess(
    {
        "USER_AGENT": "bench-scrapy (+http://localhost/hotpost)",
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS": int(at_once),
        "CONCURRENT_REQUESTS_PER_DOMAIN": int(at_once),
        "DOWNLOAD_DELAY": 0,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
        "FEEDS": {output: {"format": "jsonlines", "encoding": "utf8", "overwrite": True}},
    }
)
process.crawl(BoardSpider, base=base_url, board=board_name)
process.start()
