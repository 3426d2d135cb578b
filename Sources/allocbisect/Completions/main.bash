
# What begins with no command's name is completed as what 'find' takes.
_allocbisect_nameless() {
    local -a named=()
    if [[ "${COMP_CWORD}" -eq 1 ]]; then
        _allocbisect "${@}"
        named=("${COMPREPLY[@]}")
        COMPREPLY=()
        [[ "${COMP_WORDS[1]}" == -* ]] && named=()
    elif [[ "${COMP_WORDS[1]}" =~ ^(-h|--help|--version)$ ]] || declare -F "_allocbisect_${COMP_WORDS[1]}" > /dev/null; then
        _allocbisect "${@}"
        return
    fi
    local program="${COMP_WORDS[0]}"
    COMP_LINE="${program} find${COMP_LINE#"${program}"}"
    COMP_POINT="$((COMP_POINT + 5))"
    COMP_WORDS=("${program}" find "${COMP_WORDS[@]:1}")
    COMP_CWORD="$((COMP_CWORD + 1))"
    _allocbisect "${@}"
    COMPREPLY=("${named[@]}" "${COMPREPLY[@]}")
}

# Go's flags, which have one dash.
_allocbisect_flags() {
    _allocbisect_nameless "${@}"
    [[ "${2}" == -[a-z]* && ! "${COMP_WORDS[1]}" =~ ^(cache|demo|help|hook|init|mcp|schema|share|worker)$ ]] || return
    COMPREPLY+=($(compgen -W '-args -bench -benchmem -benchtime -count -cpu -gcflags -short -tags -timeout' -- "${2}"))
}

complete -o filenames -F _allocbisect_flags allocbisect
