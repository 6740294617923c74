#!/usr/bin/env python3
"""What `verbatim align --doubts` finds of faults that were put into text and sound.

usage: bench_check.py [SET…]        (VERBATIM, VERBATIM_SHARED as in bench_align.py; CHECK_SEED: 1)

A SET is a folder with audio and ref.json, or a name in the shared recordings; without any a podcast
of an hour is made (podcast.py) and the French recordings are taken. For each kind of fault as many
are put in as fit 40 s apart. Found: a doubt that touches the fault, give or take two words or a
second. False: doubts about words of the text where nothing was changed, an hour of it; speech without
text is counted apart, since there is some in every smoothed text.
"""
import json, os, random, re, subprocess, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bench_align import SHARED, VERBATIM, page
import podcast

SEED = int(os.environ.get("CHECK_SEED", "1"))
APART = 40  # seconds


def words_of(text):
    return [w for w in text.split() if re.search(r"\w", w)]


class Fault:
    def __init__(self, word, count, start, end):
        self.word, self.count, self.start, self.end = word, count, start, end

    def touches(self, doubt):
        by_word = doubt["word"] <= self.word + self.count + 2 and doubt["word"] + doubt["words"] >= self.word - 2
        by_time = doubt["start"] <= self.end + 1 and doubt["end"] >= self.start - 1
        return by_word or by_time


def places(segments, rng, fits):
    """Segments far enough from each other and from the ends, in order."""
    chosen, last = [], -1e9
    for i in range(2, len(segments) - 3):
        if segments[i]["start"] - last >= APART and fits(i):
            chosen.append(i)
            last = segments[i]["start"] + rng.uniform(0, 10)
    return chosen


def put_faults(kind, segments, rng):
    """Changed segments, and [(segment, how many words in, words, start, end)]."""
    long = lambda i: len(words_of(segments[i]["text"])) >= 5
    chosen = places(segments, rng, (lambda i: long(i) and long(i + 1)) if kind == "swapped" else long)
    out, faults = [], []
    for i, s in enumerate(segments):
        text = words_of(s["text"])
        def foreign():
            return rng.choice([x for x in segments if abs(x["start"] - s["start"]) > APART and len(words_of(x["text"])) >= 5] or segments)
        if i - 1 in chosen and kind == "swapped":
            continue
        if i not in chosen:
            out.append(s)
        elif kind == "inserted":
            strange = dict(s, text=foreign()["text"])
            faults.append((len(out), 0, len(words_of(strange["text"])), s["start"] - 1, s["start"]))
            out += [strange, s]
        elif kind == "swapped":
            nxt = segments[i + 1]
            faults.append((len(out), 0, len(text) + len(words_of(nxt["text"])), s["start"], nxt["end"]))
            out += [dict(nxt, speaker=s["speaker"]), s]
        elif kind == "removed":
            faults.append((len(out), 0, 0, s["start"], s["end"]))
        elif kind == "replaced":
            n = rng.randint(3, min(5, len(text)))
            at = rng.randint(0, len(text) - n)
            other = words_of(foreign()["text"])[:n]
            while len(other) < n:
                other += other
            faults.append((len(out), at, n, s["start"] - 1e3, s["start"] - 1e3))
            out.append(dict(s, text=" ".join(text[:at] + other[:n] + text[at + n:])))
    return out, faults


def cut_sound(sound, segments, rng, to):
    """Takes 20 s out of the sound, every so often; the text stays."""
    end, at, cuts = segments[-1]["end"], 30.0, []
    while at + 60 < end:
        cuts.append(at)
        at += 20 + 4 * APART + rng.uniform(0, 20)
    wav = to + ".all.wav"
    subprocess.run(["sox", "-V1", sound, wav] if not sound.endswith(".mp3") else
                   ["ffmpeg", "-v", "error", "-y", "-i", sound, wav], check=True)
    trims = ["trim", "0"] + [x for c in cuts for x in (f"={c:.2f}", f"={c + 20:.2f}")]
    subprocess.run(["sox", "-V1", wav, to, *trims], check=True)
    faults = []
    for k, c in enumerate(cuts):
        gone = [i for i, s in enumerate(segments) if s["start"] < c + 20 and s["end"] > c]
        count = sum(len(words_of(segments[i]["text"])) for i in gone)
        if gone:
            faults.append((gone[0], 0, count, c - 20 * k - 0.5, c - 20 * k + 0.5))
    return faults


def doubts_of(sound, segments, language, folder):
    text, found = os.path.join(folder, "text.txt"), os.path.join(folder, "doubts.jsonl")
    open(text, "w", encoding="utf-8").write(page(segments))
    if os.path.exists(found):
        os.remove(found)
    done = subprocess.run([VERBATIM, "align", sound, text, "--language", language, "--doubts", found, "-o",
                           os.path.join(folder, "out.jsonl")], capture_output=True, text=True)
    if done.returncode:
        print("refused: " + done.stderr.strip())
        return None
    return [json.loads(line) for line in open(found, encoding="utf-8")]


def offset_in(segments, segment, words):
    return sum(len(words_of(s["text"])) for s in segments[:segment]) + words


def measure(kind, sound, segments, language, folder):
    rng = random.Random(SEED)
    changed, faults = segments, []
    if kind == "cut":
        changed_sound = os.path.join(folder, "cut.wav")
        faults = cut_sound(sound, segments, rng, changed_sound)
        sound = changed_sound
    elif kind != "none":
        changed, faults = put_faults(kind, segments, rng)
    doubts = doubts_of(sound, changed, language, folder)
    if doubts is None:
        return
    faults = [Fault(offset_in(changed, s, at), count, a, b) for s, at, count, a, b in faults]
    hours = (segments[-1]["end"] - segments[0]["start"]) / 3600
    false = [d for d in doubts if not any(f.touches(d) for f in faults)]
    extra = [d for d in false if d["reason"] == "extra-speech"]
    found = [f for f in faults if any(f.touches(d) for d in doubts)]
    first = [f for f in faults if any(f.touches(d) for d in doubts[:len(faults) + int(20 * hours + 0.5)])]
    print(f"| {kind} | {len(found)} of {len(faults)} | {len(first)} | "
          f"{(len(false) - len(extra)) / hours:.1f} | {len(extra) / hours:.1f} |", flush=True)


def main():
    sets = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        if not sets:
            podcast.make(os.path.join(folder, "podcast_en"), 60, SEED)
            sets = [os.path.join(folder, "podcast_en"), "sppas_fr"]
        for name in sets:
            data = name if os.path.exists(os.path.join(name, "ref.json")) else os.path.join(SHARED, "data", "speech", name)
            if not os.path.exists(os.path.join(data, "ref.json")):
                print(f"skipped: {name} is not here")
                continue
            segments = json.load(open(os.path.join(data, "ref.json"), encoding="utf-8"))["segments"]
            sound = next(os.path.join(data, f) for f in os.listdir(data) if f.startswith("audio"))
            print(f"\n{os.path.basename(data)}, seed {SEED}\n\n| fault | found | in as many entries and 20 an hour | "
                  "false passages an hour | other speech without text an hour |\n|---|---|---|---|---|")
            for kind in ("none", "inserted", "swapped", "removed", "replaced", "cut"):
                measure(kind, sound, segments, data.rsplit("_", 1)[-1], folder)


if __name__ == "__main__":
    main()
