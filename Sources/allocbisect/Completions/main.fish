
# What begins with no command's name is completed as what 'find' takes.
functions -c __allocbisect_tokens __allocbisect_written_tokens
function __allocbisect_tokens
    if test "$argv" = -tC
        # Before fish 4 the position in a word is not told together with options for words.
        string length -- "$(commandline -ct)"
        return
    end
    set -l tokens (__allocbisect_written_tokens $argv)
    if test (count $tokens) -gt 1; and not contains -- $tokens[2] COMMANDS -h --help --version
        set tokens $tokens[1] find $tokens[2..]
    end
    string join -- \n $tokens
end
complete -c allocbisect -n '__allocbisect_should_offer_completions_for_flags_or_options "allocbisect"' -fka '(__allocbisect_custom_completion ---completion find -- positional@0 2 (__allocbisect_tokens -tC))'
# Go's flags, which have one dash.
for flag in args bench benchtime count cpu gcflags tags timeout
    complete -c allocbisect -n 'not __fish_seen_subcommand_from cache demo help hook init mcp schema share worker' -x -o $flag
end
for flag in benchmem short
    complete -c allocbisect -n 'not __fish_seen_subcommand_from cache demo help hook init mcp schema share worker' -f -o $flag
end
