import Foundation
import TestSupport
import Testing

@Suite("Shell completion")
struct CompletionTests {
    @Test("Each shell gets a script, with Go's flags")
    func scripts() async throws {
        for shell in ["bash", "zsh", "fish"] {
            let outcome = try await Program.run(["--generate-completion-script", shell], in: NSTemporaryDirectory())
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("history"))
            // What is added to the parser's own script.
            #expect(outcome.output.contains("# What begins with no command's name"), "\(shell)")
            #expect(!outcome.output.contains("COMMANDS") && outcome.output.contains("# Go's flags"))
        }
    }

    @Test(
        "Bash completes revisions and metrics, with and without a command's name",
        arguments: [
            ("find HEAD..ma", "HEAD..main"), ("HEAD..ma", "HEAD..main"), ("ma", "main"), ("main HE", "HEAD"),
            ("history ma", "main"), ("main -m all", "allocs/op"), ("-m all", "allocs/op"),
            ("explain -m all", "allocs/op"),
            ("pl", "plan"), ("cache st", "stats"), ("--first-p", "--first-parent"), ("main -t all", "allocs/op"),
            ("-be", "-bench -benchmem -benchtime"), ("check -cou", "-count"), ("cache -be", ""),
        ])
    func words(line: String, completion: String) async throws {
        let history = try GoHistory()
        try history.commit("0", ["a.go": "package a\n"])
        let script = """
            source <("\(Program.folder.path)/allocbisect" --generate-completion-script bash)
            COMP_WORDS=(allocbisect \(line)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            COMP_LINE='allocbisect \(line)'; COMP_POINT=${#COMP_LINE}
            "$(complete -p allocbisect | sed 's/.* -F //; s/ .*//')" allocbisect \
                "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            echo "${COMPREPLY[@]}"
            """
        let file = history.folder.appending(path: "complete.bash")
        try Data(script.utf8).write(to: file)
        let outcome = try await Program.shell("bash '\(file.path)'", in: history.path)
        #expect(outcome.output == completion + "\n", "\(outcome.errors)")
    }
}
