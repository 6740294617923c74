#!/bin/sh
# Make casilli.mp3 and casilli.truth.jsonl again from casilli.txt, and measure them.
#
#   ./make-sample.sh            from any folder, on Debian; as root if a tool is missing
#
# Debian packages used (installed only when missing, nothing else is installed):
#   python3            standard library only
#   ffmpeg             MP3 encoder (libmp3lame), decoder, loudness
#   sox                resampling
#   libttspico-utils   the synthesiser pico2wave, with its French voice
#
# libttspico-utils lives in Debian's non-free section, which most systems do not
# have in their sources.  apt is then given a sources list and list folder of its
# own in a temporary folder; the system's sources stay as they are.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$tmp"                # apt fetches as a user of its own

need()                          # need PROGRAM PACKAGE: 0 if the package is to be installed
{
    command -v "$1" >/dev/null 2>&1 && return 1
    if [ "$(id -u)" != 0 ]; then
        echo "make-sample.sh: $1 is missing: install the Debian package $2, or run this as root" >&2
        exit 1
    fi
    return 0
}

install_plain()
{
    apt-get -qq install -y --no-install-recommends "$1"
}

install_non_free()
{
    # . is the way the file is meant to be read
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    mkdir -p "$tmp/lists/partial" "$tmp/cache/archives/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]" \
         "http://deb.debian.org/debian $codename main non-free" >"$tmp/sources.list"
    own="-o Dir::Etc::sourcelist=$tmp/sources.list -o Dir::Etc::sourceparts=-
         -o Dir::State::lists=$tmp/lists -o Dir::Cache=$tmp/cache"
    # $own is split into words on purpose
    apt-get -qq $own update
    apt-get -qq $own install -y --no-install-recommends "$1"
}

for pair in python3:python3 ffmpeg:ffmpeg sox:sox; do
    if need "${pair%%:*}" "${pair##*:}"; then install_plain "${pair##*:}"; fi
done
if need pico2wave libttspico-utils; then
    # in the system's own sources already?
    if apt-cache policy libttspico-utils | grep -q 'Candidate: [0-9]'; then
        install_plain libttspico-utils
    else
        install_non_free libttspico-utils
    fi
fi

export LC_ALL=C.UTF-8
python3 "$here/make_sample.py"
python3 "$here/check_sample.py"
