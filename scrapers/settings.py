"""How do we behave on other people's sites? Politeness, identity and limits, all in one place."""

import os
from importlib.metadata import version
from typing import Any

from archive.limits import Limits
from scrapers.pace import MOST_PATIENCE

# The name that a site's robots.txt can address us by.
ROBOTS_NAME = "coopress"

# Schemes of which nothing is ever asked.
CLOSED_SCHEMES: dict[str, str | None] = {"file": None, "ftp": None, "s3": None, "data": None}


def user_agent() -> str:
    """Return who we say we are: the program, its version, and where to complain.

    ``COOPRESS_CONTACT`` (an address of the web or of e-mail) names whoever runs the crawl.
    """
    name = f"{ROBOTS_NAME}/{version('coopress')}"
    return f"{name} (+{contact()})" if contact() else name


def contact() -> str:
    """Return where publishers can reach whoever runs the crawl; nothing when nobody said so."""
    return os.environ.get("COOPRESS_CONTACT", "").strip()


def settings(
    replaying: bool, allow_private: tuple[str, ...] = (), limits: Limits | None = None
) -> dict[str, Any]:
    """Return Scrapy's settings for a crawl of the web, or for one answered by a WARC file."""
    borne = limits or Limits()
    return {**_COMMON, **_borne(borne), **(_replay() if replaying else _web(allow_private))}


def pace_of(delay: float) -> dict[str, Any]:
    """Return the settings for a source's ``delay`` in seconds; none (0) is for a site of one's own.

    There several requests are under way at once, as fast as they are answered. What the site itself asks for
    (Crawl-delay, Retry-After) is obeyed all the same.
    """
    if delay > 0:
        return {"DOWNLOAD_DELAY": delay}
    return {
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    }


_COMMON: dict[str, Any] = {
    "ROBOTSTXT_OBEY": True,
    "ROBOTSTXT_USER_AGENT": ROBOTS_NAME,
    "COOKIES_ENABLED": False,
    # Scrapy listens on two ports by default: a telnet console and one that runs Python code.
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    # A proxy would resolve names for us, behind the back of the address guard.
    "HTTPPROXY_ENABLED": False,
    "SCHEDULER": "scrapers.scheduler.FrontierScheduler",
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
    "SPIDER_MIDDLEWARES": {"scrapers.scheduler.FinishMiddleware": 10},
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "scrapers.guard.GuardMiddleware": 50,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "scrapers.middlewares.RobotsMiddleware": 100,
        "scrapers.middlewares.ReservationMiddleware": 110,
        "scrapers.middlewares.ResumeMiddleware": 555,
        "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
        "scrapers.redirects.StraightRefreshMiddleware": 580,
        "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
        "scrapers.redirects.StraightRedirectMiddleware": 600,
        # Nearer to the site than what follows redirects: their answers give the host free too.
        "scrapers.patience.PatienceMiddleware": 700,
        "scrapers.bounds.BoundsMiddleware": 710,
        "scrapers.middlewares.KeepMiddleware": 890,
        "scrapers.render.RenderMiddleware": 895,
    },
    # Our callbacks yield requests, which the frontier takes; Scrapy starts so many tasks for each response.
    "CONCURRENT_ITEMS": 1,
    "DOWNLOAD_WARNSIZE": 0,
    "DEPTH_LIMIT": 200,
    "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",  # it becomes a row in the table of problems
    "LOG_LEVEL": "WARNING",
    "LOG_INSTALL_ROOT_HANDLER": False,  # logging belongs to the program, not to one crawl
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "fr",
        "Accept-Encoding": "gzip, deflate",  # what the archive can read back; Scrapy would ask for more
    },
}


def _borne(limits: Limits) -> dict[str, Any]:
    """Return what one response may cost; what one source may is counted by ``scrapers.bounds``."""
    return {
        "DOWNLOAD_MAXSIZE": limits.size,
        "DOWNLOAD_MAX_HEADERS": int(limits.header_kilobytes * 1024),
        "DOWNLOAD_TIMEOUT": limits.seconds,
        "REDIRECT_MAX_TIMES": limits.redirects,
        "RETRY_TIMES": limits.retries,
        "URLLENGTH_LIMIT": 0,  # links.is_trap and the guard look at an address first
    }


def _web(allow_private: tuple[str, ...]) -> dict[str, Any]:
    return {
        "USER_AGENT": user_agent(),
        "TWISTED_DNS_RESOLVER": "scrapers.guard.PublicResolver",
        "ALLOW_PRIVATE_HOSTS": [entry.rpartition(":")[0].strip("[]") for entry in allow_private],
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {
            "http": "scrapers.download.LimitedDownloadHandler",
            "https": "scrapers.download.LimitedDownloadHandler",
            **CLOSED_SCHEMES,
        },
        "CONCURRENT_REQUESTS": 2,  # so that Ctrl-C need not wait for a long row of requests
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY_JITTER": 0.0,  # never sooner than the source's delay or the site's Crawl-delay
        # The delay of the source is the least; a site that answers slowly is asked more slowly still.
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": 0.0,
        # Scrapy's most, a minute, would also cut the longer delay that a source or a robots.txt asks for.
        "AUTOTHROTTLE_MAX_DELAY": MOST_PATIENCE,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 0.5,
    }


def _replay() -> dict[str, Any]:
    handler = "scrapers.replay.ReplayHandler"
    return {
        "USER_AGENT": user_agent(),
        # Without Twisted's reactor a process can replay any number of times, and then serve.
        "TWISTED_REACTOR_ENABLED": False,
        "DOWNLOAD_HANDLERS": {
            "http": handler,
            "https": handler,
            "file": None,
            "ftp": None,
            "s3": None,
            "data": None,
        },
        "DOWNLOAD_DELAY": 0,
        "RETRY_ENABLED": False,  # a recording gives the same answer the second time
    }
