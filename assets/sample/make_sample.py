#!/usr/bin/python3
"""Speak casilli.txt with two synthetic voices: casilli.mp3 and casilli.truth.jsonl.

Called by make-sample.sh, which sees to the tools (pico2wave, sox, ffmpeg).
Standard library only.

The idea in four steps:

 1. read the page: header left out, turns from the speaker labels, one line is
    one paragraph, paragraphs are cut into sentences;
 2. say each sentence by itself, so that its start and end are known and not
    guessed: the recording is the sum of clips whose places we choose;
 3. choose the tempo so that the paragraph after the page's time marker falls
    on the marker (16' 20 = 980 s) with ordinary pauses.  Speed levels are whole
    numbers, so the last seconds are found by stretching all pauses alike;
 4. mix, set the loudness, encode, decode again with ffmpeg and measure that the
    decoded sound lies where the truth file says.
"""
import array
import concurrent.futures
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import wave
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "casilli.txt")
MP3 = os.path.join(HERE, "casilli.mp3")
TRUTH = os.path.join(HERE, "casilli.truth.jsonl")

RATE = 16000        # pico's own rate; nothing is won by a higher one
KBITS = 24
SEED = 20231209     # the date of the page: any fixed number would do
LEAD = 0.6          # silence before the first word, seconds
TAIL_END = 985.0    # the recording stops here
KEEP = 0.010        # left, and faded, outside both ends of a trimmed clip, seconds
AUDIBLE = 130       # 5 ms with this r.m.s. (of 32768; -48 dB) are speech, 35 dB below
                    # the vowels: a French final consonant lets go fainter than that
LOUDNESS = -18.0    # LUFS
ROOM = 14.0         # r.m.s. of the room tone (of 32768; -67 dB)

# Pauses in seconds: mean and half the spread.  They are multiplied by one
# common factor near 1 when the last turn is put on the marker.
PAUSES = {"sentence": (0.43, 0.07), "paragraph": (0.72, 0.05), "turn": (0.92, 0.04)}

# Pico has one French voice, a woman's, about 196 Hz.  Two men are made of it:
#   pitch   percentage of the pitch, a tag of pico, which keeps the formants
#   formant factor on formants *and* pitch, by playing the samples slower; what
#           this does to the tempo is made good by the speed tag.  Below 1 means
#           a longer throat, so never a cartoon voice.
VOICES = {
    "Gérald Holubowicz": {"pitch": 84, "formant": 0.92},
    "Antonio Casilli": {"pitch": 62, "formant": 0.86},
}

# How a thing is written for the synthesiser when it would say it badly.  Speech
# only: the truth file keeps the characters of the page.  Pairs of regular
# expression and replacement, applied in order.
RESPELL = [
    # slips of the page that no reader would say
    (r"\bII a\b", "Il a"),
    (r"\bre trouve\b", "retrouve"),
    # a full stop inside the title of a book is not the end of the sentence
    (r"les robots\. Enquête", "les robots, enquête"),
    # names
    (r"Holubowicz", "Holoubovitch"),
    (r"Casilli", "Casili"),
    (r"Arthur C\. Clarke", "Arthur cé Clark"),
    (r"HAL 9000", "Hal neuf mille"),
    (r"McKinsey", "Mac Kinzi"),
    (r"The Conversation", "Ze Conversécheune"),
    (r"magazine Times", "magazine Taïmze"),
    (r"Time Magazine", "Taïme Magazine"),
    (r"OpenAI", "Opeune é aïe"),
    (r"ChatGPT-4", "tchatte gé pé té quatre"),
    (r"ChatGPT", "tchatte gé pé té"),
    (r"GPT-3 et après 4", "gé pé té trois, et après, quatre"),
    (r"GPT", "gé pé té"),
    (r"« P »", "pé"),
    (r"Pre-trained", "pri trénde"),
    (r"Amazon Mechanical Turk", "Amazone Mécanicole Teurque"),
    (r"Common Crawl", "Commone Crole"),
    (r"Oncle Picsou", "oncle Piksou"),
    (r"Google", "Gougueule"),
    (r"Reddit", "Rédite"),
    (r"Nairobi", "Naïrobi"),
    (r"Kenya", "Kénia"),
    (r"kényans", "kénians"),
    (r"\bSynth\b", "Synthe"),
    (r"journalism\.design", "journalisme point dizaïne"),
    # words from English
    (r"\bnewsletter\b", "niouzeletteur"),
    (r"\bpodcast\b", "podcaste"),
    (r"\bsmartphone\b", "smartefone"),
    (r"\btags\b", "tagues"),
    (r"\bmarketplaces\b", "markette pléïce"),
    (r"\btech\b", "tèque"),
    (r"\bback-office\b", "bac offisse"),
    (r"\bblog\b", "blogue"),
    (r"\btérabytes\b", "térabaïtes"),
    # letters and numbers
    (r"\bIA\b", "i a"),
    (r"\bREM\b", "rème"),
    (r"\betc\.", "etcétéra."),
    (r"3 X 8", "trois huit"),
    (r"8/8/8", "huit, huit, huit,"),
    (r"\b2001\b", "deux mille un"),
    (r"\b2010\b", "deux mille dix"),
    (r"\b2012\b", "deux mille douze"),
    (r"\b2019\b", "deux mille dix-neuf"),
    (r"\b2030\b", "deux mille trente"),
    (r"\b400\b", "quatre cents"),
    (r"\b800\b", "huit cents"),
    (r"\b100\b", "cent"),
    (r"\b19\b", "dix-neuf"),
]


# --------------------------------------------------------------- the page

SPACES = "[ \t\u00a0\u202f\u2009]"


def plain(s):
    """A name with one ordinary space for any run of spaces."""
    return re.sub(SPACES + "+", " ", s).strip()


def read_page(text):
    """-> [(speaker, [paragraph, ...]), ...] and {index of turn: marker in seconds}"""
    turns, markers = [], {}
    lines = text.split("\n")
    lines = lines[lines.index("Transcription") + 1:]   # all before is header and chrome
    for line in lines:
        if not line.strip():
            continue
        m = re.fullmatch(r"(\d+)’" + SPACES + r"*(\d\d)§?", line)
        if m:                                           # a time marker: not spoken
            markers[len(turns)] = int(m[1]) * 60 + int(m[2])
            continue
        m = re.match(r"([^:.?!]{1,60}?)" + SPACES + "*:" + SPACES + "+", line)
        if m and plain(m[1]) in VOICES:                 # a label: not spoken
            turns.append((plain(m[1]), []))
            line = line[m.end():]
        turns[-1][1].append(line)
    return turns, markers


def sentences(paragraph):
    """Cut after . ? or ! (and a closing guillemet) when a capital follows.

    Not after a lone capital (Arthur C. Clarke), not where a small letter follows
    (etc. and), and not inside the title "En attendant les robots. Enquête ...".
    A cut takes one ordinary space away, so the pieces joined by one space are the
    paragraph again.
    """
    out, start = [], 0
    for m in re.finditer(r"[.?!](?:[ \u00a0]»)? (?=[A-ZÀ-ÖØ-Þ«])", paragraph):
        before = paragraph[start:m.start()]
        if re.search(r"(?:^|\W)[A-ZÀ-ÖØ-Þ]$", before) or before.endswith("attendant les robots"):
            continue
        out.append(paragraph[start:m.end() - 1])
        start = m.end()
    out.append(paragraph[start:])
    assert " ".join(out) == paragraph
    return out


def for_speech(sentence):
    s = re.sub(SPACES, " ", sentence).replace("’", "'")
    for pattern, spoken in RESPELL:
        s = re.sub(pattern, spoken, s)
    s = s.replace("« ", "").replace(" »", "")
    # French sets a space before these; the synthesiser has no use for it
    return re.sub(r" ([;:?!])", r"\1", s)


# -------------------------------------------------------------- the voice

def run(*args, data=None):
    return subprocess.run(args, input=data, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=True).stdout


def say(sentence, voice, speed, folder):
    """-> samples of one sentence, trimmed; KEEP seconds of silence on both sides"""
    v = VOICES[voice]
    markup = '<pitch level="%d"><speed level="%d">%s</speed></pitch>' % (
        v["pitch"], speed, escape(for_speech(sentence)))
    fd, wav = tempfile.mkstemp(suffix=".wav", dir=folder)
    os.close(fd)
    run("pico2wave", "-l", "fr-FR", "-w", wav, markup)
    with wave.open(wav) as w:
        assert w.getframerate() == RATE and w.getnchannels() == 1
        raw = w.readframes(w.getnframes())
    # Told that the samples are slower than they are, sox lets formants and pitch sink.
    # Some treble gives back the s and f that this dulls (pico's are weak to begin with).
    form = ("-t", "raw", "-e", "signed", "-b", "16", "-c", "1")
    raw = run("sox", "-D", *form, "-r", str(round(RATE * v["formant"])), "-",
              *form, "-", "rate", "-v", str(RATE), "treble", "6", "3500", data=raw)
    os.unlink(wav)
    a = array.array("h", raw)
    step = RATE // 200
    loud = [i for i in range(0, len(a) - step, step)
            if sum(x * x for x in a[i:i + step]) >= AUDIBLE ** 2 * step]
    first, last = loud[0], loud[-1] + step - 1
    keep = round(KEEP * RATE)
    none = array.array("h", bytes(2 * keep))
    clip = none + a + none                      # so that the slice always reaches
    clip = clip[first:last + 1 + 2 * keep]
    for i in range(keep):                       # no click where the clip begins and ends
        clip[i] = clip[i] * i // keep
        clip[-1 - i] = clip[-1 - i] * i // keep
    return clip


class Reader:
    """Says the whole page at given speeds; remembers what it said."""

    def __init__(self, items, folder):
        self.items, self.folder, self.said = items, folder, {}

    def clips(self, speeds):
        todo = [(i, speeds[it["voice"]]) for i, it in enumerate(self.items)]
        new = [k for k in todo if k not in self.said]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            made = pool.map(lambda k: say(self.items[k[0]]["text"], self.items[k[0]]["voice"],
                                          k[1], self.folder), new)
            self.said.update(zip(new, made))
        return [self.said[k] for k in todo]

    def seconds(self, voice, speed):
        """Speech before the last turn that this voice needs at this speed."""
        last = self.items[-1]["turn"]
        clips = self.clips({v: speed if v == voice else self.base[v] for v in VOICES})
        return sum(len(c) / RATE - 2 * KEEP for c, it in zip(clips, self.items)
                   if it["voice"] == voice and it["turn"] < last)


def choose_speeds(reader, room):
    """Speed levels of the two voices that fill `room` seconds best.

    The speed level is a percentage: time goes as 1 / level.  The first guess comes
    from that, with both voices at one real tempo (the formant factor slows too);
    then the neighbours are tried.
    """
    reader.base = {v: round(80 / VOICES[v]["formant"]) for v in VOICES}
    total = sum(reader.seconds(v, reader.base[v]) for v in VOICES)
    guess = {v: round(reader.base[v] * total / room) for v in VOICES}
    best = None
    a, b = VOICES
    for i in (-2, -1, 0, 1, 2):
        for j in (-2, -1, 0, 1, 2):
            s = {a: guess[a] + i, b: guess[b] + j}
            off = abs(reader.seconds(a, s[a]) + reader.seconds(b, s[b]) - room)
            off += 0.5 * abs(i - j)            # alike, unless it brings a good deal
            if best is None or off < best[0]:
                best = (off, s)
    return best[1]


# ---------------------------------------------------------------- the mix

def rms(clips):
    n = sum(len(c) for c in clips)
    return math.sqrt(sum(sum(x * x for x in c) for c in clips) / n)


def loudness(samples):
    """-> (integrated loudness in LUFS, true peak in dB)"""
    p = subprocess.run(["ffmpeg", "-hide_banner", "-nostats", "-f", "s16le", "-ar", str(RATE),
                        "-ac", "1", "-i", "-", "-af", "ebur128=peak=true", "-f", "null", "-"],
                       input=samples.tobytes(), stderr=subprocess.PIPE, check=True)
    log = p.stderr.decode()
    log = log[log.rindex("Summary:"):]
    return (float(re.search(r"I:\s+(-?[\d.]+) LUFS", log)[1]),
            float(re.search(r"Peak:\s+(-?[\d.]+) dBFS", log)[1]))


def room_tone(n, rng):
    """Soft low noise, so that a pause is a quiet room and not a broken wire."""
    loop, y = [], 0.0
    for _ in range(7 * RATE):
        y += 0.15 * (rng.gauss(0, 1) - y)
        loop.append(y)
    for i in range(800):                        # make the loop's seam smooth
        w = i / 800
        loop[i] = loop[i] * w + loop[-800 + i] * (1 - w)
    del loop[-800:]
    k = ROOM / math.sqrt(sum(x * x for x in loop) / len(loop))
    loop = array.array("h", (round(x * k) for x in loop))
    return (loop * (n // len(loop) + 1))[:n]


def id3(**frames):
    """An ID3v2.3 tag.  ffmpeg's own would hold the comment where few players look."""
    body = b""
    for name, text in frames.items():
        text = text.encode("utf-16")            # with its byte order mark
        if name == "COMM":                      # language, empty description, text
            text = b"fra" + "".encode("utf-16") + b"\0\0" + text
        data = b"\1" + text
        body += name.encode() + len(data).to_bytes(4, "big") + b"\0\0" + data
    n = len(body)
    size = bytes((n >> s) & 127 for s in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + body


def main():
    with open(PAGE, encoding="utf-8", newline="") as f:
        turns, markers = read_page(f.read())
    items = []
    for t, (voice, paragraphs) in enumerate(turns):
        for p in paragraphs:
            for k, s in enumerate(sentences(p)):
                items.append({"turn": t + 1, "voice": voice, "text": s,
                              "kind": "sentence" if k else "paragraph"})
            # the first sentence of a turn comes after the longer pause
        items[-sum(len(sentences(p)) for p in paragraphs)]["kind"] = "turn"
    mark = markers[len(turns) - 1]              # the marker stands before the last turn

    rng = random.Random(SEED)
    for it in items:
        mean, half = PAUSES[it["kind"]]
        it["pause"] = rng.uniform(mean - half, mean + half)
    items[0]["pause"] = 0
    last = next(i for i, it in enumerate(items) if it["turn"] == len(turns))
    pauses = sum(it["pause"] for it in items[:last + 1])

    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(items, folder)
        speeds = choose_speeds(reader, mark - LEAD - pauses)
        clips = reader.clips(speeds)

        # The clips have KEEP seconds of silence on both sides; all times below are
        # those of the first and last audible sample.
        spoken = [len(c) - 2 * round(KEEP * RATE) for c in clips]
        stretch = (mark - LEAD - sum(spoken[:last]) / RATE) / pauses
        print("speed levels %s, pauses x %.3f" % (speeds, stretch))
        assert 0.8 < stretch < 1.25, "the pauses would not sound natural"

        # both voices equally strong
        level = {v: rms([c for c, it in zip(clips, items) if it["voice"] == v]) for v in VOICES}
        mix = array.array("h", bytes(2 * round(TAIL_END * RATE)))
        at = LEAD * RATE
        for it, c, n in zip(items, clips, spoken):
            at += it["pause"] * stretch * RATE
            it["start"], it["end"] = round(at), round(at) + n
            at = it["end"]
            g = 2000 / level[it["voice"]]
            from_ = it["start"] - round(KEEP * RATE)
            mix[from_:from_ + len(c)] = array.array("h", (round(x * g) for x in c))

        lufs, peak = loudness(mix)
        gain = min(LOUDNESS - lufs, -1.5 - peak)
        g = 10 ** (gain / 20)
        tone = room_tone(len(mix), rng)
        mix = array.array("h", (max(-32768, min(32767, round(x * g) + y))
                                for x, y in zip(mix, tone)))
        print("loudness %.1f LUFS, true peak %.1f dB" % loudness(mix))

        # Constant bit rate: a player can seek by arithmetic.  ffmpeg and its libmp3lame
        # rather than the program lame, which leaves the Info header out when it does
        # not fit a frame of this bit rate; without it no decoder knows the encoder's
        # delay and the exact length.  bitexact: no version strings, so that the same
        # sound gives the same file.
        run("ffmpeg", "-v", "error", "-y", "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "-",
            "-c:a", "libmp3lame", "-b:a", "%dk" % KBITS, "-compression_level", "0",
            "-write_xing", "1", "-id3v2_version", "0",
            "-fflags", "+bitexact", "-flags:a", "+bitexact", MP3, data=mix.tobytes())
    with open(MP3, "rb") as f:
        sound = f.read()
    with open(MP3, "wb") as f:
        f.write(id3(TIT2="Les travailleurs invisibilisés de l’Intelligence Artificielle",
                    TPE1="Antonio Casilli, Gérald Holubowicz (texte)",
                    COMM="Voix de synthèse - synthetic voices. Licence Verbatim.") + sound)

    # 0 of the truth is the first sample that ffmpeg gives for the file.
    raw = run("ffmpeg", "-v", "error", "-i", MP3, "-f", "s16le", "-ac", "1",
              "-ar", str(RATE), "-")
    decoded = array.array("h", raw)
    offsets = [offset(mix, decoded, items[i]["start"]) for i in
               (0, 1, len(items) // 4, len(items) // 2, 3 * len(items) // 4, last)]
    print("decoded - written, samples:", offsets)
    assert max(offsets) - min(offsets) <= RATE // 1000
    shift = sorted(offsets)[len(offsets) // 2]  # 0 unless ffmpeg changes its ways

    with open(TRUTH, "w", encoding="utf-8", newline="\n") as f:
        for it in items:
            f.write(json.dumps({"start": round((it["start"] + shift) / RATE, 3),
                                "end": round((it["end"] + shift) / RATE, 3),
                                "turn": it["turn"], "text": it["text"]},
                               ensure_ascii=False) + "\n")
    print("%d turns, %d paragraphs, %d sentences, %d bytes, decoded %.3f s" % (
        len(turns), sum(len(p) for _, p in turns), len(items), os.path.getsize(MP3),
        len(decoded) / RATE))


def offset(a, b, start, reach=1600, width=8000):
    """By how many samples b lags behind a near `start`: best cross-correlation."""
    lo = max(0, start - reach)                  # the first sentence starts at 0.6 s
    w = a[start:start + width]
    def score(d):
        return sum(x * y for x, y in zip(w[::2], b[start + d:start + d + width:2]))
    coarse = max(range(lo - start, reach + 1, 4), key=score)
    return max(range(coarse - 4, coarse + 5), key=score)


if __name__ == "__main__":
    sys.exit(main())
