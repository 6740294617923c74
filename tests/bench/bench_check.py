#!/usr/bin/env python3
"""What `verbatim align --doubts` finds of faults that were put into text and sound.

usage: bench_check.py [SET…]        (VERBATIM, VERBATIM_SHARED as in bench_align.py; CHECK_SEED: 1)

A SET is a folder with audio and ref.json, or a name in the shared recordings; without any, three
podcasts of an hour are made (podcast.py; CHECK_PODCASTS names a folder where they are kept, or were)
and recordings of people are taken, with six seeds each, since they last minutes. For each kind of fault as many
are put in as fit 40 s apart; CHECK_KINDS names some of them, of which "none" is the untouched text. Found: a doubt that touches the fault, give or take two words or a
second. False: doubts about words of the text where nothing was changed, an hour of it; speech without
text is counted apart, since there is some in every smoothed text.
"""
import json, os, random, re, shutil, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bench_align import SHARED, VERBATIM, page
import podcast

SEED = int(os.environ.get("CHECK_SEED", "1"))
APART = 40  # seconds
KINDS = ("none", "inserted", "swapped", "removed", "cut", "replaced")
NOWHERE = -1e9  # a fault of the words alone: no time touches it


def words_of(text):
    return [w for w in text.split() if re.search(r"\w", w)]


class Fault:
    def __init__(self, word, count, start, end):
        self.word, self.count, self.start, self.end = word, count, start, end

    def touches(self, doubt):
        by_word = doubt["word"] <= self.word + self.count + 2 and doubt["word"] + doubt["words"] >= self.word - 2
        by_time = doubt["start"] <= self.end + 1 and doubt["end"] >= self.start - 1
        return by_word or by_time

    def words_off(self, doubt):
        return abs(doubt["word"] - self.word)

    def seconds_off(self, doubt):
        """From a moment where something is missing; a removed sentence lasts."""
        return max(0, doubt["start"] - self.end, self.start - doubt["end"])


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
            faults.append((len(out), at, n, NOWHERE, NOWHERE))
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
        return None
    return [json.loads(line) for line in open(found, encoding="utf-8")]


def offset_in(segments, segment, words):
    return sum(len(words_of(s["text"])) for s in segments[:segment]) + words


class Count:
    """What was found of one kind of fault, over several recordings."""
    def __init__(self):
        self.faults = self.found = self.first = self.false = self.extra = 0
        self.hours, self.off_words, self.off_seconds, self.refused = 0.0, [], [], 0

    def add(self, faults, doubts, hours):
        if doubts is None:
            self.refused += 1
            return
        touching = [[d for d in doubts if f.touches(d)] for f in faults]
        false = [d for d in doubts if not any(f.touches(d) for f in faults)]
        extra = sum(d["reason"] == "extra-speech" for d in false)
        top = doubts[:len(faults) + int(20 * hours + 0.5)]
        self.faults += len(faults)
        self.found += sum(bool(t) for t in touching)
        self.first += sum(any(f.touches(d) for d in top) for f in faults)
        self.extra += extra
        self.false += len(false) - extra
        self.hours += hours
        for fault, near in zip(faults, touching):
            if near:
                self.off_words.append(min(fault.words_off(d) for d in near))
                if fault.end != NOWHERE:
                    self.off_seconds.append(min(fault.seconds_off(d) for d in near))

    def row(self, kind, trial):
        middle = lambda of: sorted(of)[len(of) // 2] if of else 0
        share = f" ({100 * self.found / self.faults:.0f} %)" if self.faults else ""
        print(f"| {kind} | {self.found} of {self.faults}{share} | {self.first} | {middle(self.off_words)} words, "
              f"{middle(self.off_seconds):.1f} s | {self.false / self.hours:.1f} | {self.extra / self.hours:.0f} |"
              f" {trial} |" + (f" {self.refused} refused" if self.refused else ""), flush=True)


def measure(kind, seed, sound, segments, language, folder):
    """The faults, the doubts (None: refused), and hours."""
    folder = tempfile.mkdtemp(dir=folder)
    rng = random.Random(seed)
    changed, faults = segments, []
    if kind == "cut":
        changed_sound = os.path.join(folder, "cut.wav")
        faults = cut_sound(sound, segments, rng, changed_sound)
        sound = changed_sound
    elif kind != "none":
        changed, faults = put_faults(kind, segments, rng)
    doubts = doubts_of(sound, changed, language, folder)
    shutil.rmtree(folder)
    faults = [Fault(offset_in(changed, s, at), n, a, b) for s, at, n, a, b in faults]
    return faults, doubts, (segments[-1]["end"] - segments[0]["start"]) / 3600


def load(name):
    data = name if os.path.exists(os.path.join(name, "ref.json")) else os.path.join(SHARED, "data", "speech", name)
    if not os.path.exists(os.path.join(data, "ref.json")):
        print(f"skipped: {name} is not here")
        return None
    segments = json.load(open(os.path.join(data, "ref.json"), encoding="utf-8"))["segments"]
    sound = next(os.path.join(data, f) for f in os.listdir(data) if f.startswith("audio"))
    return sound, segments, data.rsplit("_", 1)[-1]


def table(title, sets, seeds, folder, trial):
    loaded = [one for one in map(load, sets) if one]
    if not loaded:
        return
    print(f"\n{title}; faults put in with the seeds {', '.join(map(str, seeds))}\n\n| fault | found | in as many "
          "entries and 20 an hour | off, median | false passages an hour | other speech without text an hour | the "
          "trial |\n|---|---|---|---|---|---|---|")
    for kind in os.environ.get("CHECK_KINDS", " ".join(KINDS)).split():
        count = Count()
        with ThreadPoolExecutor(max_workers=2) as pool:
            for work in [pool.submit(measure, kind, seed, *one, folder) for one in loaded
                         for seed in (seeds if kind != "none" else seeds[:1])]:
                count.add(*work.result())
        if count.hours:
            count.row(kind, trial.get(kind, "–"))


# Of the trial that this began with: on six faults a recording in French, three voices or more.
TRIAL = {"inserted": "18 of 18", "swapped": "18 of 18", "removed": "17 of 18", "cut": "5 of 6",
         "replaced": "10 of 18", "none": "2.5 to 70 false"}


def make(path, minutes, seed):
    if not os.path.exists(os.path.join(path, "ref.json")):
        return subprocess.Popen([sys.executable, podcast.__file__, path, str(minutes), str(seed)])


def main():
    with tempfile.TemporaryDirectory() as folder:
        if sys.argv[1:]:
            for name in sys.argv[1:]:
                table(os.path.basename(name), [name], [SEED], folder, {})
            return
        kept = os.environ.get("CHECK_PODCASTS", folder)
        made = [os.path.join(kept, f"podcast-{seed}_en") for seed in (SEED, SEED + 1, SEED + 2)]
        for work in [make(path, 60, SEED + i) for i, path in enumerate(made)]:
            if work and work.wait():
                sys.exit("no podcast was made: flite and sox are needed")
        table("Three made podcasts of an hour", made, [SEED], folder, {})
        table("sppas_fr, 13 speakers, 2.5 minutes", ["sppas_fr"], list(range(1, 7)), folder, TRIAL)
        table("sppas_de, sppas_es, nrc_fr, sonnet_en, mfa_en: under a minute each",
              ["sppas_de", "sppas_es", "nrc_fr", "sonnet_en", "mfa_en"], list(range(1, 7)), folder, {})


if __name__ == "__main__":
    main()
