import Benchmarks
import TestSupport
import Testing

@testable import GoToolchain

@Suite("What real compilers say of escapes", .tags(.go), .serialized)
struct EscapesTests {
    private static let leaking = "func F() *int { return new(int) }\n"
    private static let test =
        "package m\n\nimport \"testing\"\n\nfunc BenchmarkF(b *testing.B) {\n\tsink = new(int)\n}\n"

    private func escapes(
        _ bench: Workbench, _ packages: [String] = ["."], withTests: Bool = false, gcflags: String = "",
        tags: String = ""
    ) async throws -> Escapes {
        var options = bench.options
        (options.gcflags, options.tags) = (gcflags, tags)
        return try await bench.toolchain.escapes(
            inPackages: packages, withTests: withTests, in: bench.root, options: options)
    }

    /// `file:line` of every note, without those on inlining.
    private func places(_ escapes: Escapes) -> [String] {
        escapes.notes.filter { $0.kind != .inlinable }.map { "\($0.file):\($0.line)" }
    }

    @Test(arguments: GoCommands.all) func tellsEverySortOfAllocation(go: String) async throws {
        let bench = try await Workbench(go, ["m.go": EscapeSource.text])
        let found = try await escapes(bench)
        #expect(found.failures == [:])
        let texts = found.notes.filter { $0.kind != .inlinable }.map { "\($0.line): \($0.text)" }
        #expect(Set(texts).sorted() == EscapeSource.expected(isNew: bench.toolchain.minorVersion >= 25))
        let functions = found.notes.compactMap(\.function)
        #expect(
            Set(["(*point).move", "point.sum", "(*stack).push", "stays", "functions.func1"]).isSubset(of: functions))
        #expect(!functions.contains("functions") && found.notes == found.notes.sorted())
        #expect(try await escapes(bench) == found, "the cache repeats it")
        // Without optimisation nothing is inlined.
        let plain = try await escapes(bench, gcflags: "-N -l")
        #expect(plain.notes.contains { $0.kind == .escapes } && plain.notes.allSatisfy { $0.function == nil })
    }

    @Test(arguments: GoCommands.all) func asksForTests(go: String) async throws {
        let files = [
            "m.go": "package m\n\nvar sink *int\n\n" + EscapesTests.leaking, "m_test.go": EscapesTests.test,
            "x_test.go": EscapesTests.test.replacing("package m", with: "package m_test") + "var sink *int\n",
            "only/m_test.go": EscapesTests.test + "var sink *int\n",
            "plain/m.go": "package plain\n\n" + EscapesTests.leaking,
        ]
        let bench = try await Workbench(go, files)
        #expect(places(try await escapes(bench)) == ["m.go:5"])
        let found = try await escapes(bench, [".", "only", "plain"], withTests: true)
        #expect(places(found) == ["m.go:5", "m_test.go:6", "only/m_test.go:6", "plain/m.go:3", "x_test.go:6"])
        #expect(found.failures == [:])
    }

    @Test(arguments: GoCommands.all) func startsInEachModule(go: String) async throws {
        let files = [
            "a/go.mod": "module example.com/a\n\ngo 1.19\n", "a/a.go": "package a\n\n" + EscapesTests.leaking,
            "a/deep/d.go": "package deep\n\n" + EscapesTests.leaking, "b/b.go": "package b\n\n" + EscapesTests.leaking,
            "c/c.go": "//go:build special\n\npackage c\n\n" + EscapesTests.leaking, "c/d.go": "package c\n",
            "other/o.go": "package other\n\n" + EscapesTests.leaking,
        ]
        for flags in ["", "-trimpath"] {
            let bench = try await Workbench(go, files, variables: ["GOFLAGS": flags])
            let packages = ["a", "a/deep", "b", "b", "c"]
            #expect(places(try await escapes(bench, packages)) == ["a/a.go:3", "a/deep/d.go:3", "b/b.go:3"])
            #expect(places(try await escapes(bench, packages, tags: "special")).last == "c/c.go:5")
        }
    }

    @Test(arguments: GoCommands.all) func addsTheUsersFlags(go: String) async throws {
        let files = ["m.go": "package m\n\n" + EscapesTests.leaking]
        for (gcflags, flags) in [("-l", ""), ("all=-l -m=2", ""), ("all=", "-gcflags=-l"), ("", "-gcflags=-l")] {
            let bench = try await Workbench(go, files, variables: ["GOFLAGS": flags])
            let notes = try await escapes(bench, gcflags: gcflags).notes
            #expect(notes.map(\.text) == (gcflags == "all=" ? ["can inline F"] : []) + ["new(int) escapes to heap"])
        }
    }

    @Test(arguments: GoCommands.all) func oddLineDirectives(go: String) async throws {
        let function = EscapesTests.leaking.replacing("\n", with: "")
        let directives = ["//line grammar.y:10", "//line :3", "//line /else/where.go:5:7", "//line ../../out.go:1"]
        let source = directives.enumerated().map { "\($1)\n" + function.replacing("F", with: "F\($0)") }
        let bench = try await Workbench(go, ["m.go": "package m\n\n" + source.joined(separator: "\n\n") + "\n"])
        let found = try await escapes(bench)
        #expect(Set(places(found)) == ["grammar.y:10"])
        #expect(found.notes.allSatisfy { $0.column == 0 })
    }

    @Test(arguments: GoCommands.all) func cgoFiles(go: String) async throws {
        let source =
            "package m\n\n// static int f(int x) { return x; }\nimport \"C\"\n\nfunc G() C.int { return C.f(1) }\n\n"
        let bench = try await Workbench(go, ["m.go": source + EscapesTests.leaking])
        let found = try await escapes(bench)
        // Without a C compiler there is nothing to see.
        #expect(found.failures["."] != nil || places(found) == ["m.go:8"])
    }

    @Test(arguments: GoCommands.all) func packagesThatDoNotBuild(go: String) async throws {
        let broken = "\n\nfunc Broken() int { return missing }\n"
        let good = "\n\n" + EscapesTests.leaking
        let files = [
            "good/g.go": "package good" + good, "broken/b.go": "package broken" + broken,
            "needs/n.go": "package needs\n\nimport _ \"example.com/m/hidden\"" + good,
            "hidden/h.go": "package hidden" + broken,
            "tests/t.go": "package tests" + good, "tests/t_test.go": "package tests" + broken,
            "syntax/s.go": "package syntax" + good, "syntax/s_test.go": "package syntax\n\nfunc {",
            "far/f.go": "package far\n\nimport _ \"example.com/far\"" + good,
            "win/w.go": "//go:build plan9\n\npackage win\n",
            "docs/README.md": "", "lone/go.mod": "module m\n\ngo 1.99\n\nfuture thing\n",
            "lone/l.go": "package lone" + good,
        ]
        let bench = try await Workbench(go, files)
        let packages = [
            "good", "broken", "needs", "tests", "syntax", "far", "win", "docs", "lone", "none", "good/g.go",
        ]
        let found = try await escapes(bench, packages, withTests: true)
        #expect(places(found) == ["good/g.go:3"])
        let reasons: [String: Failure.Reason] = [
            "broken": .build, "needs": .build, "tests": .build, "syntax": .build, "far": .build, "win": .missingPackage,
            "docs": .missingPackage, "lone": .newerGo, "none": .missingPackage, "good/g.go": .missingPackage,
        ]
        #expect(found.failures.mapValues(\.reason) == reasons, "\(found.failures)")
        for package in ["broken", "needs", "tests"] {
            #expect(found.failures[package]?.message.contains("missing") == true, "\(found.failures)")
        }
        #expect(found.failures["far"]?.message.contains("example.com/far") == true)
        // What a package's tests need is of no importance without them.
        #expect(places(try await escapes(bench, ["tests", "syntax"])) == ["syntax/s.go:3", "tests/t.go:3"])
    }

    @Test(arguments: GoCommands.all) func timeLimit(go: String) async throws {
        let bench = try await Workbench.endless(go, ["m.go": "package m\n\n" + EscapesTests.leaking])
        let found = try await escapes(bench)
        #expect(found.notes == [] && found.failures["."]?.reason == .timeout)
    }

    @Test func treeWithoutModule() async throws {
        let go = try #require(GoCommands.all.first)
        let bench = try await Workbench(go, ["m.go": "package m\n"], hasModule: false)
        #expect(try await escapes(bench).failures == [".": Failure(.missingModule)])
    }
}
