"""What a browser says it is, in coarse words: enough to know one's own again, too little to follow anyone by."""

BROWSERS = (("edg", "edge"), ("opr/", "opera"), ("firefox", "firefox"), ("fxios", "firefox"), ("crios", "chrome"))
LATER_BROWSERS = (("chrome", "chrome"), ("safari", "safari"))
SYSTEMS = (
    ("android", "android"),
    ("iphone", "iphone"),
    ("ipad", "ipad"),
    ("windows", "windows"),
    ("mac os", "mac"),
    ("cros", "chromebook"),
    ("linux", "linux"),
)
UNKNOWN = "other"


def device_of(user_agent: str) -> str:
    """Browser and system, such as `firefox/windows`; `other` for what is not known."""
    said = user_agent.lower()
    return f"{_first(said, (*BROWSERS, *LATER_BROWSERS))}/{_first(said, SYSTEMS)}"


def _first(said: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in said), UNKNOWN)
