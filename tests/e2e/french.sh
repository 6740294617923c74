#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The French interface: the translation is whole, and the program speaks it when asked to.
# Prints "ok N - claim" or "not ok N - claim", then the counts.
# shellcheck disable=SC1111,SC1112 # the quotation marks and apostrophes are meant
set -u
cd "$(dirname "$0")/../.." || exit 1
program=$(realpath "${VERBATIM:-build/release/verbatim}")
locales=$(dirname "$program")/locale
sample=$PWD/assets/sample
french=assets/po/fr.po
template=assets/po/verbatim.pot
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE='' HOME="$work" XDG_CONFIG_HOME="$work" XDG_RUNTIME_DIR="$work"
unset DISPLAY WAYLAND_DISPLAY VERBATIM_DATA
passed=0 failed=0 skipped=0

# --- how a claim is tested --------------------------------------------------

claim() { # sentence, command …; what the command printed says why it does not hold
    sentence=$1
    shift
    if "$@" >"$work/why" 2>&1; then
        passed=$((passed + 1))
        echo "ok $((passed + failed)) - $sentence"
    else
        failed=$((failed + 1))
        echo "not ok $((passed + failed)) - $sentence"
        head -n 20 "$work/why" | sed 's/^/    /'
    fi
}
skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1"
}
there() { command -v "$1" >/dev/null 2>&1; }
none() { ! grep "$@"; }

# --- the translation --------------------------------------------------------

complete() {
    msgfmt --statistics -o "$work/fr.mo" "$french" 2>&1 | tee "$work/count"
    [ -s "$work/count" ] && ! grep -qE 'fuzzy|untranslated' "$work/count"
}

# As `make pot` does.
collect() {
    find src -name '*.[ch]' | sort >"$work/sources"
    xgettext --from-code=UTF-8 -k_ -kN_ -kP_:1,2 --no-location -f "$work/sources" -o "$work/sources.pot"
}
covers() { collect && msgcmp --use-untranslated -N "$template" "$work/sources.pot"; }

if there msgfmt; then
    claim "every text has its French" complete
    claim "no translation loses an argument, and the plural is the French one" \
        msgfmt --check -o /dev/null "$french"
    claim "the translation knows every text of the template" msgcmp -N "$french" "$template"
else
    skip "msgfmt is missing: the translation is not checked"
fi
if there xgettext; then
    claim "the template holds every text of the sources (else: make pot)" covers
else
    skip "xgettext is missing: the template is not compared with the sources"
fi
grep -E '^msgstr' "$french" >"$work/texts"
claim "apostrophes and quotation marks are the French ones" none "['“”]" "$work/texts"
claim "no line can break before : ; ! ? » or behind «" none -E '[^ ] [:;!?»]|« ' "$work/texts"

# --- the program ------------------------------------------------------------

speak() { # language, words …: what is printed, by the program and about it
    language=$1
    shift
    LANGUAGE=$language "$program" "$@" 2>&1 </dev/null
}
print_in() { # the same, without what it says about it
    language=$1
    shift
    LANGUAGE=$language "$program" "$@" 2>/dev/null </dev/null
}
says() { # language, what is to be read, words …
    language=$1 wanted=$2
    shift 2
    speak "$language" "$@" >"$work/said"
    cat "$work/said"
    grep -qF -- "$wanted" "$work/said"
}

# All that help can be had on, as the completion knows it.
topics() { speak '' help --completion bash | sed -n 's/.*help:help) words="\(.*\)" ;;/\1/p'; }
help_all() { # language
    speak "$1" --help
    speak "$1" --version
    for topic in $(topics); do
        speak "$1" help "$topic"
    done
}
# A line with words in it, the same in both languages: a text that nobody marked.
leaves_no_english() {
    [ -n "$(topics)" ] || return 1
    help_all '' | sort -u >"$work/english"
    help_all fr | sort -u >"$work/french"
    version=$(speak '' --version | head -n 1)
    comm -12 "$work/english" "$work/french" | grep -vxF "$version" | none -E '[a-z]{3,} [a-z]{2,}'
}
fits() { help_all fr | none -E '^.{81}'; }
same_for_programs() { # words …
    [ "$(print_in '' "$@")" = "$(print_in fr "$@")" ]
}

# What another program of this system makes of the translation: not each C library can be asked
# for a language without a locale of that language.
speaks_french() {
    there gettext && [ -d "$locales/fr" ] &&
        [ "$(TEXTDOMAINDIR=$locales LANGUAGE=fr gettext verbatim Usage:)" != Usage: ]
}

if ! [ -x "$program" ]; then
    skip "the program is not built"
elif ! speaks_french; then
    skip "no French can be had here: no translation is built, or the system has no locale for it"
else
    claim "--help comes in French" says fr 'Utilisation' --help
    claim "the keys have their French names" says fr 'Retour arrière' help keys
    claim "a missing file is told in French" says fr 'missing.mp3: ce fichier n’existe pas' info missing.mp3
    claim "so is an option that there is not" says fr 'il n’y a pas d’option --zom' --zom
    claim "what is known of a page is told in French" says fr 'prises de parole' info "$sample/casilli.txt"
    claim "a region or a second choice of language is no obstacle" says fr_CA:de 'Utilisation' --help
    claim "no English is left in the help" leaves_no_english
    claim "no line of the French help is longer than 80 characters" fits
    claim "JSON is the same in every language" same_for_programs info --json "$sample/casilli.mp3"
    claim "so is a converted page" same_for_programs convert "$sample/casilli.txt" --to jsonl --words --estimated
    claim "the manual page's lists keep their frame" says fr '.\" begin options' help --man
fi
if [ -x "$program" ]; then
    claim "without a language asked for, --help is English" says '' 'Usage: verbatim' --help
    claim "so is an error" says '' 'missing.mp3: there is no such file' info missing.mp3
fi

echo "$passed passed, $failed failed$([ $skipped -gt 0 ] && echo ", $skipped skipped")"
[ "$failed" -eq 0 ]
