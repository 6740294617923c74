# SPDX-License-Identifier: GPL-3.0-or-later
"""Headless Chromium, over its debugging protocol on the loopback."""
import base64
import json
import os
import socket
import struct
import subprocess
import time
import urllib.request


class Browser:
    """One tab. Messages are JSON in WebSocket frames."""

    def __init__(self, folder):
        """Its profile is kept in `folder`."""
        profile = f"{folder}/profile"
        self.process = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio",
             "--disable-background-networking", "--disable-component-update", "--no-first-run",
             "--disable-sync", "--remote-debugging-port=0", f"--user-data-dir={profile}",
             "--autoplay-policy=no-user-gesture-required", "--window-size=800,900", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = self.port(f"{profile}/DevToolsActivePort")
        tabs = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
        address = next(t for t in tabs if t["type"] == "page")["webSocketDebuggerUrl"]
        self.socket = socket.create_connection(("127.0.0.1", port), 60)
        path = "/" + address.split("/", 3)[3]
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
            .encode())
        self.bytes = b""
        while b"\r\n\r\n" not in self.bytes:
            self.bytes += self.socket.recv(65536)
        self.bytes = self.bytes.split(b"\r\n\r\n", 1)[1]
        self.last, self.events = 0, []

    def port(self, path):
        for _ in range(600):
            try:
                return int(open(path).readline())
            except (OSError, ValueError):
                time.sleep(0.1)
        raise SystemExit("not ok - chromium did not start")

    def take(self, count):
        while len(self.bytes) < count:
            part = self.socket.recv(65536)
            if not part:
                raise SystemExit("not ok - chromium went away")
            self.bytes += part
        taken, self.bytes = self.bytes[:count], self.bytes[count:]
        return taken

    def receive(self):
        text = b""
        while True:
            first, length = self.take(2)
            length &= 127
            if length == 126:
                length = struct.unpack(">H", self.take(2))[0]
            elif length == 127:
                length = struct.unpack(">Q", self.take(8))[0]
            text += self.take(length)
            if first & 0x80:
                return json.loads(text)

    def do(self, method, **params):
        self.last += 1
        message = json.dumps({"id": self.last, "method": method, "params": params}).encode()
        mask = os.urandom(4)
        head = bytes([0x81]) + (bytes([0x80 | len(message)]) if len(message) < 126
                                else bytes([0xFE]) + struct.pack(">H", len(message)))
        self.socket.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(message)))
        while True:
            answer = self.receive()
            if answer.get("id") == self.last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def ask(self, expression):
        result = self.do("Runtime.evaluate", expression=expression, returnByValue=True,
                         awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def until(self, expression, seconds=30):
        """The first true value of the expression; None: it never was."""
        for _ in range(seconds * 20):
            value = self.ask(expression)
            if value:
                return value
            time.sleep(0.05)
        return None

    def open(self, path):
        self.do("Page.navigate", url="about:blank")
        self.do("Page.navigate", url=f"file://{path}")
        return self.until("document.readyState == 'complete' && location.protocol == 'file:'")

    def click(self, selector, index=0):
        x, y = self.ask(f"""(() => {{
            const e = document.querySelectorAll({json.dumps(selector)})[{index}];
            e.scrollIntoView({{block: 'center'}});
            const r = e.getClientRects()[0];
            return [r.x + r.width / 2, r.y + r.height / 2]; }})()""")
        for kind in ("mousePressed", "mouseReleased"):
            self.do("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def key(self, key, code):
        for kind in ("keyDown", "keyUp"):
            self.do("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                    windowsVirtualKeyCode=code, text="\r" if key == "Enter" else "")
