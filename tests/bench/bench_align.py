#!/usr/bin/env python3
"""How well and how fast `verbatim align` finds the words of recordings.

usage: bench_align.py [SET…]      (VERBATIM: the program; VERBATIM_SHARED: where recordings lie)

For each set with a reference: errors in milliseconds (tools/align-eval.py), CPU seconds for an
hour of sound, and peak memory.  Then the sample, with its own truth; texts that stand in the
middle of longer sound; made podcasts; what is heard around a moment; sound of growing length.  ALIGN_PEER names a command that prints the
same figures of another aligner when it is given a set's name; it is shown beside.
"""
import json, os, re, subprocess, sys, tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SHARED = os.environ.get("VERBATIM_SHARED", os.path.join(ROOT, "..", "shared"))
VERBATIM = os.environ.get("VERBATIM", os.path.join(ROOT, "build", "release", "verbatim"))
PEER = os.environ.get("ALIGN_PEER")
SETS = ["sppas_fr", "sppas_de", "sppas_es", "nrc_fr", "sonnet_en", "mfa_en", "tts_fr"]
NAMES = ["Anne Martin", "Karim Benali", "Julie Petit", "Marc Leroy", "Zoé Blanc", "Paul Morel",
         "Léa Simon", "Hugo Garnier", "Nina Faure", "Yann Rivière", "Eva Roussel", "Théo Lambert"]
SAMPLE = os.path.join(ROOT, "assets", "sample", "casilli")


def page(segments):
    """The text as a transcript's page: a paragraph a segment."""
    lines, known, last = ["Bench", "Titre : Bench", "Intervenants : " + " - ".join(NAMES),
                          "Transcription"], {}, None
    for s in segments:
        name = known.setdefault(s["speaker"], NAMES[len(known) % len(NAMES)])
        text = re.sub(r"\s+", " ", s["text"]).strip()
        text += "" if re.search(r'[.,;:!?»"]$', text) else "."
        lines.append((name + " : " if name != last else "") + text)
        last = name
    return "\n\n".join(lines) + "\n"


def align(sound, text, language, out, *more):
    """CPU seconds and peak memory in MB, or None."""
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 2)
        os.execv(VERBATIM, [VERBATIM, "align", sound, text, "--words", "--to", "jsonl", "--jobs",
                            "1", "--language", language, "-o", out, *more])
    _, status, used = os.wait4(pid, 0)
    return None if status else (used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def figures(text):
    found = {}
    for line in text.splitlines():
        m = re.match(r"(LINE|BND|WORD)\s+median\s+(\S+)\s+p95\s+(\S+)\s+max\s+(\S+)", line)
        if m:
            found[m.group(1)] = f"{m.group(2)} / {m.group(3)} / {m.group(4)}"
        m = re.match(r"words without a time: (\d+)", line)
        if m:
            found["none"] = m.group(1)
    return found


def measure(reference, out):
    tool = os.path.join(SHARED, "tools", "align-eval.py")
    done = subprocess.run([sys.executable, tool, reference, out], capture_output=True, text=True)
    return figures(done.stdout)


def row(name, found, cpu=None, memory=None):
    cells = [found.get(k, "–") for k in ("LINE", "BND", "WORD", "none")]
    cells += [f"{cpu:.1f}" if cpu else "–", f"{memory:.0f}" if memory else "–"]
    print("| " + " | ".join([name] + cells) + " |", flush=True)


def measure_set(name, reference, sound, text, language, folder):
    out = os.path.join(folder, name + ".jsonl")
    duration = json.load(open(reference, encoding="utf-8"))["duration"]
    used = align(sound, text, language, out)
    if not used:
        print(f"| {name} | refused | | | | | |", flush=True)
        return
    row(name, measure(reference, out), used[0] * 3600 / duration, used[1])


def sets(names, folder):
    for name in names:
        data = os.path.join(SHARED, "data", "speech", name)
        reference = os.path.join(data, "ref.json")
        if not os.path.exists(reference):
            print(f"skipped: {name} is not here")
            continue
        text = os.path.join(folder, name + ".txt")
        open(text, "w", encoding="utf-8").write(
            page(json.load(open(reference, encoding="utf-8"))["segments"]))
        sound = next(os.path.join(data, f) for f in os.listdir(data) if f.startswith("audio"))
        measure_set(name, reference, sound, text, name.rsplit("_", 1)[1], folder)
        if PEER:
            done = subprocess.run([PEER, name], capture_output=True, text=True)
            row(f"{name}, peer", figures(done.stdout))


def sample_reference(folder):
    segments = [json.loads(line) for line in open(SAMPLE + ".truth.jsonl", encoding="utf-8")]
    for s in segments:
        s["speaker"] = str(s["turn"])
    path = os.path.join(folder, "sample.json")
    json.dump({"duration": 985, "segments": segments}, open(path, "w", encoding="utf-8"))
    return path, segments


def sample(folder):
    reference, segments = sample_reference(folder)
    measure_set("the sample", reference, SAMPLE + ".mp3", SAMPLE + ".txt", "fr", folder)
    return segments


def cut(segments, start, length, text_from, text_until, folder):
    """Only part of the text, in `length` seconds of the sample."""
    inside = [dict(s, start=s["start"] - start, end=s["end"] - start) for s in segments
              if text_from <= s["start"] and s["end"] <= text_until]
    name = f"sample, {text_until - text_from} of {length} s"
    reference, text, sound = (os.path.join(folder, "cut" + e) for e in (".json", ".txt", ".wav"))
    json.dump({"duration": length, "segments": inside}, open(reference, "w", encoding="utf-8"))
    open(text, "w", encoding="utf-8").write(page(inside))
    if subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", SAMPLE + ".mp3", "-ss", str(start),
                       "-t", str(length), "-ac", "1", sound]).returncode == 0:
        measure_set(name, reference, sound, text, "fr", folder)


def podcasts(folder):
    """Made ones, whose every word's time is known; BENCH_PODCASTS: where they are kept, or were."""
    import podcast
    kept = os.environ.get("BENCH_PODCASTS", folder)
    for name, minutes, seed in [("an hour", 60, 1), ("a quarter", 15, 11), ("a quarter", 15, 12)]:
        data = os.path.join(kept, f"podcast-{seed}_en")
        if not os.path.exists(os.path.join(data, "ref.json")):
            podcast.make(data, minutes, seed)
        text = os.path.join(folder, "podcast.txt")
        reference = os.path.join(data, "ref.json")
        open(text, "w", encoding="utf-8").write(
            page(json.load(open(reference, encoding="utf-8"))["segments"]))
        sound = next(os.path.join(data, f) for f in os.listdir(data) if f.startswith("audio"))
        measure_set(f"podcast, {name}, seed {seed}", reference, sound, text, "en", folder)


def around(folder):
    """What is heard around a moment of an hour: how soon, and how well."""
    kept = os.environ.get("BENCH_PODCASTS", folder)
    data = os.path.join(kept, "podcast-1_en")
    segments = json.load(open(os.path.join(data, "ref.json"), encoding="utf-8"))["segments"]
    text, out = os.path.join(folder, "podcast.txt"), os.path.join(folder, "around.jsonl")
    open(text, "w", encoding="utf-8").write(page(segments))
    sound = next(os.path.join(data, f) for f in os.listdir(data) if f.startswith("audio"))
    starts, word = [], 0
    for s in segments:
        starts.append((word, s["start"]))
        word += len([w for w in s["text"].split() if re.search(r"\w", w)])
    cpu, off, silent = [], [], 0
    for at in range(300, 3600, 300):
        used = align(sound, text, "en", out, "--around", str(at))
        if not used:
            silent += 1
            continue
        rows = [json.loads(line)["start"] for line in open(out, encoding="utf-8")]
        off += [abs(rows[w] - start) for w, start in starts
                if abs(start - at) < 60 and rows[w] is not None]
        cpu.append(used[0])
    off.sort(), cpu.sort()
    print(f"\naround {len(cpu) + silent} moments of the hour: {len(cpu)} found, the others left to the whole; "
          f"lines within a minute {1000 * off[len(off) // 2]:.0f} ms median, "
          f"{1000 * off[len(off) * 95 // 100]:.0f} ms p95; {cpu[len(cpu) // 2]:.1f} s of CPU median")


def grow(segments, folder):
    """The sample again and again: what an hour costs, and ten."""
    print("\n| sound | CPU s | CPU s an hour | MB |\n|---|---|---|---|")
    for times in (1, 4, 11, 37):
        sound, text = os.path.join(folder, "long.mp3"), os.path.join(folder, "long.txt")
        with open(sound, "wb") as whole:
            whole.write(open(SAMPLE + ".mp3", "rb").read() * times)
        open(text, "w", encoding="utf-8").write(page(segments * times))
        used = align(sound, text, "fr", os.path.join(folder, "long.jsonl"))
        hours = 985 * times / 3600
        print(f"| {hours:.2f} h | {used[0]:.1f} | {used[0] / hours:.1f} | {used[1]:.0f} |"
              if used else f"| {hours:.2f} h | refused | | |", flush=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        print("median / p95 / max ms\n")
        print("| set | LINE | BND | WORD | words without time | CPU s/h | MB |")
        print("|---|---|---|---|---|---|---|")
        sets(sys.argv[1:] or SETS, folder)
        if sys.argv[1:]:
            return
        segments = sample(folder)
        cut(segments, 300, 180, 340, 420, folder)
        cut(segments, 600, 180, 700, 780, folder)
        podcasts(folder)
        around(folder)
        if os.environ.get("ALIGN_GROWTH", "yes") != "no":
            grow(segments, folder)


if __name__ == "__main__":
    main()
