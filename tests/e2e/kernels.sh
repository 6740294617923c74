#!/bin/sh
# The vectors that other machines use: the 16-byte kernels of src/align built for ARM (NEON), run
# by qemu: they say the same to the last bit.
# Skipped where the tools aren't (gcc-aarch64-linux-gnu, qemu-user-static).
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
arm=aarch64-linux-gnu-gcc qemu=qemu-aarch64-static

if ! command -v $arm >/dev/null || ! command -v $qemu >/dev/null; then
    echo "skipped: kernels on ARM: $arm or $qemu is not here"
    exit 0
fi

build() {
    compiler=$1 out=$2
    "$compiler" -std=c11 -ffp-contract=off -O2 -static -I"$root/src" -I"$root/include" -D_GNU_SOURCE -o "$out" \
        "$root/tests/e2e/kernels.c" "$root/src/align/mel.c" "$root/src/align/kernels_plain.c" -lm
}

claim() {
    number=$1 claim=$2
    shift 2
    if "$@"; then echo "ok $number - $claim"; else echo "not ok $number - $claim"; fi
}

both_build() { build "${CC:-cc}" "$folder/here" && build $arm "$folder/there"; }
uses_vectors() { aarch64-linux-gnu-objdump -d "$folder/there" | grep -q 'fmul.*v[0-9]*\.4s'; }
says_the_same() {
    "$folder/here" >"$folder/a" && $qemu "$folder/there" >"$folder/b" && cmp "$folder/a" "$folder/b"
}

claim 1 "the kernels build for ARM" both_build
claim 2 "they are made of its vector instructions" uses_vectors
claim 3 "they say there what they say here" says_the_same
