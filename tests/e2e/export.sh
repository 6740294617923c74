#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The page and the book that `verbatim export` makes: files and sentences here, the page in a
# browser by export.py, the book by epubcheck, each where it is installed.
set -u
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${VERBATIM:-build/release/verbatim}")
here=$PWD/tests/e2e
pages=$PWD/tests/data/formats
sample=$PWD/assets/sample
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE='' HOME=$work/home XDG_CONFIG_HOME=$work/config \
    XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache XDG_RUNTIME_DIR=$work/run
unset DISPLAY WAYLAND_DISPLAY VERBATIM_DATA
mkdir -m 700 "$work/home" "$work/run" "$work/site" "$work/site/sound files"
number=0
cd "$work" || exit 1

claim() { # sentence, condition …
    local sentence=$1
    shift
    number=$((number + 1))
    if "$@"; then
        echo "ok $number - $sentence"
    else
        echo "not ok $number - $sentence"
        printf '    exit: %s, stderr: %s\n' "$code" "$(head -c 600 err)"
    fi
}
run() {
    (ulimit -t 60 && exec timeout 120 "$program" "$@") >out 2>err </dev/null
    code=$?
}
done_well() { [ "$code" -eq 0 ]; }
holds() { grep -qE "$2" "$1"; }
misused() { [ "$code" -eq 2 ] && grep -qE "$1" err; }
failed_with() { [ "$code" -eq 1 ] && grep -qE "$1" err; }

# Twenty seconds of tone, and a talk whose words are said one a second.
python3 - "$work" <<'END'
import json, math, struct, sys, wave
work = sys.argv[1]
for name in ("site/talk.wav", "site/sound files/été #1.wav"):
    with wave.open(f"{work}/{name}", "wb") as w:
        w.setparams((1, 2, 8000, 0, "NONE", ""))
        w.writeframes(b"".join(struct.pack("<h", int(3000 * math.sin(i / 4))) for i in range(160000)))
said = "Bonjour à tous . Merci d’être là , on commence tout de suite . Très bien , allons y !".replace(" .", ".").replace(" ,", ",").replace(" !", "\u00a0!").split(" ")
with open(f"{work}/site/talk.jsonl", "w", encoding="utf-8") as out:
    for i, word in enumerate(said):
        turn = 1 if i < 9 else 2
        out.write(json.dumps({"word": word, "start": i + 0.5, "end": i + 1.25, "turn": turn,
                              "speaker": ["Anne <b>", "Karim"][turn - 1]}, ensure_ascii=False) + "\n")
END

run export --html site/talk.jsonl site/talk.wav -o site/talk.html
claim 'a page is written beside its recording' done_well
claim 'it names the recording as it lies beside it' holds site/talk.html 'source src="talk.wav" type="audio/wav"'
claim 'a time link leads into the recording without script' holds site/talk.html 'href="talk.wav#t=0.5"'
claim 'names are text, never markup' holds site/talk.html 'Anne &lt;b&gt;'
run export --html site/talk.jsonl "site/sound files/été #1.wav" -o site/far.html
claim 'an address with spaces and signs is escaped' holds site/far.html 'src="sound%20files/%C3%A9t%C3%A9%20%231.wav"'
run export --html site/talk.wav site/talk.jsonl --embed -o site/inside.html
claim 'the recording is put into the page when asked' holds site/inside.html 'src="data:audio/wav;base64,UklGR'
run export --html site/talk.jsonl
claim 'without -o the page is printed, and its partner found' holds out 'source src="site/talk.wav"'
run export --html --epub site/talk.jsonl
claim 'one thing is made at a time' misused 'html or --epub'
run export --html
claim 'a transcript must be named' misused 'name the transcript'
run export --html site/none.jsonl
claim 'a transcript that is not there is a failure' failed_with 'none.jsonl'
run export --epub site/talk.jsonl site/talk.wav -o site/talk.epub
claim 'a book does not hold what its readers can not play' failed_with 'MP3'
run export --html site/talk.jsonl -o site/talk.jsonl
claim 'what is read is never written over' misused 'is what is read'
run export --html "$sample/casilli.txt" -o site/sample.html
claim 'it is said when few times are known' holds err 'align'
run export --html --estimated "$pages/april/radio.wiki" site/talk.wav -o site/radio.html
claim 'a page with headings has them' holds site/radio.html '<h3 class="section"'

if [ -f "$sample/casilli.mp3" ]; then
    run export --epub --estimated --words "$sample/casilli.txt" "$sample/casilli.mp3" -o site/book.epub
    claim 'a book is written' done_well
    if "$program" --version | grep -q libzip; then
        run convert site/book.epub --to jsonl
        claim 'and read again, with its times' holds out '"start": 0, "end": 0\.[0-9]*, .*"Bienvenue\."'
    else
        echo 'skipped: books are not read again, this program was built without libzip'
    fi
    # the Debian package installs an archive that Java runs
    if [ -f /usr/bin/epubcheck ] && command -v java >/dev/null; then
        java -jar /usr/bin/epubcheck -q site/book.epub >check 2>&1
        code=$?
        cp check err
        claim 'epubcheck finds nothing wrong with it' done_well
    else
        echo 'skipped: the book is not examined, epubcheck is not here'
    fi
fi

if "$program" --version | grep -q libzip; then
    python3 - "$work" <<'END'
import sys, zipfile
work = sys.argv[1]
docx = open(f"{work}/document.xml", "w", encoding="utf-8")
docx.write('<w:document xmlns:w="w"><w:p><w:r><w:t>Anne : Bonjour à tous.</w:t></w:r></w:p>'
           '<w:p><w:r><w:t>Karim : Salut.</w:t></w:r></w:p></w:document>')
docx.close()
with zipfile.ZipFile(f"{work}/talk.docx", "w", zipfile.ZIP_DEFLATED) as z:
    z.write(f"{work}/document.xml", "word/document.xml")
with zipfile.ZipFile(f"{work}/bomb.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
    with z.open("word/document.xml", "w") as part:
        for _ in range(300):
            part.write(b" " * (1 << 20))
END
    run convert talk.docx --to jsonl
    claim 'a document of a word processor is read' holds out '"speaker": "Karim", "text": "Salut\.", "turn": 2'
    run info bomb.docx
    claim 'an archive that unpacks without end is refused' failed_with 'larger than 64 MB'
fi

if command -v chromium >/dev/null; then
    python3 "$here/export.py" "$work" "$number"
    exit $?
fi
echo 'skipped: the page is not tried in a browser, chromium is not here'
