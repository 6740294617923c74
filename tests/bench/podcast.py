#!/usr/bin/env python3
"""Makes podcasts whose every word's time is known, to measure alignment with.

usage: podcast.py FOLDER [MINUTES [SEED]]     (needs flite and sox; not espeak-ng, which trains)

Two or three of flite's voices take turns in reading the licence of this program. One word in five
has a disfluency before it that the text does not tell: a hesitation, a word or two said twice, a
false start. Every turn has its own pace and pitch. Then come a room, noise, a head of music with an
advert that nobody wrote down, and a tail. FOLDER gets audio.mp3 (or .wav without ffmpeg), ref.json as
tools/align-eval.py reads it, and the seed it was made from is printed.
"""
import array, json, os, random, re, shutil, subprocess, sys, tempfile, wave

HERE = os.path.dirname(os.path.abspath(__file__))
TEXT = os.path.join(HERE, "..", "..", "LICENSE")
RATE = 16000
VOICES = ["slt", "rms", "awb", "kal16"]
HESITATIONS = ["uh", "um", "er", "hmm"]
ADVERT = "This show is brought to you by the makers of very small boats. Buy one today and sail away."
REVERB, NOISE_DB, HEAD_SECONDS = 35, -42, 22


def sentences(path):
    """The prose of a text: sentences of 4 to 40 plain words."""
    text = re.sub(r"\s+", " ", open(path, encoding="utf-8").read())
    for sentence in re.split(r"(?<=[.;:!?])\s+", text):
        words = [w for w in sentence.split() if re.fullmatch(r"[\"(]?[A-Za-z][A-Za-z'-]*[\")]?[.,;:!?]*", w)]
        if len(words) == len(sentence.split()) and 4 <= len(words) <= 40:
            yield words


class Voice:
    """flite, and which of its phones belong to which word."""
    spelled = {}

    def __init__(self, name, pace, pitch, folder):
        self.name, self.wav = name, os.path.join(folder, "said.wav")
        self.how = ["--setf", f"duration_stretch={pace}", "--setf", f"int_f0_target_mean={pitch}"]

    def flite(self, *args):
        done = subprocess.run(["flite", "-voice", self.name, *args], capture_output=True, text=True)
        return done.stdout.split()

    def phones(self, word):
        key = (self.name, word)
        if key not in self.spelled:
            told = self.flite("-ps", "-t", word, "-o", "none")
            self.spelled[key] = [p for p in told if p != "pau"]
        return self.spelled[key]

    def say(self, words):
        """Samples, and the start and end of every word in seconds."""
        told = self.flite(*self.how, "-psdur", "-t", " ".join(words), "-o", self.wav)
        ends = [(p, float(e)) for p, e in (x.rsplit(":", 1) for x in told)]
        starts = [0.0] + [e for _, e in ends[:-1]]
        said = [(p, s, e) for (p, e), s in zip(ends, starts) if p != "pau"]
        with wave.open(self.wav) as f:
            samples = array.array("h", f.readframes(f.getnframes()))
        return samples, place(words, [self.phones(re.sub(r"[^A-Za-z'-]", "", w)) for w in words], said)


def place(words, phones, said):
    """A word alone may be said with other phones than in its sentence: the likeliest match."""
    import difflib
    flat = [(p, w) for w, group in enumerate(phones) for p in group]
    match = difflib.SequenceMatcher(None, [p for p, _ in flat], [p for p, _, _ in said], autojunk=False)
    times = [None] * len(words)
    for tag, a0, a1, b0, b1 in match.get_opcodes():
        if tag == "equal" or (tag == "replace" and a1 - a0 == b1 - b0):
            for k in range(a1 - a0):
                word, (_, start, end) = flat[a0 + k][1], said[b0 + k]
                times[word] = [min(start, times[word][0]) if times[word] else start, end]
    return times


def disfluent(words, rng):
    """[(word, written)]: what is said, and whether the text tells of it."""
    said = []
    for i, word in enumerate(words):
        if rng.random() < 0.2:
            kind = rng.choice(["hesitation", "twice", "twice", "start"])
            plain = re.sub(r"[^A-Za-z' -]", "", word)
            if kind == "hesitation":
                said.append((rng.choice(HESITATIONS) + ",", False))
            elif kind == "twice":
                said += [(re.sub(r"[^A-Za-z' -]", "", w), False) for w in words[i:i + rng.randint(1, 2)]]
            elif i + 1 < len(words):
                said.append((plain + ",", False))
        said.append((word, True))
    return said


def write_wav(path, samples):
    with wave.open(path, "wb") as f:
        f.setnchannels(1), f.setsampwidth(2), f.setframerate(RATE)
        f.writeframes(samples.tobytes())


def speak(minutes, rng, folder):
    """Samples of the speech alone, and its segments."""
    pool = list(sentences(TEXT))
    samples, segments, at = array.array("h"), [], 0
    cast = rng.sample(VOICES, 2 + rng.randint(0, 1))
    while len(samples) < minutes * 60 * RATE:
        name = cast[(cast.index(segments[-1]["speaker"]) + 1) % len(cast)] if segments else cast[0]
        voice = Voice(name, rng.uniform(0.85, 1.2), rng.uniform(90, 200), folder)
        for _ in range(rng.randint(1, 7)):
            if at and at % len(pool) == 0:
                rng.shuffle(pool)  # a text that repeats itself would be compared with another part
            words, at = pool[at % len(pool)], at + 1
            said = disfluent(words, rng)
            sound, times = voice.say([w for w, _ in said])
            begin = len(samples) / RATE
            known = [{"w": w, "start": begin + t[0], "end": begin + t[1]}
                     for (w, written), t in zip(said, times) if written and t]
            if known:
                segments.append({"speaker": name, "text": " ".join(words), "start": known[0]["start"],
                                 "end": known[-1]["end"], "words": known})
                samples.extend(sound)
                samples.extend(array.array("h", bytes(2 * int(rng.uniform(0, 0.7) * RATE))))
    return samples, segments


def sox(*args):
    subprocess.run(["sox", "-V1", "-R", *map(str, args)], check=True)


def make_room(folder, speech, rng):
    """Music and an advert before it, an echo and noise over all of it. Seconds of the head."""
    f = lambda name: os.path.join(folder, name)
    chords = rng.choice([("C3", "E3", "G3", "C4"), ("A2", "C3", "E3", "A3"), ("D3", "F3", "A3", "D4")])
    sox("-n", "-r", RATE, "-c", 1, "-b", 16, f("music.wav"), "synth", HEAD_SECONDS,
        *[x for c in chords for x in ("pluck", c)], "tremolo", 0.4, 60, "norm", -12, "repeat", 0)
    advert, _ = Voice(VOICES[-1], 0.9, 120, folder).say(ADVERT.split())
    write_wav(f("advert.wav"), advert)
    sox(f("music.wav"), f("advert.wav"), f("speech.wav"), f("music.wav"), f("dry.wav"))
    sox(f("dry.wav"), f("room.wav"), "gain", -6, "reverb", REVERB, 50, 40)
    with wave.open(f("dry.wav")) as w:
        seconds = w.getnframes() / RATE
    sox("-n", "-r", RATE, "-c", 1, "-b", 16, f("noise.wav"), "synth", seconds, "pinknoise", "gain", NOISE_DB + 6)
    sox("-m", "-v", 1, f("room.wav"), "-v", 1, f("noise.wav"), f("audio.wav"), "trim", 0, seconds)
    return HEAD_SECONDS + len(advert) / RATE, seconds


def make(out, minutes, seed):
    rng = random.Random(seed)
    os.makedirs(out, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        speech, segments = speak(minutes, rng, folder)
        write_wav(os.path.join(folder, "speech.wav"), speech)
        head, seconds = make_room(folder, speech, rng)
        for s in segments:
            for x in [s] + s["words"]:
                x["start"], x["end"] = round(x["start"] + head, 3), round(x["end"] + head, 3)
        wav = os.path.join(folder, "audio.wav")
        if shutil.which("ffmpeg"):
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", wav, "-b:a", "64k",
                            os.path.join(out, "audio.mp3")], check=True)
        else:
            shutil.copy(wav, os.path.join(out, "audio.wav"))
    with open(os.path.join(out, "ref.json"), "w", encoding="utf-8") as f:
        json.dump({"lang": "en", "duration": seconds, "segments": segments}, f, indent=0)
    words = sum(len(s["words"]) for s in segments)
    print(f"made {out}: {seconds / 60:.1f} min, {words} words, seed {seed}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    make(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 60, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
