import Benchmarks
import Testing

@Suite("The files that decide a measurement")
struct InputsTests {
    private func inputs(paths: Set<String> = [], directories: Set<String> = []) -> Inputs {
        var inputs = Inputs()
        inputs.paths = paths
        inputs.directories = directories
        return inputs
    }

    private var odd: [Inputs] {
        [
            Inputs(), .everything, inputs(directories: [""]), inputs(paths: ["", "a"], directories: ["", "a"]),
            inputs(paths: ["a/*"]),
            inputs(directories: ["a"]), inputs(paths: ["a\nb"]), inputs(paths: ["a", "b"]),
            inputs(paths: ["a\r", "b"]), inputs(paths: ["a\r\nb"]),
            inputs(paths: [#"a\nb"#]), inputs(paths: [#"a\"#]), inputs(paths: ["*"]), inputs(paths: [#"\s"#]),
            inputs(directories: ["a/*"]),
            inputs(paths: ["größe/日本.go", "\u{301}"]), inputs(paths: ["\n"]), inputs(paths: ["\n", ""]),
        ]
    }

    @Test func textReadsBackAndTellsInputsApart() {
        for inputs in odd { #expect(Inputs(text: inputs.text) == inputs, "\(inputs)") }
        #expect(Set(odd.map(\.text)).count == odd.count)
    }

    @Test func ordinaryPathsStayReadable() {
        #expect(
            inputs(paths: ["go.mod", "a/testdata"], directories: ["b", "a"]).text == "a/*\na/testdata\nb/*\ngo.mod\n")
    }

    @Test func unionHasBoth() {
        var all = inputs(paths: ["a"], directories: ["d"])
        all.formUnion(inputs(paths: ["b"], directories: ["d", "e"]))
        #expect(all == inputs(paths: ["a", "b"], directories: ["d", "e"]))
    }
}
