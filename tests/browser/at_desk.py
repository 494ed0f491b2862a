"""The studio's page in a real browser, on a desk in this very process: no server."""

import base64
import json
from pathlib import Path

from jupyter import PAINT_MS

from previz.session import Session
from previz.widgets.desk import Desk
from previz.widgets.playing import Playing

STATIC = Path(__file__).parents[2] / "previz" / "widgets" / "static"
HOME = "http://studio.test/"
PAGE = """<!doctype html><meta charset="utf8">
<link rel="stylesheet" href="/studio.css">
<style>html, body { margin: 0; background: #111 }</style>
<div id="at"></div>
<script type="module">
  let heard = [];
  const state = STATE;
  window.hear = (content, buffers) => {
    const views = buffers.map((text) => {
      const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
      return new DataView(bytes.buffer);
    });
    for (const take of heard) take(content, views);
  };
  const model = {
    get: (name) => state[name],
    on: (name, take) => { if (name === "msg:custom") heard.push(take); },
    off: (name, take) => { heard = heard.filter((one) => one !== take); },
    send: (content) => { window.toKernel(JSON.stringify(content)); },
  };
  const widget = (await import("/studio.js")).default;
  await widget.render({ model, el: document.getElementById("at") });
</script>
"""

TURNS = """() => new Promise((done) => requestAnimationFrame(
    () => requestAnimationFrame(() => setTimeout(done, 10))))"""


class AtDesk:
    """A page and the session behind it."""

    def __init__(self, page, film, *, part, shot, height_px):
        self.page, self.session = page, Session(film)
        self.asked, self.told, self.errors = [], [], []
        self.desk = Desk(self.session, self._take, playing=Playing(self.session))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.expose_function("toKernel", self._asked)
        state = {"_part": part, "_shot": shot, "_height_px": height_px}
        self._page = PAGE.replace("STATE", json.dumps(state))
        page.route("**/*", self._serve)
        page.goto(HOME)

    def _serve(self, route):
        name = route.request.url.removeprefix(HOME)
        if not name:
            route.fulfill(body=self._page, content_type="text/html")
            return
        kinds = {"js": "text/javascript", "css": "text/css"}
        file, kind = STATIC / name, kinds.get(name.rpartition(".")[2])
        if kind is None:
            route.fulfill(status=404)
        else:
            route.fulfill(body=file.read_bytes(), content_type=kind)

    def _asked(self, text):
        self.asked.append(json.loads(text))

    def _take(self, message, payload):
        text = json.dumps(message.model_dump(mode="json"))
        self.told.append((text, payload))

    def work(self):
        """Hear what the page asked and answer, until neither has anything to say."""
        quiet = 0
        while quiet < 3:
            # On the page's clock: a page that is slow has as many turns as a quick one.
            self.page.evaluate(TURNS)
            asked, self.asked = self.asked, []
            for content in asked:
                self.desk.hear(content)
            told, self.told = self.told, []
            for text, payload in told:
                packed = [base64.b64encode(payload).decode()] if payload else []
                self.page.evaluate(
                    "([content, buffers]) => window.hear(JSON.parse(content), buffers)",
                    [text, packed],
                )
            quiet = 0 if asked or told else quiet + 1


def studio(browser, film, *, part="studio", shot="", width_px=1400, height_px=860):
    """Open a part of the studio on a film; its first pictures are painted."""
    page = browser.new_page(viewport={"width": width_px, "height": height_px})
    at = AtDesk(page, film, part=part, shot=shot, height_px=height_px)
    page.wait_for_selector(".ps-studio", timeout=PAINT_MS)
    at.work()
    return at
