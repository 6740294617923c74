# bash completion for verbatim, made by: verbatim help --completion bash
_verbatim()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local command=play words=
    case ${COMP_WORDS[1]} in
    play|info|convert|align|export|check|forget|help) ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]} ;;
    esac
    case $command:$before in
    play:--start) return ;;
    play:--stop-at) return ;;
    play:--theme) words="light dark contrast system" ;;
    play:--zoom) return ;;
    play:--scale) return ;;
    play:--send) words="seek offset delay compare find open raise state play-pause play pause back forward back-little forward-little back-far forward-far play-turn loop-turn loop-back loop-back-4 loop-back-8 loop-back-12 slower faster normal-speed louder quieter mute previous-turn next-turn undo-jump redo-jump page-up page-down top bottom follow zoom-in zoom-out zoom-reset theme full-screen find find-next find-previous go-to-time select-all select-left select-right select-up select-down select-paragraph-up select-paragraph-down select-turn play-here copy copy-quote quote-form copy-time bookmark bookmark-remove bookmark-next bookmark-previous export-clip open menu palette compact pin undo-pin redo-pin unpin write-pin marker marker-move align proofread doubt-next doubt-previous doubt-right replay replay-slower doubt-note doubts-order doubts-off stop-at-turns next-hole copy-progress play-news compare compare-end differences edit save replace save-as rename split-turn undo redo reload-theirs reload-ours bring-draft sound-panel voice-up skip-silences sides sides-back offset offset-later offset-earlier offset-none rewind-more rewind-less skip-more skip-less delay-more delay-less calibrate tap calibrate-take bar-zoom-in bar-zoom-out bar-zoom-all paste reading-copy labels statistics settings help close quit" ;;
    convert:--to) words="april srt vtt sbv lrc audacity tsv csv text markdown chapters-text jsonl podcast-json trs eaf ttml smil textgrid otranscribe podcast-html chapters" ;;
    align:--to) words="april srt vtt sbv lrc audacity tsv csv text markdown chapters-text jsonl podcast-json trs eaf ttml smil textgrid otranscribe podcast-html chapters" ;;
    align:--language) return ;;
    align:--around) return ;;
    align:--jobs) return ;;
    export:--language) return ;;
    check:--level) words="hint doubt mistake" ;;
    check:--off) return ;;
    check:--language) return ;;
    help:--completion) words="bash zsh fish" ;;
    help:help) words="play info convert align export check forget help keys formats settings orders" ;;
    esac
    if [[ -z $words && $word == -* ]]; then
        case $command in
        play) words=" --help --version --start --stop-at --pause --sample --compare --terminal --silent --theme --zoom --scale --one-window --no-state --send" ;;
        info) words=" --help --version --json" ;;
        convert) words=" --help --version --to --output --estimated --words --unroll --strict --sound --list-formats --json" ;;
        align) words=" --help --version --to --output --words --language --batch --doubts --around --jobs --json" ;;
        export) words=" --help --version --html --epub --output --embed --align --estimated --words --language --json" ;;
        check) words=" --help --version --compare --level --off --language --listen --no-state --report --list --json" ;;
        forget) words=" --help --version --json" ;;
        help) words=" --help --version --man --completion" ;;
        esac
    elif [[ -z $words ]]; then
        ((COMP_CWORD == 1)) && words="play info convert align export check forget help"
        local IFS=$'\n'
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$word"))
        IFS=$' \t\n'
    fi
    COMPREPLY+=($(compgen -W "$words" -- "$word"))
}
complete -F _verbatim verbatim
