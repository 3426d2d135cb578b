import Foundation
import TestSupport
import Testing

@Suite("Shell completion")
struct CompletionTests {
    @Test("Each shell gets a script")
    func scripts() async throws {
        for shell in ["bash", "zsh", "fish"] {
            let outcome = try await Program.run(["--generate-completion-script", shell], in: NSTemporaryDirectory())
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("history"))
        }
    }

    @Test("Bash completes both ends of a range")
    func revisions() async throws {
        let history = try GoHistory()
        try history.commit("0", ["a.go": "package a\n"])
        let script = """
            source <("\(Program.folder.path)/allocbisect" --generate-completion-script bash)
            COMP_WORDS=(allocbisect find HEAD..ma); COMP_CWORD=2
            COMP_LINE='allocbisect find HEAD..ma'; COMP_POINT=${#COMP_LINE}
            _allocbisect; echo "${COMPREPLY[@]}"
            """
        let file = history.folder.appending(path: "complete.bash")
        try Data(script.utf8).write(to: file)
        let outcome = try await Program.shell("bash '\(file.path)'", in: history.path)
        #expect(outcome.output == "HEAD..main\n", "\(outcome.errors)")
    }
}
