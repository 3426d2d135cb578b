# What begins with no command's name is completed as what 'find' takes.
functions[_allocbisect_named]="${functions[_allocbisect]}"
_allocbisect() {
    local -i ret=1
    # Go's flags, which have one dash.
    if [[ "${PREFIX}" = -[a-z]* && "${words[2]}" != (cache|demo|help|hook|init|mcp|schema|share|worker) ]]; then
        compadd -- -args -bench -benchmem -benchtime -count -cpu -gcflags -short -tags -timeout && ret=0
    fi
    if (( CURRENT == 2 )) || [[ "${words[2]}" = (-h|--help|--version) ]] || (( ${+functions[_allocbisect_${words[2]}]} )); then
        _allocbisect_named "${@}" && ret=0
        (( CURRENT == 2 )) || return "${ret}"
    fi
    words=("${words[1]}" find "${(@)words[2,-1]}")
    (( CURRENT++ ))
    _allocbisect_named "${@}" && ret=0
    return "${ret}"
}

