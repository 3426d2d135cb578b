import Foundation
import Git
import TestSupport
import Testing

@Suite("Arguments and refusals")
struct UsageTests {
    @Test("What is not a range is refused with what to write", arguments: ["HEAD", "a...b", "..", "a..b..c", ""])
    func ranges(text: String) async throws {
        let outcome = try await Program.run([text], in: NSTemporaryDirectory())
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("..") || outcome.errors.contains("Missing"))
    }

    @Test(
        "Arguments that make no sense are usage errors",
        arguments: [
            ["a..b", "-t", "much"], ["a..b", "--benchtime", "1s"], ["a..b", "--timeout", "soon"],
            ["a..b", "--memory-limit", "lots"], ["a..b", "-j", "0"], ["a..b", "--format", "xml"],
            ["a..b", "-b", "A|B/c"],
            ["a..b", "--no-such-thing"], ["cache", "export", "--format", "json"], [],
        ])
    func arguments(words: [String]) async throws {
        let outcome = try await Program.run(words, in: NSTemporaryDirectory())
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
    }

    @Test(
        "What is not known is an error with the nearest name, whatever else is wrong",
        arguments: [
            (["help", "chek"], "'allocbisect help check'"),
            (["help", "cache", "statss"], "'allocbisect help cache stats'"),
            (["cache", "statss"], "'allocbisect cache stats'"),
            (["hook"], "install, uninstall, status, script, run"), (["cache"], "path, stats, verify"),
            (["share", "--format", "json"], "push, pull, status"),
            (["--verison"], "'--version'"), (["--hlep"], "'--help'"), (["--check"], "'allocbisect check'"),
            (["v1..main", "--formt", "json"], "'--format'"), (["plan", "v1..main", "--formt", "json"], "'--format'"),
            (["report", "v1..main", "--formt", "mail"], "'--format'"),
            (["schema", "--formt", "json"], "Unknown option '--formt'."), (["schema", "chek"], "'check'"),
            (["demo", "--dir", "x"], "'--directory'"), (["v1", "--benchmark", "X"], "'--bench'"),
            (["v1", "-benchmark", "X"], "'--bench'"), (["v1", "-test.bench", "X"], "'-b'"),
            (["chekc", "v1..main", "--self-test"], "'allocbisect check'"),
            (["v1", "main", "v2"], "'v2' has no place here"), (["-x..main"], "begins with a dash"),
            (["doctor", "now"], "nothing but options"), (["pprof", "v1", "HEAD"], "Two commits are one word: A..B."),
            (["pprof", "-o", "lst=Work"], "'list=Work'"), (["pprof", "-o", "frob"], "top, list, peek"),
        ] as [([String], String)])
    func unknown(words: [String], remedy: String) async throws {
        let outcome = try await Program.run(words, in: NSTemporaryDirectory())
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(remedy), "\(outcome.errors)")
    }

    @Test(
        "An option that is like no other gets no neighbour",
        arguments: [["--frob"], ["compare", "--al"], ["pprof", "--formt"], ["check", "-frob"]])
    func unlike(words: [String]) async throws {
        let errors = try await Program.run(words, in: NSTemporaryDirectory()).errors
        #expect(errors.contains("Unknown option '\(words.last ?? "")'.\n"), "\(errors)")
    }

    @Test(
        "Flags of Go's that are taken otherwise here are refused with what to write",
        arguments: [
            (["-benchtime", "1s"], "1000x"), (["-cpu", "1,2"], "one number"), (["-count", "none"], "at least 1"),
            (["-timeout", "0"], "24h"), (["-race"], "--sanitizer race"), (["-msan"], "--sanitizer memory"),
            (["-run", "X"], "-bench"), (["-test.run", "X"], "-bench"), (["-json"], "--format json"),
            (["-coverprofile=x"], "leave it out"), (["-ldflags", "-s"], "GOFLAGS='-ldflags…'"),
        ] as [([String], String)])
    func flagsOfGo(words: [String], remedy: String) async throws {
        let outcome = try await Program.run(["v1..main"] + words, in: NSTemporaryDirectory())
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(remedy), "\(outcome.errors)")
    }

    @Test("Flags of Go's may say that they hold or not")
    func flagValues() async throws {
        let history = try GoHistory(isBuilt: false)
        for number in 0...1 { try history.commit("\(number)", ["a.txt": "\(number)"]) }
        for (flags, next) in [
            (["-short=true", "-benchmem"], "main~1..main --short"), (["-short=1", "-tests=F"], "main~1..main --short"),
            (["-short=false", "-benchmem=true"], "main~1..main"),
        ] {
            let plan = try await Program.run(["plan", "main~1..main"] + flags, in: history.path)
            #expect(plan.status == 0 && plan.output.hasSuffix("\nnext: allocbisect \(next)\n"), "\(plan.errors)")
        }
    }

    @Test("Help and version are data")
    func help() async throws {
        let help = try await Program.run(["--help"], in: NSTemporaryDirectory())
        #expect(help.status == 0)
        #expect(help.output.contains("doctor"))
        #expect(help.errors.isEmpty)
        let version = try await Program.run(["--version"], in: NSTemporaryDirectory()).output
        #expect(version.contains(/^\d+\.\d+\.\d+ \(results cache \d+, probe \d+\)\n$/))
    }

    @Test("No repository, no such revision and no Go are different errors")
    func surroundings() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 2)])
        let outside = try await Program.run(["a..b"], in: history.folder.path)
        #expect(outside.status == 2)
        #expect(outside.errors.contains("repository"))
        let unknown = try await Program.run(["nowhere..main"], in: history.path)
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("nowhere"))
        var environment = Program.environment
        environment["PATH"] = "/nonexistent"
        let noGo = try await Program.run(["main~1..main"], in: history.path, environment: environment)
        #expect(noGo.status == 2)
        #expect(noGo.errors.contains("--go PATH"))
        #expect(try await Program.run(["doctor"], in: history.path, environment: environment).status == 2)
    }

    @Test("A Go that is too old for the commits is one error that says what to do", arguments: GoCommands.all)
    func oldGo(go: String) async throws {
        let history = try GoHistory()
        try history.commit(
            "0",
            [
                "go.mod": "module m\n\ngo 1.99\n", "m.go": GoSource.work(allocations: 1),
                "m_test.go": GoSource.benchmark,
            ])
        try history.commit("1", ["m.go": GoSource.work(allocations: 2)])
        let refuses = GoCommands.minorVersion(of: go) >= 21
        let found = try await Program.run(["main~1..main", "--go", go], in: history.path)
        #expect(found.status == (refuses ? 2 : 0), "\(found.errors)")
        let words = ["Nothing can be built at \(try history.id("1").short)", "1.99", "--go PATH"]
        #expect(words.allSatisfy(found.errors.contains) == refuses, "\(found.errors)")
        let doctor = try await Program.run(["doctor", "--go", go], in: history.path)
        #expect(doctor.status == 2 && doctor.output.contains("FAIL  Go"), "\(doctor.output)")
        #expect(doctor.output.contains("go.mod asks for 1.99 or newer"))
        // Go 1.19 builds what it can, and no further.
        try history.commit("2", ["n.go": "package m\n\nimport _ \"future\"\n"])
        try history.commit("3", ["m.go": GoSource.work(allocations: 3)])
        for command in [
            ["main~1..main"], ["check", "main~1..main"], ["compare", "main~1", "main"], ["explain", "main"],
            ["pprof", "main"], ["record", "main"], ["history", "main~1..main"],
            ["report", "main~1..main", "-o", "-"],
        ] {
            let refused = try await Program.run(command + ["--go", go], in: history.path)
            #expect(refused.status == 2, "\(command): \(refused.output)")
            let words = ["Nothing can be built at \(try history.id("3").short)", "1.99", "--go PATH"]
            #expect(words.allSatisfy(refused.errors.contains), "\(command): \(refused.errors)")
        }
        // A commit of several that fails like this is a row with the reason.
        let rows = try await Program.run(["history", "-n", "4", "--go", go], in: history.path)
        #expect(rows.status == (refuses ? 2 : 0), "\(rows.errors)")
        #expect(refuses || rows.output.contains("go.mod says go 1.99, and this is go1."), "\(rows.output)")
    }

    @Test(
        "What is known can be read where nothing can be written, and measuring says why it cannot be done",
        .enabled(if: Tool.isAsked("bwrap")))
    func readOnly() async throws {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("1", ["m.go": GoSource.work(allocations: 2)])
        let known = try await Program.run(["history", "-n1"], in: history.path)
        let walls = "bwrap --dev-bind / / --ro-bind '\(history.path)' '\(history.path)' allocbisect "
        for command in ["history -n1 --cached", "history -n1", "history -n1 --cached --format csv"] {
            let shown = try await Program.shell(walls + command, in: history.path)
            #expect(shown.status == 0, "\(command): \(shown.errors)")
            if command == "history -n1 --cached" {
                #expect(shown.output == known.output.replacing("measured 2", with: "measured 0"))
            }
        }
        for command in [
            "plan main~1", "report main~1..main --cached -o -", "cache stats", "cache export", "cache verify",
        ] {
            let shown = try await Program.shell(walls + command, in: history.path)
            #expect(shown.status == 0 && !shown.output.isEmpty, "\(command): \(shown.errors)")
        }
        let measured = try await Program.shell(walls + "main~1..main", in: history.path)
        #expect(
            measured.status == 2 && measured.errors.contains("Nothing can be kept in \(history.path)/.git/allocbisect"))
    }

    @Test("plan works in any repository, and measures nothing")
    func plan() async throws {
        let history = try GoHistory()
        try history.commit("0", ["go.mod": nil, "a.txt": "0"])
        for number in 1...20 { try history.commit("\(number)", ["a.txt": "\(number)"]) }
        let text = try await Program.run(["plan", "main~20..main"], in: history.path)
        #expect(text.status == 0)
        #expect(text.output.contains("20 candidates, of which 20 can matter"))
        #expect(text.output.hasSuffix("\nnext: allocbisect main~20..main\n"))
        let flags = [
            "main~20..main", "-t", "allocs/op=+2", "-m", "B/op", "--all", "-b", "A|B", "-p", "./a b", "--cpu", "2",
            "--budget", "5m", "--alpha", "0.01",
        ]
        let same = try await Program.run(["plan"] + flags, in: history.path)
        #expect(
            same.output.hasSuffix(
                "\nnext: allocbisect main~20..main -m B/op -t allocs/op=+2 --budget 5m --alpha 0.01 --all -b 'A|B' -p './a b' --cpu 2\n"
            ))
        let json = try await Program.run(["plan", "main~20..main", "--format", "json", "-j", "1"], in: history.path)
            .json()
        #expect(json["expectedMeasurements"] as? Int == 7)
        let first = try #require((json["first"] as? [[String: Any]])?.first)
        #expect(first["subject"] as? String == "10")
    }
}
