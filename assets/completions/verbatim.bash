# bash completion for verbatim, made by: verbatim help --completion bash
_verbatim()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local command=play words=
    case ${COMP_WORDS[1]} in
    play|info|convert|align|help) ((COMP_CWORD > 1)) && command=${COMP_WORDS[1]} ;;
    esac
    case $command:$before in
    play:--start) return ;;
    play:--stop-at) return ;;
    play:--theme) words="light dark" ;;
    play:--zoom) return ;;
    play:--scale) return ;;
    play:--send) words="seek state play-pause play pause back forward back-little forward-little back-far forward-far play-turn loop-turn slower faster normal-speed louder quieter previous-turn next-turn undo-jump redo-jump page-up page-down top bottom follow zoom-in zoom-out zoom-reset theme save undo redo reload-theirs reload-ours help close quit" ;;
    convert:--to) words="jsonl" ;;
    align:--to) words="jsonl" ;;
    align:--language) return ;;
    align:--jobs) return ;;
    help:--completion) words="bash zsh fish" ;;
    help:help) words="play info convert align help keys formats settings orders" ;;
    esac
    if [[ -z $words && $word == -* ]]; then
        case $command in
        play) words=" --help --version --start --stop-at --pause --sample --terminal --silent --theme --zoom --scale --send" ;;
        info) words=" --help --version --json" ;;
        convert) words=" --help --version --to --output --estimated --words --sound --json" ;;
        align) words=" --help --version --to --output --words --language --jobs --json" ;;
        help) words=" --help --version --man --completion" ;;
        esac
    elif [[ -z $words ]]; then
        ((COMP_CWORD == 1)) && words="play info convert align help"
        local IFS=$'\n'
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$word"))
        IFS=$' \t\n'
    fi
    COMPREPLY+=($(compgen -W "$words" -- "$word"))
}
complete -F _verbatim verbatim
