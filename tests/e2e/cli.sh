#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The command line on good and bad input: exit code, one sentence, no file changed, bounded time.
# Makes its inputs itself.  Prints "ok N - claim" or "not ok N - claim", then the counts.
set -u
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${VERBATIM:-build/release/verbatim}")
root=$PWD
sample=$root/assets/sample
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE='' HOME=$work/home XDG_CONFIG_HOME=$work/config \
    XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache XDG_RUNTIME_DIR=$work/run
unset DISPLAY WAYLAND_DISPLAY VERBATIM_DATA
mkdir -m 700 "$work/home" "$work/run"
passed=0 failed=0 skipped=0
cd "$work" || exit 1

# --- how a claim is tested --------------------------------------------------

claim() { # sentence, condition …
    local sentence=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "ok $((passed + failed)) - $sentence"
    else
        failed=$((failed + 1))
        echo "not ok $((passed + failed)) - $sentence"
        printf '    %s\n' "command: $command" "exit: $code" "stderr: $(head -c 600 err)" \
            "stdout: $(head -c 300 out)"
    fi
}
skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1"
}

# Ten times the aim of a second of CPU, unless a claim sets it otherwise; by the clock only what
# hangs is ended, for the machine may have much else to do.
seconds=10
run() {
    command="verbatim $*"
    (ulimit -t "$seconds" && exec timeout $((seconds * 20)) "$program" "$@") >out 2>err </dev/null
    code=$?
}

sentences() { [ "$(grep -c . err)" -eq "$1" ] && grep -q '^verbatim: ' err; }
# The work failed: exit 1 and one sentence that says what must be read in it.
# What gets lost is said, too, before the failure.
fails() { [ "$code" -eq 1 ] && sentences "$(($(grep -c "can't hold" err) + 1))" && grep -qE "$1" err && [ ! -s out ]; }
# Wrong usage: exit 2, a sentence and the way to the help.
misused() { [ "$code" -eq 2 ] && sentences 2 && grep -qE "$1" err && [ ! -s out ]; }
prints() { [ "$code" -eq 0 ] && grep -qE "$1" out; }
quietly() { [ "$code" -eq 0 ] && [ ! -s err ]; }
same() { [ "$(sha256sum <"$1")" = "$2" ]; }
json() { # an expression about `rows`, the objects that were printed
    python3 -c 'import json, sys
rows = [json.loads(line) for line in open("out", encoding="utf-8")]
sys.exit(0 if eval(sys.argv[1]) else 1)' "$1"
}
both() { "${1}" "${2}" && "${3}" "${4}"; }

# --- inputs -----------------------------------------------------------------

page=$sample/casilli.txt
sound=$sample/casilli.mp3
cp "$page" page.txt
cp "$sound" talk.mp3
mkdir folder
: >empty.txt
printf ' \n\n\t\n' >blank.txt
head -c 20000 /dev/urandom >noise.mp3
printf '<?xml version="1.0"?>\n<shopping>milk</shopping>\n' >prose.txt
head -c 1000000 "$sound" >cut.mp3
iconv -f UTF-8 -t WINDOWS-1252//TRANSLIT "$page" >cp1252.txt
iconv -f UTF-8 -t UTF-16 "$page" >utf16.txt
grep -v '^16’ 20' "$page" >no-marker.txt
python3 - "$page" "$sound" <<'PYTHON'
import random, sys, wave
page, sound = open(sys.argv[1], encoding="utf-8").read(), open(sys.argv[2], "rb").read()
middle = len(sound) // 2
garbage = random.Random(1).randbytes(5 << 20)
open("garbage.mp3", "wb").write(sound[:middle] + garbage + sound[middle:])
def write(name, text):
    open(name, "w", encoding="utf-8").write(text)
head, turns = page.split("Transcription\n", 1)
head += "Transcription\n"
write("long.txt", head + turns * (60_000_000 // len(turns.encode())))
write("too-long.txt", head + turns * (70_000_000 // len(turns.encode())))
write("line.txt", head + "\nAntonio Casilli : " + "parole " * 150_000 + "\n")
write("doubled.txt", head + "\nAntonio Casilli : " + "".join("mot%d de de " % i for i in range(60_000)) + "\n")
write("one-word.txt", head + "\nAntonio Casilli : " + "x" * 1_000_000 + "\n")
write("nul.txt", turns.replace(". ", ".\0 ", 40).join([head, ""]))
marks = ["90’ 00", "16’ 20", "8’ 00", "8’ 00", "99’ 59"]
paragraphs = turns.split("\n\n")
for i, mark in enumerate(marks):
    paragraphs.insert(1 + 2 * i, mark)
write("wrong-markers.txt", head + "\n\n".join(paragraphs))
with wave.open("short.wav", "wb") as out:
    out.setnchannels(1), out.setsampwidth(2), out.setframerate(16000)
    out.writeframes(b"\0\1" * 1600)
PYTHON
sums=$(find . -maxdepth 1 -type f ! -name out ! -name err -exec sha256sum {} +)

# --- files that can't be read -----------------------------------------------

for way in info 'convert --to jsonl' '--terminal --silent'; do
    # shellcheck disable=SC2086
    try() { run $way "$1"; }
    try missing.txt
    claim "$way: a missing file is named" fails 'missing.txt: there is no such file'
    try folder
    claim "$way: a folder is no file" fails 'folder: this is a folder'
    try empty.txt
    claim "$way: an empty file is told so" fails 'empty.txt: .*empty'
    try blank.txt
    claim "$way: so is one of white space" fails 'blank.txt: .*empty'
    try noise.mp3
    claim "$way: what is neither sound nor text is refused" fails 'noise.mp3: '
    try prose.txt
    claim "$way: a text without turns is refused" fails 'prose.txt: '
    try too-long.txt
    claim "$way: a text of 70 MB is refused" fails 'too-long.txt: .*64 MB'
done

if [ "$(id -u)" -ne 0 ]; then
    cp page.txt closed.txt && chmod 000 closed.txt
    run info closed.txt
    claim "an unreadable file is told so" fails 'closed.txt: you may not read'
elif command -v setpriv >/dev/null; then
    mkdir open && cp "$program" open/verbatim && cp page.txt open/closed.txt
    chmod 711 "$work" && chmod 755 open && chmod 000 open/closed.txt && chmod 666 out err
    command="verbatim info closed.txt, as another user"
    (cd open && ulimit -t 10 && setpriv --reuid=65534 --regid=65534 --clear-groups ./verbatim info closed.txt) >out 2>err
    code=$?
    claim "an unreadable file is told so" fails 'closed.txt: you may not read'
else
    skip "an unreadable file: root may read all, and setpriv is not here"
fi

# --- odd files that can be read ---------------------------------------------

run info --json page.txt
claim "the sample page has 5 turns and 2069 words" both quietly '' json \
    'rows[0]["turns"] == 5 and rows[0]["words"] == 2069'
run info --json cp1252.txt
claim "a page in Windows-1252 reads the same" json \
    '(rows[0]["encoding"], rows[0]["turns"], rows[0]["words"]) == ("windows-1252", 5, 2069)'
run info --json utf16.txt
claim "a page in UTF-16 reads the same" json \
    '"UTF-16" in rows[0]["encoding"] and (rows[0]["turns"], rows[0]["words"]) == (5, 2069)'
run info --json no-marker.txt
claim "a page without any marker is read" json \
    'rows[0]["markers"] == [] and rows[0]["turns"] == 5'
run info wrong-markers.txt
claim "a page whose every marker is wrong is read, and each is told with its line" \
    test "$code" -eq 0 -a "$(grep -cE '^wrong-markers.txt:[0-9]+: (warning|note): ' out)" -ge 4
run info --json nul.txt
claim "NUL bytes in a page do no harm" json 'rows[0]["turns"] == 5'
run info --json line.txt
claim "a line of 1 MB is read" json 'rows[0]["words"] == 150000'
run info --json one-word.txt
claim "a word of 1 MB is read" json 'rows[0]["turns"] == 1'
seconds=80 # a million words a second is the aim; these are eight
run info --json long.txt
claim "a text of 60 MB is read" json 'rows[0]["words"] > 8000000'
run convert long.txt --to jsonl -o long.jsonl
claim "a text of 60 MB is converted" test "$code" -eq 0 -a "$(wc -l <long.jsonl)" -gt 80000
rm -f long.jsonl
seconds=10

run info --json talk.mp3
claim "the recording's length is counted" json 'abs(rows[0]["duration"] - 985) < 1'
run info --json cut.mp3
claim "a cut-off MP3 is as long as what is left" json '300 < rows[0]["duration"] < 340'
run info --json garbage.mp3
claim "an MP3 with 5 MB of garbage inside is told" json \
    '980 < rows[0]["duration"] < 1000 and rows[0]["notes"]'
run info --json short.wav
claim "a sound of a tenth of a second is one" json 'abs(rows[0]["duration"] - 0.1) < 0.001'

# --- playing odd files ------------------------------------------------------

play() { run --terminal --silent "$@"; }
play talk.mp3 cut.mp3
claim "two recordings are no pair" fails 'both recordings'
play page.txt no-marker.txt
claim "two transcripts are no pair" fails 'both transcripts'
play short.wav page.txt
claim "a tenth of a second plays to its end" test "$code" -eq 0
play page.txt cut.mp3 --start 4:00 --stop-at 4:01
claim "a cut-off MP3 plays" prints '^\[≈[0-9:]+\] '
play garbage.mp3 page.txt --start 9:00 --stop-at 9:01
claim "an MP3 with garbage plays behind it" prints '^\[≈[0-9:]+\] '
play talk.mp3 wrong-markers.txt --start 1:00 --stop-at 1:01
claim "a page whose every marker is wrong plays" prints '^\[≈[0-9:]+\] Gérald Holubowicz'
play one-word.txt talk.mp3 --start 1:00 --stop-at 1:01
claim "a word of 1 MB plays" test "$code" -eq 0
play talk.mp3 missing.txt
claim "a missing partner is told" fails 'missing.txt: there is no such file'
cp page.txt talk.txt
play talk.mp3 --start 16:19.5 --stop-at 16:21
claim "a partner of the same name is found" prints '^\[16:20\] Gérald Holubowicz$'
rm talk.txt
play page.txt
claim "a transcript alone is read out whole" prints '^Donc toi,$'

# --- info -------------------------------------------------------------------

run info missing.txt page.txt folder talk.mp3
claim "info goes on after a bad file, and ends with 1" \
    test "$code" -eq 1 -a "$(grep -c '^verbatim: ' err)" -eq 2 -a "$(grep -cE '^(page.txt|talk.mp3): ' out)" -eq 2
run info --json missing.txt page.txt
claim "info --json prints an object a line, errors too" json \
    'rows[0]["error"]["code"] == "not-found" and rows[0]["error"]["file"] == "missing.txt" and rows[1]["turns"] == 5'
run info --json page.txt
claim "info --json has the promised keys of a transcript" json \
    '{"format", "variant", "encoding", "line_ends", "title", "metadata", "speakers", "turns", "words", "sections", "markers", "duration_stated", "notes"} <= set(rows[0])'
claim "the marker stands at 980 s, as written" json \
    'rows[0]["markers"] == [{"time": 980, "text": "16’ 20"}] and rows[0]["duration_stated"] == 3736'
claim "the header is its metadata" json \
    'rows[0]["metadata"]["Lieu"] == "En ligne - Podcast Imaginaires" and "" not in rows[0]["metadata"]'
claim "its two speakers are counted" json \
    '{s["name"]: s["turns"] for s in rows[0]["speakers"]} == {"Antonio Casilli": 2, "Gérald Holubowicz": 3}'
run info --json talk.mp3
claim "info --json has the promised keys of a recording" json \
    '{"codec", "rate", "channels", "duration", "title", "artist", "chapters", "notes"} <= set(rows[0]) and rows[0]["codec"] == "mp3"'
run info page.txt
claim "info for people names the speakers" prints '^  speakers +Antonio Casilli \(2 turns, 1402 words\)$'
run info
claim "info without a file is misused" misused 'name a transcript'
command="verbatim info - <page.txt"
"$program" info - <page.txt >out 2>err
code=$?
claim "info reads the standard input" prints '^-: a transcript$'

# --- check ------------------------------------------------------------------

found() { [ "$code" -eq "$1" ] && grep -qE "$2" out; }
printf 'Titre : Essai\n\nIntervenants : Anne\n\nTranscription\n\nAnne : Nous parlons de travail ici.\n' >clean.txt
sed 's/de travail/de de travail/' clean.txt >odd.txt
run check --no-state clean.txt
claim "a page without anything odd ends check with 0" test "$code" -eq 0 -a ! -s out
run check --no-state odd.txt
claim "what is odd is told by file, line and column, and ends it with 1" \
    found 1 '^odd\.txt:7:[0-9]+: doubt: .*\[doubled-word\] 00:00$'
run check --no-state --json odd.txt
claim "check --json prints an object for each, with its bytes" test "$code" -eq 1
claim "… and its name" json 'rows[0]["check"] == "doubled-word"'
run check --no-state --off spelling,doubled-word odd.txt
claim "a check that is off tells nothing" test "$code" -eq 0 -a ! -s out
run check --no-state --level mistake odd.txt
claim "what is below --level is no failure" test "$code" -eq 0
run check --no-state --off dubled-word odd.txt
claim "a check that is not there can't be switched off" misused 'no check “dubled-word”'
run check --no-state clean.txt --compare odd.txt
claim "what a second text has otherwise is told" found 1 '\[difference\] '
run check --no-state missing.txt
claim "a page that can't be read ends check with 3" test "$code" -eq 3 -a ! -s out
run check --no-state --off spelling doubled.txt
claim "60,000 findings in one line are told in no time" found 1 ':[0-9]{6}: doubt: .*\[doubled-word\]'
run check
claim "check without a page is misused" misused 'name a transcript'

# --- convert ----------------------------------------------------------------

run convert page.txt --to jsonl
claim "convert prints a row for each paragraph" json 'len(rows) == 23 and list(rows[0]) == ["start", "end", "speaker", "text", "turn"]'
claim "only stated times are written" json \
    '[row["start"] for row in rows if row["start"] is not None] == [980] and rows[-1]["end"] is None'
cp out printed
run convert --to=jsonl -o written.jsonl page.txt
claim "-o writes the same" cmp -s printed written.jsonl
run convert page.txt -o by-name.jsonl
claim "the ending of -o tells the format" cmp -s printed by-name.jsonl
run convert page.txt --to jsonl -o -
claim "-o - prints" cmp -s printed out
command="verbatim convert - --to jsonl <page.txt"
"$program" convert - --to jsonl <page.txt >out 2>err
code=$?
claim "convert reads the standard input" cmp -s printed out
run convert page.txt --to jsonl --estimated
claim "--estimated gives every row a time, in rising order" json \
    'all(row["start"] is not None for row in rows) and [r["start"] for r in rows] == sorted(r["start"] for r in rows)'
run convert page.txt --to jsonl --estimated --sound talk.mp3
claim "--sound bounds the estimate" json 'all(row["end"] <= 985.1 for row in rows)'
cp page.txt talk.txt
run convert talk.txt --to jsonl --estimated
claim "so does a partner beside the page" json 'all(row["end"] <= 985.1 for row in rows)'
rm talk.txt
run convert page.txt --to jsonl --words
claim "--words gives a row for each word" json \
    'len(rows) == 2069 and list(rows[0]) == ["word", "start", "end", "turn", "speaker", "confidence", "origin"]'
run convert page.txt
claim "without a format convert lists what can be written" misused '^verbatim: --to FORMAT is missing; .*jsonl'
run convert page.txt -o page.xyz
claim "an ending that no format has is told" misused 'page\.xyz; .*jsonl'
run convert page.txt --to nonsense
claim "an unknown format is told" misused 'no format .nonsense.; .*jsonl'
run convert page.txt --to april -o again.txt
claim "a page of the wiki is written" test "$code" -eq 0
run convert page.txt --to jsonl -o page.rows
run convert again.txt --to jsonl -o again.rows
claim "and read again it says the same" cmp -s page.rows again.rows
run convert --to jsonl
claim "convert without a transcript is misused" misused 'name the transcript'
run convert page.txt cp1252.txt --to jsonl
claim "several transcripts need a folder" misused 'go into a folder'
mkdir -p folder
run convert page.txt cp1252.txt --to jsonl -o folder
claim "several transcripts are converted into it" test "$code" -eq 0 -a -s folder/page.jsonl -a -s folder/cp1252.jsonl
run convert page.txt --to jsonl --strict -o folder/strict.jsonl
claim "--strict writes nothing where something gets lost" test "$code" -eq 1 -a ! -e folder/strict.jsonl
claim "and says what" grep -q "jsonl can't hold 1 time marker" err
run convert --list-formats --json
claim "the formats are listed as JSON" json '{"name": "srt", "extensions": "srt", "reads": True, "writes": True, "edits": True, "summary": "SubRip subtitles"} in rows'
run convert page.txt --to srt
claim "times that nobody states are not written" fails '22 of 23 paragraphs have no time'
run convert page.txt --to srt --estimated
claim "nor guessed, unless asked" grep -q '^00:00:00,000 --> ' out
ln -s page.txt link.jsonl
ln page.txt hard.jsonl
for target in page.txt ./page.txt link.jsonl hard.jsonl; do
    run convert page.txt --to jsonl -o "$target"
    claim "what is read is not written over, called $target" misused 'is what is read'
done
rm link.jsonl hard.jsonl
run convert page.txt --to jsonl --sound talk.mp3 -o talk.mp3
claim "nor is the recording" misused 'talk.mp3 is what is read'
run convert page.txt --to jsonl -o nowhere/out.jsonl
claim "a place that is not there is told" fails "nowhere/out.jsonl: can't be written"
run convert page.txt --to jsonl --sound prose.txt
claim "a recording that is none is told" fails 'prose.txt'
if [ -e /dev/full ]; then
    command="verbatim convert page.txt --to jsonl >/dev/full"
    "$program" convert page.txt --to jsonl >/dev/full 2>err
    code=$? && : >out
    claim "a full disk is told" fails "can't be written"
fi
run convert missing.txt --to jsonl --json
claim "--json prints the error as JSON, too" json 'rows[0]["error"]["message"].startswith("missing.txt: ")'
run convert page.txt --to nonsense --json
claim "--json prints wrong usage as JSON, too" json 'rows[0]["error"]["code"] == "usage"'

# --- usage ------------------------------------------------------------------

run
claim "without files and display the usage is told" misused 'name a recording'
run --strat 5 talk.mp3
claim "an unknown option: did you mean" misused 'no option --strat; did you mean --start\?'
run inof page.txt
claim "an unknown command: did you mean" misused 'did you mean “info”'
run --send next-trun
claim "an unknown order: did you mean" misused 'did you mean “next-turn”'
run --send state
claim "--send without a running program fails" fails 'run'
run --start soon talk.mp3 page.txt
claim "a time that is none is told" misused '“soon” is no time'
run "$(printf 'a\033[2Jb')"
claim "an escape code in a name does not reach the terminal" fails '^verbatim: a�\[2Jb: there is no such file'
run --theme pink talk.mp3
claim "a theme that is none is told" misused 'light dark'
run --zoom 7 talk.mp3
claim "a zoom that is too small is told" misused 'zoom'
run --scale 9 talk.mp3
claim "a scale that is too large is told" misused 'scale'
run a.mp3 b.txt c.txt
claim "three files are too many" misused '3 files'
run --sample page.txt
claim "--sample takes no files" misused 'sample'
for time in 16:20 16’20 "16’ 20" 0:16:20 980 980.0; do
    play talk.mp3 page.txt --start "$time" --stop-at 16:21
    claim "--start $time is where the marker stands" prints '^\[16:20\] Gérald Holubowicz$'
done

# --- help, manual, completion -----------------------------------------------

run --version
claim "--version names program and libraries" both prints '^verbatim [^ ]+$' prints '^  libmpg123 '
for words in --help help 'help play' 'help info' 'help convert' 'info --help' 'convert -h'; do
    # shellcheck disable=SC2086
    run $words
    claim "verbatim $words tells the usage" prints '^Usage: verbatim '
done
run help keys
claim "help keys lists the space bar" prints '^  Space, '
run help formats
claim "help formats lists april and jsonl" both prints '^  april ' prints '^  jsonl '
run help settings
claim "help settings tells where they are" prints "$work/config/verbatim/settings"
run help orders
claim "help orders lists seek" prints '^  seek TIME '
run help keyz
claim "unknown help: did you mean" misused 'did you mean “keys”'
run help --man
claim "the manual holds the lists as they are" \
    cmp -s "$root/doc/verbatim.1" <(awk -f "$root/doc/lists.awk" out "$root/doc/verbatim.1")
for shell in bash:verbatim.bash zsh:_verbatim fish:verbatim.fish; do
    run help --completion "${shell%%:*}"
    claim "the completion of ${shell%%:*} is up to date" \
        cmp -s out "$root/assets/completions/${shell#*:}"
done

# --- and nothing was changed ------------------------------------------------

command="all of the above" code=0
claim "no file that was read has changed" sha256sum --quiet -c <<<"$sums"

echo "$passed passed, $failed failed$([ $skipped -gt 0 ] && echo ", $skipped skipped")"
[ "$failed" -eq 0 ]
