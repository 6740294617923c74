#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small good files for fuzz_sound to start from: seed_sound.py FOLDER.

Each is written once for every door of the fuzzer, which its first byte chooses."""
import math
import os
import shutil
import struct
import subprocess
import sys
import tempfile

DOORS = 4


def riff(form, data):
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form
    body += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def wav(rate, channels, seconds):
    values = [int(9000 * math.sin(i * i / 9e4)) for i in range(int(rate * seconds) * channels)]
    data = struct.pack(f"<{len(values)}h", *values)
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * 2 * channels, 2 * channels, 16)
    return riff(form, data)


def frame(name, content):
    return name + struct.pack(">IH", len(content), 0) + content


def id3(version, frames, flags=0):
    size = bytes(len(frames) >> shift & 127 for shift in (21, 14, 7, 0))
    return b"ID3" + bytes([version, 0, flags]) + size + frames


def chapter(name, start, end):
    times = struct.pack(">IIII", start, end, 0xFFFFFFFF, 0xFFFFFFFF)
    return frame(b"CHAP", name + b"\0" + times + frame(b"TIT2", b"\3" + name))


def with_vbri(sound):
    """The first frame as one encoder of old began its files."""
    tag = b"VBRI" + struct.pack(">HHHIIHHHH", 1, 0, 75, len(sound), 18, 0, 1, 2, 1)
    return sound[:36] + tag + sound[36 + len(tag):]


def mp3_in_wav(sound):
    return riff(struct.pack("<HHIIHH", 0x55, 1, 44100, 4000, 1, 0), sound)


def by_tools(folder):
    source = os.path.join(folder, "in.wav")
    ffmpeg = ["ffmpeg", "-v", "error", "-y", "-i", source, "-bitexact"]  # the same every time
    with open(source, "wb") as out:
        out.write(wav(44100, 1, 0.4))
    commands = {
        "cbr.mp3": ["lame", "--quiet", "-b", "32", source],
        "vbr.mp3": ["lame", "--quiet", "-V", "6", source],
        "bare.mp3": ["lame", "--quiet", "-t", "-b", "40", source],
        "free.mp3": ["lame", "--quiet", "--freeformat", "-b", "40", source],
        "low.mp3": ["lame", "--quiet", "-b", "8", "--resample", "8", source],
        "tone.flac": ffmpeg,
        "tone.ogg": ffmpeg + ["-c:a", "libvorbis"],
        "tone.opus": ffmpeg + ["-c:a", "libopus"],
        "tone.mp2": ffmpeg + ["-c:a", "mp2"],
    }
    for name, command in commands.items():
        if not shutil.which(command[0]):
            print(f"skipped {name}: {command[0]} is missing")
            continue
        path = os.path.join(folder, name)
        subprocess.run(command + [path], check=True, stdin=subprocess.DEVNULL)
        with open(path, "rb") as made:
            yield name, made.read()


def all_seeds(folder):
    yield "mono.wav", wav(22050, 1, 0.1)
    yield "wide.wav", wav(8000, 6, 0.05)
    title = frame(b"TIT2", b"\1\xff\xfe" + "Été".encode("utf-16-le"))
    artist = frame(b"TPE1", b"\0Gwena\xebl")
    chapters = chapter(b"b", 5000, 9000) + chapter(b"a", 0, 5000)
    made = dict(by_tools(folder))
    yield from made.items()
    sound = made.get("cbr.mp3", b"")
    yield "tagged.mp3", id3(3, title + artist + chapters) + sound
    yield "changed.mp3", id3(3, title + b"APIC\0\0\0\4\0\0\xff\0\xff\0", 0x80) + sound
    yield "old.mp3", id3(2, b"TT2\0\0\5\0Abcd" + b"TP1\0\0\3\0Xy") + sound
    long = frame(b"TIT2", b"\2" + ("é" * 300).encode("utf-16-be"))
    yield "long.mp3", id3(4, long + chapters) + sound
    yield "bare.id3", id3(4, title)
    yield "zeros", bytes(5000)
    yield "adts.aac", (bytes.fromhex("fff15080021ffc") + bytes(9)) * 5
    yield "vbri.mp3", with_vbri(sound)
    yield "mp3.wav", mp3_in_wav(sound)
    yield "twice.mp3", sound + made.get("low.mp3", b"") + b"TAG" + bytes(125)


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, content in all_seeds(scratch):
            for door in range(DOORS):
                with open(os.path.join(folder, f"{name}.{door}"), "wb") as out:
                    out.write(bytes([door]) + content)


main()
