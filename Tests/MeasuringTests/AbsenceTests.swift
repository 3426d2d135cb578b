import Benchmarks
import Testing

@testable import Measuring

@Suite("What to write for benchmarks and packages that are not there")
struct AbsenceTests {
    private static let functions = ["BenchmarkAdd", "BenchmarkFeed", "BenchmarkFeedAll"]

    @Test(
        "A pattern that is suggested matches",
        arguments: [
            ("Fede", "Feed"), ("BenchmarkFede", "BenchmarkFeed"), ("^Feed$", "^BenchmarkFeed$"),
            ("^Fede", "^BenchmarkFeed"), ("Fede$", "Feed$"), ("Fede/small", "Feed/small"),
            ("^Feed$/^small$", "^BenchmarkFeed$/^small$"), ("Nothing", nil),
        ] as [(String, String?)])
    func patterns(text: String, expected: String?) throws {
        var selection = BenchmarkSelection()
        selection.pattern = try BenchPattern(text)
        #expect(selection.suggestion(among: AbsenceTests.functions) == expected)
        guard let expected else { return }
        selection.pattern = try BenchPattern(expected)
        #expect(try AbsenceTests.functions.contains { try !selection.patterns(running: $0).isEmpty })
    }

    @Test(
        "An exact name is suggested whole",
        arguments: [
            ("BenchmarkFede", "BenchmarkFeed"), ("Feed", "BenchmarkFeed"),
            ("BenchmarkFede/small", "BenchmarkFeed/small"), ("Zzz", nil),
        ] as [(String, String?)])
    func names(name: String, expected: String?) {
        var selection = BenchmarkSelection()
        selection.only = [name]
        #expect(selection.suggestion(among: AbsenceTests.functions) == expected)
    }

    @Test(
        "Of sub-benchmarks those are named that there are, and the nearest one",
        arguments: [
            (
                "Feed/samll", ["BenchmarkFeed/large", "BenchmarkFeed/small"],
                "No sub-benchmark of BenchmarkFeed matches 'samll': there are BenchmarkFeed/large, BenchmarkFeed/small. "
                    + "Did you mean Feed/small?"
            ),
            (
                "Feed/^samll$", ["BenchmarkFeed/small/n=1.5"],
                "No sub-benchmark of BenchmarkFeed matches '^samll$': there is BenchmarkFeed/small/n=1.5. "
                    + "Did you mean Feed/small?"
            ),
            (
                "Feed/n=1.4", ["BenchmarkFeed/n=1.5"],
                "No sub-benchmark of BenchmarkFeed matches 'n=1.4': there is BenchmarkFeed/n=1.5. "
                    + #"Did you mean Feed/^n=1\.5$?"#
            ),
            (
                "Feed/x", ["BenchmarkFeed"],
                "No sub-benchmark of BenchmarkFeed matches 'x': there is BenchmarkFeed. "
                    + "Leave out what follows the slash."
            ),
            (
                "Feed/x", [],
                "No sub-benchmark of BenchmarkFeed matches 'x'. To see what there is: "
                    + "go test -run '^$' -benchtime 1x -bench '^BenchmarkFeed$' ./book"
            ),
        ] as [(String, [String], String)])
    func parts(text: String, names: [String], expected: String) throws {
        var selection = BenchmarkSelection()
        selection.pattern = try BenchPattern(text)
        let functions = [Measurement.Target(package: "book", pattern: "^BenchmarkFeed$")]
        #expect(selection.absence(in: functions, among: names) == expected)
    }

    @Test func exactNameOfAPart() {
        var selection = BenchmarkSelection()
        selection.only = ["BenchmarkFeed/samll"]
        let functions = [Measurement.Target(package: ".", pattern: "^BenchmarkFeed$")]
        let text = selection.absence(in: functions, among: ["BenchmarkFeed/small"])
        #expect(text.hasPrefix("No benchmark is called BenchmarkFeed/samll: there is BenchmarkFeed/small."))
        #expect(text.hasSuffix("Did you mean BenchmarkFeed/small?"))
    }

    @Test(
        "Folders are named from where the user stands",
        arguments: [
            ("/nowhere/repo/mod/...", "", "./mod/..."), ("/nowhere/repo/mod/...", "/sub", "../mod/..."),
            ("/nowhere/repo/sub/x", "/sub", "./x"), ("/nowhere/repo", "", "."), ("/nowhere/repo/", "/a/b", "../.."),
            ("/nowhere/repo/...", "/a", "../..."), ("./book", "/a", "./book"), ("x.com/m", "", "x.com/m"),
        ])
    func paths(pattern: String, folder: String, expected: String) throws {
        var selection = BenchmarkSelection()
        selection.packages = [pattern]
        try selection.resolvePaths(from: "/nowhere/repo" + folder, in: "/nowhere/repo")
        #expect(selection.packages == [expected])
    }

    @Test(arguments: ["/nowhere", "/nowhere/repository/x", "/elsewhere"]) func pathsElsewhere(pattern: String) {
        let error = #expect(throws: CoreError.self) {
            var selection = BenchmarkSelection()
            selection.packages = [pattern]
            try selection.resolvePaths(from: "/nowhere/repo", in: "/nowhere/repo")
        }
        #expect(error?.code == .usage && error?.description.contains("'\(pattern)' is outside") == true)
    }
}
