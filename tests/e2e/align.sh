#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `verbatim align` on texts and sounds that do not suit each other, and on lists of many.
# Makes its inputs from the sample.  Prints "ok N - claim" or "not ok N - claim", then the counts.
set -u
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${VERBATIM:-build/release/verbatim}")
sample=$PWD/assets/sample
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE='' HOME=$work XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state
unset DISPLAY WAYLAND_DISPLAY
passed=0 failed=0 skipped=0
cd "$work" || exit 1

claim() { # sentence, condition …
    local sentence=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "ok $((passed + failed)) - $sentence"
    else
        failed=$((failed + 1))
        echo "not ok $((passed + failed)) - $sentence"
        printf '    %s\n' "command: $command" "exit: $code" "stderr: $(head -c 900 err)" \
            "stdout: $(head -c 900 out)"
    fi
}
skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1"
}
run() {
    command="verbatim $*"
    (ulimit -t 120 && exec timeout 600 "$program" "$@") >out 2>err </dev/null
    code=$?
}
finish() {
    echo "$passed passed, $failed failed$([ $skipped -gt 0 ] && echo ", $skipped skipped")"
    [ "$failed" -eq 0 ]
    exit
}

run align "$sample/casilli.mp3" /nowhere.txt
: >few.txt
printf 'Anne: Bonjour.\n' >few.txt
run align "$sample/casilli.mp3" few.txt --language fr
if grep -q 'without espeak-ng' err; then
    skip "built without espeak-ng"
    finish
fi

# --- inputs -----------------------------------------------------------------

lame --quiet --decode "$sample/casilli.mp3" all.wav
python3 - "$sample/casilli.truth.jsonl" <<'P'
import json, math, re, struct, sys, wave
segments = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
def page(name, segments, change=lambda text: text, mark={}):
    with open(name, "w", encoding="utf-8") as f:
        f.write("Talk\nTitre : Talk\nIntervenants : Anne Martin\nTranscription\n")
        for i, s in enumerate(segments):
            f.write(mark.get(i, "") + "Anne Martin : " + change(s["text"]) + "\n")
def between(a, b):
    return [s for s in segments if a <= s["start"] and s["end"] <= b]
def sound(name, seconds, at):
    with wave.open(name, "wb") as f:
        f.setnchannels(1), f.setsampwidth(2), f.setframerate(16000)
        f.writeframes(b"".join(struct.pack("<h", int(at(i / 16000) * 20000)) for i in range(int(seconds * 16000))))
def cut(name, a, b):
    with wave.open("all.wav") as f:
        rate = f.getframerate()
        f.setpos(int(a * rate))
        frames, shape = f.readframes(int((b - a) * rate)), f.getparams()
    with wave.open(name, "wb") as g:
        g.setparams(shape), g.writeframes(frames)
minute = between(0, 61)
cut("minute.wav", 0, 62), cut("second.wav", 0.5, 1.5), cut("later.wav", 300, 480)
page("minute.txt", minute)
page("whole.txt", segments)
page("other.txt", between(500, 561))
page("middle.txt", between(340, 420))
page("one.txt", [{"text": "Imaginaires."}])
page("thin.txt", minute, lambda t: " ".join(w for i, w in enumerate(t.split()) if i % 5 != 2))
page("marked.txt", between(0, 61), mark={3: "@06:00\n"})
page("breathless.txt", [{"text": re.sub(r"[^\w' ’]", " ", " ".join(s["text"] for s in between(0, 215)))}])
page("odd.txt", minute, lambda t: t + " 😀 https://april.org/a?b=1 12 345,67 € SNCF & ☎️")
english = ("The committee will meet on Thursday in the old town hall to talk about the new bridge that "
           "nobody wanted. ") + "It is said that the river was here before the houses and will be there after them. "
page("english.txt", [{"text": english * 5}])
page("thai.txt", [{"text": "qzx vvv wqp " * 40}])
chords = lambda t: sum(math.sin(2 * math.pi * f * t) for f in [(220, 277, 330), (196, 247, 294)][int(t) % 2]) / 4
sound("music.wav", 60, chords)
P
printf '' >empty.txt

# --- what does not suit -----------------------------------------------------

# Nothing but a sentence, and exit 1.
refused() { [ "$code" -eq 1 ] && [ "$(grep -c . err)" -eq 1 ] && grep -qE "$1" err && [ ! -s out ]; }
# Words with times: an expression about `rows`, and no word longer than five seconds.
heard() {
    [ "$code" -eq 0 ] && python3 -c 'import json, sys
rows = [json.loads(line) for line in open("out", encoding="utf-8")]
timed = [r for r in rows if r["start"] is not None]
long = [r for r in timed if r["end"] - r["start"] > 5]
sys.exit(0 if not long and eval(sys.argv[1]) else 1)' "$1"
}
words() { run align "$1" "$2" --words --language fr "${@:3}"; }

words minute.wav minute.txt
claim "a minute of the sample is heard" heard 'len(timed) == len(rows) and len(rows) > 100'
words minute.wav other.txt
claim "the text of another part is refused" refused 'belong together'
words minute.wav english.txt
claim "a text in another language is refused" refused 'belong together'
run align minute.wav english.txt --words --language en
claim "so it is with the voice of that language" refused 'belong together'
words minute.wav empty.txt
claim "an empty text is refused" test "$code" -eq 1 -a ! -s out
words second.wav one.txt
claim "one word and a second of sound end without a hang" test "$code" -le 1
words second.wav minute.txt
claim "a minute of text is not looked for in a second of sound" refused 'too long for this sound'
words minute.wav one.txt
claim "one word is no more than a word in a minute" \
    test "$code" -eq 1 -o "$(python3 -c 'import json
r = [json.loads(l) for l in open("out")]
print(len(r) == 1 and (r[0]["start"] is None or r[0]["end"] - r[0]["start"] < 5))')" = True
words music.wav minute.txt
claim "music is refused" refused 'belong together|no speech'
words minute.wav thin.txt
claim "with every fifth word missing from the text the others are heard" \
    heard 'len(timed) >= 0.97 * len(rows)'
words minute.wav marked.txt
claim "a marker that is five minutes off does no harm" heard 'len(timed) == len(rows)'
words all.wav breathless.txt
claim "a long turn without a full stop is heard, and what follows is left without words" \
    heard 'len(rows) > 390 and len(timed) >= 0.97 * len(rows) and timed[-1]["end"] < 212'
words minute.wav odd.txt
claim "digits, pictures, addresses and acronyms that nobody says take no other word along" \
    heard 'len([r for r in timed if r["origin"] == "aligned"]) > 0.6 * len(rows)'
words all.wav whole.txt --around 8:20
sure() { python3 -c 'import json, sys
rows = [json.loads(line)["start"] for line in open("out", encoding="utf-8")]
truth = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
first, off = 0, []
for s in truth:
    if 420 < s["start"] < 580:
        off.append(abs(rows[first] - s["start"]))
    first += sum(any(c.isalnum() for c in w) for w in s["text"].split())
sys.exit(0 if first == len(rows) and len(off) > 6 and sorted(off)[len(off) // 2] < 0.1 else 1)' "$sample/casilli.truth.jsonl"; }
claim "what is heard around a moment is found, and nothing else is looked for" \
    heard 'min(r["start"] for r in timed) > 300 and max(r["end"] for r in timed) < 700'
claim "half of its sentences to a tenth of a second" sure
words all.wav other.txt --around 2:00
claim "around a moment that the text does not tell of, nothing is" refused 'were not found'
words later.wav middle.txt
claim "80 seconds of text are found in 180 seconds of sound" \
    heard '45.5 < timed[0]["start"] < 46.5 and timed[-1]["end"] < 96'
run align minute.wav thai.txt --words
claim "a language that can't be told must be named" refused 'name it'
run align minute.wav minute.txt --language tlh-x
claim "a language without a voice is said" refused 'no voice'

# --- many -------------------------------------------------------------------

row() { python3 -c 'import json, sys
rows = [json.loads(line) for line in open("out", encoding="utf-8")]
sys.exit(0 if eval(sys.argv[1]) else 1)' "$1"; }
printf '# the minutes\nminute.wav\tminute.txt\tone.jsonl\nminute.wav\tnowhere.txt\n\nminute.wav\nminute.wav\tother.txt\nminute.wav\tthin.txt\tthin.srt\n' >list.tsv
run align --batch list.tsv --language fr --json --jobs 2
claim "a batch goes on after failures, and ends with exit 1" test "$code" -eq 1
claim "it tells what became of each" row \
    '[r["result"] for r in rows] == ["aligned", "failed", "failed", "failed", "aligned"]'
claim "what was aligned is written, what failed is not" \
    test -s one.jsonl -a -s thin.srt -a ! -e other.jsonl
sums=$(sha256sum one.jsonl thin.srt)
run align --batch list.tsv --language fr
claim "what is there is passed over, and not touched" sha256sum --quiet -c <<<"$sums"
claim "the table tells so" grep -q '0 aligned, 0 of them doubtful; 2 were done before; 3 failed' out
printf 'minute.wav\tminute.txt\tone.jsonl\n' >done.tsv
run align --batch done.tsv
claim "a batch that is done is done: exit 0" test "$code" -eq 0
run align --batch empty.txt
claim "an empty list is refused" refused 'empty'
run align --batch list.tsv minute.wav
claim "a list and other files are wrong usage" test "$code" -eq 2
sed -n 2p list.tsv | sed 's/one/array/' | "$program" align --batch - --language fr >out 2>err
code=$? command="sed -n 2p list.tsv | verbatim align --batch -"
claim "one line of a list is the work of one task of an array" test "$code" -eq 0 -a -s array.jsonl
claim "and finds what the others found" cmp -s one.jsonl array.jsonl
if command -v parallel >/dev/null 2>&1; then
    printf 'minute.wav\tminute.txt\nminute.wav\tthin.txt\n' >pairs.tsv
    parallel --will-cite -j 2 --colsep '\t' "$program" align {1} {2} --language fr -o {2.}.par.jsonl \
        :::: pairs.tsv >out 2>err </dev/null
    code=$? command="parallel … verbatim align {1} {2} -o {2.}.par.jsonl :::: pairs.tsv"
    claim "GNU parallel spreads pairs" test "$code" -eq 0 -a -s minute.par.jsonl -a -s thin.par.jsonl
    claim "and finds what a batch finds" cmp -s one.jsonl minute.par.jsonl
else
    skip "GNU parallel is not here"
fi

finish
