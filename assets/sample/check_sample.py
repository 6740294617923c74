#!/usr/bin/python3
"""Measure casilli.mp3 against casilli.truth.jsonl and the page.

Needs ffmpeg; standard library only.  It shares no code with make_sample.py on
purpose: what is measured here is the finished file as ffmpeg decodes it.
Ends with status 1 if a promise of the README is broken.
"""
import array
import json
import math
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
MP3 = os.path.join(HERE, "casilli.mp3")
RATE = 16000
FRAME = RATE // 200         # 5 ms
LOUD = 104                  # r.m.s. of a frame that counts as sound: -50 dB; the room is at -67
bad = []


def check(ok, text):
    print(("ok   " if ok else "BAD  ") + text)
    if not ok:
        bad.append(text)


def decode(rate, *filters):
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", MP3, *filters, "-ac", "1", "-ar",
                          str(rate), "-f", "s16le", "-"], stdout=subprocess.PIPE, check=True).stdout
    return array.array("h", raw)


def pitch(a, rate, lo=60, hi=350):
    """Pitch of the voiced frames of a (low-passed) stretch, by autocorrelation.

    The first strong peak is taken, not the strongest: the strongest may be the
    second period.
    """
    n, out = rate // 25, []
    floor = (max(map(abs, a)) * 0.05) ** 2 * n
    for i in range(0, len(a) - 2 * n, rate // 25):
        w = a[i:i + n]
        e = sum(x * x for x in w)
        if e < floor:
            continue
        c = []
        for lag in range(rate // hi, rate // lo + 1):
            v = a[i + lag:i + lag + n]
            c.append(sum(x * y for x, y in zip(w, v)) / math.sqrt(e * sum(x * x for x in v) + 1))
        top = max(c)
        if top < 0.75:
            continue
        for k in range(1, len(c) - 1):
            l, m, r = c[k - 1:k + 2]
            if m > 0.9 * top and m >= l and m >= r:
                bend = l - 2 * m + r
                out.append(rate / (rate // hi + k + ((l - r) / (2 * bend) if bend else 0)))
                break
    return out


def main():
    with open(os.path.join(HERE, "casilli.truth.jsonl"), encoding="utf-8") as f:
        truth = [json.loads(line) for line in f]
    with open(os.path.join(HERE, "casilli.txt"), encoding="utf-8", newline="") as f:
        page = f.read()

    # text
    rest = page[page.index("\nTranscription\n") + 15:]
    paragraphs = [re.sub(r"^(Gérald|Antonio)[ \u00a0][^ \u00a0]+[ \u00a0]:[ \u00a0]", "", p)
                  for p in rest.split("\n") if p.strip() and not p.endswith("§")]
    check(" ".join(t["text"] for t in truth) == " ".join(paragraphs) and len(paragraphs) == 23,
          "%d sentences joined are the page's %d paragraphs" % (len(truth), len(paragraphs)))
    check(sorted({t["turn"] for t in truth}) == [1, 2, 3, 4, 5], "5 turns")
    check(all(a["end"] < b["start"] and a["turn"] <= b["turn"] for a, b in zip(truth, truth[1:])),
          "in order, no overlap")

    # file
    size = os.path.getsize(MP3)
    check(size <= 4 << 20, "size %d bytes" % size)
    a = decode(RATE)
    seconds = len(a) / RATE
    check(abs(seconds - 985) < 0.5, "decoded length %.3f s" % seconds)
    check(max(map(abs, a)) < 32767, "no clipping: peak %.1f dB" % (20 * math.log10(max(map(abs, a)) / 32768)))

    # times
    level = [math.sqrt(sum(x * x for x in a[i:i + FRAME]) / FRAME)
             for i in range(0, len(a) - FRAME + 1, FRAME)]
    worst = {"start": 0, "end": 0}
    for t in truth:
        s, e = round(t["start"] * 200), round(t["end"] * 200)
        rise = next((i for i in range(s - 40, s + 60) if level[i] >= LOUD), s + 999)
        fall = next((i for i in range(e + 40, e - 60, -1) if level[i] >= LOUD), e - 999) + 1
        for key, seen in (("start", rise), ("end", fall)):
            d = seen / 200 - t[key]
            if abs(d) > abs(worst[key]):
                worst[key] = d
            if abs(d) > 0.05:
                print("     %s %.3f: sound says %+.3f  %s" % (key, t[key], d, t["text"][:50]))
    check(abs(worst["start"]) <= 0.05, "each start within 50 ms of rising energy, worst %+.3f s" % worst["start"])
    check(abs(worst["end"]) <= 0.05, "each end within 50 ms of falling energy, worst %+.3f s" % worst["end"])
    check(abs(truth[-1]["start"] - 980) <= 0.2 and truth[-1]["text"] == "Donc toi,",
          "the turn after the marker starts at %.3f s" % truth[-1]["start"])
    quiet, runs = 0, []
    for i, x in enumerate(level):
        if x < LOUD:
            quiet += 1
        else:
            runs.append((quiet / 200, i / 200))
            quiet = 0
    runs.sort(reverse=True)
    check(runs[0][0] <= 2.0, "longest silence before the tail %.2f s, up to %.2f s" % runs[0])
    check(max(level[round(truth[-1]["end"] * 200) + 10:]) < LOUD, "silence after the last words")

    # pace
    words = sum(len(t["text"].split()) for t in truth)
    print("     pace: %d words up to %.0f s, %.0f a minute" % (words, truth[-1]["end"], words * 60 / truth[-1]["end"]))
    per = sorted(((t["end"] - t["start"]) / len(t["text"]), t["text"]) for t in truth if len(t["text"]) > 20)
    mid = per[len(per) // 2][0]
    check(per[0][0] > 0.6 * mid and per[-1][0] < 1.6 * mid,
          "no sentence swallowed or drawn out: %.0f to %.0f ms a letter" % (1000 * per[0][0], 1000 * per[-1][0]))
    for n in range(1, 6):
        mine = [t for t in truth if t["turn"] == n]
        print("     turn %d: %.3f - %.3f s, %d sentences" % (n, mine[0]["start"], mine[-1]["end"], len(mine)))

    # voices
    low = decode(4000, "-af", "lowpass=900")
    med = {}
    for name, odd in (("host", 1), ("guest", 0)):
        f0 = []
        for t in truth:
            if t["turn"] % 2 == odd:
                f0 += pitch(low[round(t["start"] * 4000):round(t["end"] * 4000)], 4000)
        f0.sort()
        med[name] = f0[len(f0) // 2]
        print("     %s: pitch, median %.1f Hz, 10 %% %.1f, 90 %% %.1f (%d frames)" % (
            name, med[name], f0[len(f0) // 10], f0[9 * len(f0) // 10], len(f0)))
    check(med["host"] >= 1.3 * med["guest"], "the host's median is %.0f %% above the guest's" %
          (100 * med["host"] / med["guest"] - 100))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
