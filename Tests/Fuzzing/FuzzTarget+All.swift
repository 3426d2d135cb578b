import Benchmarks
import Exchange
import Foundation
import Git
import GoToolchain
import Policy
import Pprof

extension FuzzTarget {
    /// Every reader.
    static let all: [FuzzTarget] = [
        .text(
            "benchmark-lines",
            words: ["Benchmark", "-8", "\t", " ns/op", " B/op", " allocs/op", " MB/s", "total-mallocs"]
        ) { text in
            var reader = BenchmarkReader(function: "BenchmarkMux", cpu: 8)
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                guard let result = reader.read(String(line)) else { continue }
                guard result.iterations > 0, result.values.values.allSatisfy({ !$0.isNaN }) else {
                    throw Broken("a result of \(result.iterations) iterations: \(result.values)")
                }
            }
            _ = BenchmarkLog(text)
        },
        .text("policy", words: ["- ", "? ", ": ", "&a ", "*a ", "[", "{", "(", "\n  ", "'", "|\n", "<<: "]) { text in
            _ = try Policy(yaml: text)
        },
        .text("names", words: ["(", "[", "(?:", "|", "*", "+", "{1,9}", "\\p{L}", "/", "^", "$", "(?i)"]) { text in
            _ = try? BenchPattern(text)
            _ = try? SeriesFilter(benchmark: text).matches(
                Benchmark(package: "m", name: "BenchmarkMux/a"), .allocations)
            _ = try? ThresholdRules([text])
            _ = Recipe(text: text)
            _ = Inputs(text: text)
        },
        .text("records", words: ["# measurement of ", "Benchmark", "commit: ", "rounds", "\\n", "\t", ": "]) { text in
            let note = SharedNote(text: text)
            let again = SharedNote(text: note.text)
            guard again.records == note.records else {
                throw Broken("a note that is another one when it is read again")
            }
            let written = RecordReader(RecordWriter.text(of: RecordReader(text).records))
            guard written.problems.isEmpty else { throw Broken("its own writing is damaged: \(written.problems)") }
        },
        .text(
            "imports",
            words: ["{", "[", "\"", "window.BENCHMARK_DATA = ", "\"benches\":", "null", "1e999", "\"Action\":"]
        ) { text in
            _ = try ForeignForm(of: text).results(in: text) { _, _ in }
        },
        .bytes("profiles") { bytes in
            let profile = try Profile(bytes, from: "x")
            guard profile.samples.allSatisfy({ $0.values.count == profile.sampleTypes.count }) else {
                throw Broken("a sample without its values")
            }
        },
        .bytes("heap-dumps", words: ["go1.7 heap dump\n"]) { bytes in
            let file = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(getpid()).dump")
            try Data(bytes).write(to: file)
            defer { unlink(file.path) }
            _ = try HeapDump(path: file.path).retainedObjects(variables: []) { _ in true }
        },
        .text(
            "goroutines",
            words: ["goroutine ", " [chan receive]:\n", "\n\t/x.go:", "created by ", " +0x", "(leaked)", "..."]
        ) { text in
            guard GoroutineTrace.parse(text).allSatisfy({ $0.frames.allSatisfy { $0.line > 0 } }) else {
                throw Broken("a call without a place")
            }
        },
        .text(
            "sanitizers",
            words: [
                "WARNING: DATA RACE", "==================", "ERROR: AddressSanitizer: ", "fatal error: checkptr: ",
                "    #0 0x1 in ",
                "Write at 0x1 by goroutine 7:", "SUMMARY: ", "created by ",
            ]
        ) { text in
            var reader = SanitizerReader(root: "/tmp/r")
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) { reader.read(String(line)) }
            reader.finish()
            let reports = reader.reports
            guard Set(reports).count == reports.count else { throw Broken("one report twice") }
            guard SanitizerReport.all(in: reports.map(\.text).joined(separator: "\n")).count >= reports.count else {
                throw Broken("reports that are lost in a text")
            }
        },
        .text(
            "cachegrind",
            words: [
                "events: Ir", "fl=", "fi=", "fn=", "summary: ", "\n12 ", " 9223372036854775807", "desc: ",
                "\n12;;instructions:u;5;50.00;;\n", "<not counted>;",
            ]
        ) { text in
            if let count = PerfCount(text), count.total <= 0 { throw Broken("a count of nothing") }
            guard let profile = CachegrindProfile(text) else { return }
            guard profile.lines.values.reduce(0, +) == profile.total else { throw Broken("a sum that is not") }
        },
        .text(
            "escapes",
            words: [" escapes to heap", "moved to heap: ", "can inline ", ":", "../", "./", "# ", " with cost "]
        ) { text in
            let notes = text.split(separator: "\n").compactMap { EscapeNote(String($0), from: "a/b", in: "/tree") }
            // A name may begin with two dots.
            guard notes.allSatisfy({ $0.line > 0 && !"\($0.file)/".hasPrefix("../") }) else {
                throw Broken("a note outside")
            }
            _ = notes.map(\.function)
        },
        .bytes(
            "commits",
            words: [
                "tree ", "parent ", "author ", "committer ", "encoding ", "gpgsig ", "> ", " +0000", "\n\n",
                "ISO-8859-1",
            ]
        ) { bytes in
            _ = Commit(object: bytes)
        },
    ]
}
