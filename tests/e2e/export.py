# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of `verbatim export --html` in headless Chromium, over its debugging protocol on the
loopback: clicks, highlight, links, search, and what a screen reader is told.

    export.py FOLDER NUMBER      FOLDER/site holds the pages; claims are counted from NUMBER
"""
import sys
import time

from browser import Browser

work, number = sys.argv[1], int(sys.argv[2])
failed = 0


def claim(sentence, truth, why=""):
    global number, failed
    number += 1
    failed += not truth
    print(f"{'ok' if truth else 'not ok'} {number} - {sentence}")
    if not truth and why != "":
        print(f"    {why}")


CONTRAST = """(() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = c => { const f = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    return .2126 * f(c[0]) + .7152 * f(c[1]) + .0722 * f(c[2]); };
  const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c[3] > 0) return c; } return [255, 255, 255, 1]; };
  let least = 99, where = '';
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('[hidden],script,audio,.skip') || ![...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < least) { least = ratio; where = e.tagName + ' ' + e.className + ' ' + e.textContent.slice(0, 30); }
  }
  return [least, where]; })()"""


def plays_and_follows(b):
    b.open(work + "/site/talk.html")
    claim("the recording is found beside the page", b.until("document.getElementById('sound').readyState > 0"))
    b.click("[data-t]", 4)
    claim("a click on a word goes to its time and plays",
          b.until("document.getElementById('sound').currentTime >= 4.5 && "
                  "!document.getElementById('sound').paused"),
          b.ask("document.getElementById('sound').currentTime"))
    found = b.until("""(() => { const s = document.getElementById('sound'), w = document.querySelector('span.now');
        return w && +w.dataset.t >= 6.5 ? [+w.dataset.t, s.currentTime] : null; })()""")
    claim("the word that is heard is marked while it plays",
          found is not None and found[0] <= found[1] + 0.05 and found[1] < found[0] + 1.5, found)
    claim("and never more than one", b.ask("document.querySelectorAll('span.now').length") == 1)
    turn = b.until("(document.querySelector('[aria-current]') || {}).id == 'turn2' && 'yes'")
    claim("the turn that is heard is told to screen readers", turn == "yes")
    b.ask("document.getElementById('sound').pause()")
    b.click("a.time", 0)
    claim("a time link plays from its time", b.until("document.getElementById('sound').currentTime < 3 && "
                                                     "!document.getElementById('sound').paused"))
    claim("and stands in the address, to be sent on", b.ask("location.hash") == "#t=0.5", b.ask("location.href"))
    b.open(work + "/site/talk.html#t=12.5")
    claim("an address with a time opens there",
          b.until("Math.abs(document.getElementById('sound').currentTime - 12.5) < 0.1"),
          b.ask("document.getElementById('sound').currentTime"))
    claim("and its word is marked", b.until("(document.querySelector('span.now') || {dataset: {}}).dataset.t == '12.5'"))


def searches(b):
    b.open(work + "/site/talk.html")
    b.ask("document.getElementById('wanted').focus()")
    b.do("Input.insertText", text="DETRE LA".replace("DE", "D’E"))
    b.key("Enter", 13)
    claim("the search finds words across each other, whatever their case and accents",
          b.ask("[...document.querySelectorAll('.hit.here')].map(e => e.textContent).join(' ')") == "d’être là,",
          b.ask("document.getElementById('found').textContent"))
    claim("and counts what it found", b.ask("document.getElementById('found').textContent") == "1 of 1")
    b.ask("document.getElementById('wanted').value = 'zzz'")
    b.click("#after")
    claim("what is not there is said", b.ask("document.getElementById('found').textContent") == "not found")


def is_told_to_screen_readers(b):
    b.open(work + "/site/radio.html")
    nodes = b.do("Accessibility.getFullAXTree")["nodes"]
    shown = [n for n in nodes if not n.get("ignored")]
    role = lambda n: n.get("role", {}).get("value")
    name = lambda n: n.get("name", {}).get("value", "")
    roles = [role(n) for n in shown]
    for wanted in ("main", "search", "banner"):
        claim(f"there is a landmark “{wanted}”", wanted in roles)
    nameless = [role(n) for n in shown if role(n) in ("link", "button", "searchbox", "checkbox", "Audio", "region",
                                                      "navigation", "heading") and not name(n)]
    claim("whatever can be used has a name", not nameless, nameless)
    levels = b.ask("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    claim("headings begin with one of level 1 and skip none",
          levels[0] == 1 and levels.count(1) == 1 and all(y - x <= 1 for x, y in zip(levels, levels[1:])), levels)
    order = []
    while len(order) < 40 and "after" not in order: # the player has several stops of its own
        b.key("Tab", 9)
        order.append(b.ask("(e => e.id || e.className || e.tagName)(document.activeElement)"))
    once = [o for i, o in enumerate(order) if o not in order[:i]]
    claim("the way by Tab is: skip, player, follow, search, its buttons",
          [o for o in once if o in ("skip", "sound", "follow", "wanted", "before", "after")] ==
          ["skip", "sound", "follow", "wanted", "before", "after"], once)
    for scheme in ("light", "dark"):
        b.do("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        least, where = b.ask(CONTRAST)
        claim(f"text has a contrast of 4.5 to 1 and more, {scheme}", least >= 4.5, (least, where))
        b.ask("document.querySelector('[data-t]').classList.add('now', 'hit')")
    b.do("Emulation.setEmulatedMedia", features=[])
    b.do("Emulation.setDeviceMetricsOverride", width=320, height=640, deviceScaleFactor=1, mobile=False)
    claim("a narrow window needs no sideways scrolling",
          b.ask("document.documentElement.scrollWidth <= 320"), b.ask("document.documentElement.scrollWidth"))
    b.do("Emulation.clearDeviceMetricsOverride")


def works_without_script(b):
    b.do("Emulation.setScriptExecutionDisabled", value=True)
    b.open_quietly("talk.html")
    html = b.do("DOM.getOuterHTML", nodeId=b.do("DOM.getDocument")["root"]["nodeId"])["outerHTML"]
    claim("without script the text stands there", "Bonjour" in html and "allons" in html)
    claim("its time links lead into the recording", 'href="talk.wav#t=0.5"' in html)
    claim("and what needs script is hidden", 'id="search"' in html and html.count("hidden") >= 2)
    b.do("Emulation.setScriptExecutionDisabled", value=False)


def open_quietly(self, page):
    self.do("Page.navigate", url=f"file://{work}/site/{page}")
    time.sleep(1)


Browser.open_quietly = open_quietly

browser = Browser(work)
try:
    for domain in ("Page", "Runtime", "Network", "Log", "Accessibility", "DOM"):
        browser.do(f"{domain}.enable")
    plays_and_follows(browser)
    searches(browser)
    is_told_to_screen_readers(browser)
    browser.open(work + "/site/inside.html")
    claim("a recording inside the page plays, too", browser.until("document.getElementById('sound').readyState > 0"))
    works_without_script(browser)
    asked = {e["params"]["request"]["url"].split(":")[0] for e in browser.events
             if e["method"] == "Network.requestWillBeSent"}
    claim("nothing is asked of any network", asked <= {"file", "data", "about"}, asked)
    wrong = [e["params"] for e in browser.events
             if e["method"] == "Runtime.exceptionThrown" or
             e["method"] == "Log.entryAdded" and e["params"]["entry"]["level"] == "error"]
    claim("the page's script does nothing wrong", not wrong, wrong[:2])
finally:
    browser.process.terminate()
    browser.process.wait()
sys.exit(failed > 0)
