# SPDX-License-Identifier: GPL-3.0-or-later
# Puts the lists that `verbatim help --man` prints (first file) between the comments that name
# them in the manual page (second file).
/^\.\\" end / { inside = "" }
FNR == NR && inside { list[inside] = list[inside] $0 "\n" }
FNR != NR && !inside { print }
/^\.\\" begin / {
    inside = $3
    if (FNR != NR)
        printf "%s", list[inside]
}
