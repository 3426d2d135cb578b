import Benchmarks
import TestSupport
import Testing

@Suite("Records of measurements as text")
struct RecordTests {
    private static let commit = String(repeating: "0123456789", count: 4)
    private static let recipe = Recipe(
        iterations: 70, cpu: 4, tags: "a,b", gcflags: "-N -l", goVersion: "go1.27.3", platform: "linux/amd64/v1",
        environment: ["GOEXPERIMENT": "x", "GODEBUG": "a=b", "before build": "make", "odd  name ": "y"],
        pinnedTests: String(repeating: "ab", count: 20), probe: 2)

    private static func record(
        _ rounds: [Round], failure: Failure? = nil, pattern: String = "^BenchmarkMux$/^ä*$",
        machine: String = "build box"
    ) -> MeasurementRecord {
        MeasurementRecord(
            commit: commit, recipe: recipe, machine: machine,
            measurement: Measurement(
                target: Measurement.Target(package: "mux\n*", pattern: pattern),
                pair: rounds.isEmpty ? nil : IterationPair(short: 7, long: 70), rounds: rounds, failure: failure))
    }

    private static func round(_ value: Double) -> Round {
        Round(
            short: ["BenchmarkMux-x-4": ["allocs/op": 3.5], "BenchmarkMux/gone": ["ns/op": 1]],
            long: [
                "BenchmarkMux/größe=\"1\"": [
                    "probe-mallocs": value, "B/op": 1e300, "probe-goroutines": -5, "größe/op": .leastNonzeroMagnitude,
                    "n1-odd": 3, "n2-odd": 4, "probe-iterations": 3,
                ], "BenchmarkMux-x-4": ["ns/op": 0.1],
            ])
    }

    private static var samples: [MeasurementRecord] {
        var inputs = Inputs()
        inputs.paths = ["go.mod", "odd\n*\r\\n"]
        inputs.directories = ["mux"]
        var first = record([round(2.766), Round(), round(1.0 / 3)])
        first.inputs = (inputs, "digest")
        return [
            first, record([round(1)], failure: Failure(.timeout, "two\r\nlines\n# round 1 of 1 results", limit: 0.25)),
            record([], failure: Failure(.build, "commit: x\nBenchmarkX 1 2 ns/op"), pattern: ""),
            MeasurementRecord(
                commit: commit, recipe: Recipe(goVersion: "go1.19.8", platform: "linux/arm64", probe: 0), machine: "b",
                measurement: Measurement(
                    target: Measurement.Target(package: ".", pattern: "^BenchmarkA$"), pair: .standard,
                    rounds: [Round(long: ["BenchmarkA": ["ns/op": 5]])])),
        ]
    }

    @Test func everythingComesBackAsItWas() {
        let reader = RecordReader(RecordWriter.text(of: RecordTests.samples))
        #expect(reader.records == RecordTests.samples)
        #expect(reader.problems.isEmpty && reader.unread.isEmpty)
        #expect(Recipe(text: RecordTests.recipe.text) == RecordTests.recipe)
        #expect(Recipe(text: "no recipe") == nil)
    }

    /// What golang.org/x/perf/benchfmt accepts: configuration, results with pairs of value and unit, or ignored lines.
    @Test func everyLineIsOfTheGoBenchmarkFormat() throws {
        let configuration = /[a-z][^\sA-Z]*:( .*)?/
        let result = /Benchmark[^\sa-z]?\S*\t[1-9][0-9]*(\t-?[0-9.]+(e[-+]?[0-9]+)? \S+)+/
        for line in RecordWriter.text(of: RecordTests.samples).split(separator: "\n") {
            let isKnown =
                try line.hasPrefix("#") || configuration.wholeMatch(in: line) != nil
                || result.wholeMatch(in: line) != nil
            #expect(isKnown, "\(line)")
        }
    }

    @Test func aDamagedMeasurementIsLeftOutAndNamed() {
        let text = RecordWriter.text(of: RecordTests.samples)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let place = lines.firstIndex { $0.hasPrefix("Benchmark") } ?? 0
        for damaged in ["", "BenchmarkMux 70 much ns/op", "BenchmarkMux\t71\t5 ns/op", lines[place] + " x"] {
            let reader = RecordReader(
                (lines[..<place] + [damaged] + lines[(place + 1)...]).joined(separator: "\n"))
            #expect(reader.records == Array(RecordTests.samples.dropFirst()), "\(damaged)")
            #expect(reader.problems.count == 1)
            #expect(!reader.unread.isEmpty)
        }
        let cut = RecordReader(lines[...place].joined(separator: "\n"))
        #expect(cut.records.isEmpty && cut.problems.count == 1)
    }

    /// Whatever strangers write, nothing is read that answers for a whole package with numbers, or for no commit.
    @Test(arguments: 0..<40) func damageNeverGivesNonsense(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let text = RecordWriter.text(of: RecordTests.samples)
        for _ in 0..<20 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...10, using: &generator) {
                let start = Int.random(in: 0..<bytes.count, using: &generator)
                let end = min(bytes.count, start + Int.random(in: 0...80, using: &generator))
                if Bool.random(using: &generator) {
                    bytes.removeSubrange(start..<end)
                } else {
                    bytes.insert(contentsOf: [10, 9, 45, 48, 58, 0xff].shuffled(using: &generator), at: start)
                }
            }
            for record in RecordReader(String(decoding: bytes, as: UTF8.self)).records {
                let measurement = record.measurement
                #expect(record.commit.utf8.count == 40 && !record.machine.isEmpty)
                #expect(!measurement.rounds.isEmpty || measurement.failure != nil)
                #expect(!measurement.target.pattern.isEmpty || measurement.failure?.concernsPackage == true)
            }
        }
    }

    @Test func notesGrowTogetherAndLoseNothing() {
        let (one, two) = (RecordTests.record([RecordTests.round(1)]), RecordTests.record([RecordTests.round(2)]))
        let longer = RecordTests.record([RecordTests.round(1), RecordTests.round(3)])
        var note = SharedNote(of: [one])
        let text = note.text
        note.formUnion(SharedNote(of: [one]))
        #expect(note.text == text)
        note.formUnion(SharedNote(text: "somebody's words\n" + SharedNote(of: [two]).text))
        note.formUnion(SharedNote(of: [longer]))
        #expect(Set(note.records.map(\.measurement.rounds.count)) == [1, 2])
        #expect(note.records.count == 2 && note.records.contains(two) && note.records.contains(longer))
        #expect(note.text.contains("# unread: somebody's words"))
        let again = note.text
        note.formUnion(SharedNote(of: [one]))
        note.formUnion(SharedNote(text: again))
        #expect(note.text == again)
        // As git itself unites notes.
        #expect(SharedNote(text: text + "\n" + again).records.count == 3)
    }

    @Test func plainLogs() {
        let log = BenchmarkLog(GoOutput.names + "\ncommit: abc\r\nBenchmarkX-8 10 5 ns/op\r\nBenchmarkY 10 x ns/op\n")
        #expect(log.results.count == 10 && log.results[0].package == "example.com/m")
        #expect(log.results[0].commit == nil && log.results[9].commit == "abc")
        #expect(log.results[9].platform == "linux/amd64")
        #expect(log.problems.map(\.line) == [17])
    }
}
