import Benchmarks
import TestSupport
import Testing

@testable import GoToolchain

@Suite("Packages and their benchmarks")
struct PackagesTests {
    @Test(arguments: [
        ("./...", "", "", "./..."), (".", "", "", "."), (".", "a/b", "a/b", "."), ("./sub", "", "sub", "."),
        ("./sub/", "a", "a/sub", "."), ("../...", "a/b", "a", "./..."), ("./a/.../b", "", "a", "./.../b"),
        ("...", "a", "a", "./..."), ("./a...", "x", "x", "./a..."), ("example.com/m", "a", "a", "example.com/m"),
        ("../../..", "a", "", "."),
    ])
    func splitsPatterns(pattern: String, folder: String, start: String, rest: String) {
        let split = Toolchain.split(pattern, from: folder)
        #expect(split.folder == start && split.pattern == rest)
    }

    @Test(arguments: [
        ("func BenchmarkX(b *testing.B) {", "BenchmarkX"), ("func Benchmark(b *testing.B) {", "Benchmark"),
        ("func Benchmark_x(*testing.B) {}", "Benchmark_x"), ("func BenchmarkÄ1(b *B) {\r", "BenchmarkÄ1"),
        ("func BenchmarkLong(", "BenchmarkLong"), ("func BenchmarkWide (b *testing.B) {", "BenchmarkWide"),
        ("func Benchmarkx(b *testing.B) {", nil),
        ("func BenchmarkHelper(b *testing.B, n int) {", nil), ("func BenchmarkAll[T any](b *testing.B) {", nil),
        ("func BenchmarkTB(b testing.TB) {", nil), ("func BenchmarkT(t *testing.T) {", nil),
    ])
    func readsDeclarations(line: String, name: String?) {
        #expect(TestFile.function(declaredBy: line) == name)
    }

    private static func file(_ package: String, _ name: String) -> String {
        "package \(package)\n\nimport \"testing\"\n\nfunc \(name)(b *testing.B) {}\n"
    }

    private static let files = [
        "m_test.go": file("m", "BenchmarkRoot"), "x_test.go": file("m_test", "BenchmarkOutside"),
        "sub/s_test.go": file("sub", "BenchmarkSub"), "none/n.go": "package none\n",
        "tests/t_test.go": "package tests\n\nimport \"testing\"\n\nfunc TestX(t *testing.T) {}\n",
        "tagged/t.go": "package tagged\n",
        "tagged/t_test.go": "//go:build special\n\n" + file("tagged", "BenchmarkTagged"),
        "broken/b.go": "package broken\n\nfunc {\n", "broken/b_test.go": file("broken", "BenchmarkBroken"),
        "testdata/t_test.go": file("testdata", "BenchmarkTestdata"),
        "nested/go.mod": "module example.com/nested\n\ngo 1.19\n",
        "nested/n_test.go": file("nested", "BenchmarkNested"),
        "nested/deep/d_test.go": file("deep", "BenchmarkDeep"),
    ]

    private func directories(
        _ bench: Workbench, _ patterns: [String], from folder: String = "", tags: String = ""
    ) async throws -> [String] {
        var options = bench.options
        options.tags = tags
        return try await bench.toolchain.packages(matching: patterns, from: folder, in: bench.root, options: options)
            .packages.map(\.directory)
    }

    @Test(.tags(.go), arguments: GoCommands.all) func findsPackagesWithBenchmarksOrTests(go: String) async throws {
        let bench = try await Workbench(go, PackagesTests.files)
        #expect(try await directories(bench, ["./..."]) == [".", "broken", "nested", "nested/deep", "sub", "tests"])
        #expect(
            try await directories(bench, ["./..."], tags: "special")
                == [".", "broken", "nested", "nested/deep", "sub", "tagged", "tests"])
        #expect(try await directories(bench, ["./.../deep"]) == ["nested/deep"])
        #expect(try await directories(bench, ["./n..."]) == ["nested", "nested/deep"])
        #expect(try await directories(bench, ["."]) == ["."])
        #expect(try await directories(bench, ["./sub", ".", "./sub/..."]) == [".", "sub"])
        #expect(try await directories(bench, ["."], from: "sub") == ["sub"])
        #expect(
            try await directories(bench, ["../..."], from: "sub")
                == [".", "broken", "nested", "nested/deep", "sub", "tests"])
        #expect(try await directories(bench, ["example.com/m/sub"]) == ["sub"])
        #expect(try await directories(bench, ["./nested/..."]) == ["nested", "nested/deep"])
        for folder in ["", "sub", "nested/deep"] {
            #expect(try await directories(bench, ["example.com/nested"], from: folder) == ["nested"])
            #expect(try await directories(bench, ["example.com/m/sub"], from: folder) == ["sub"])
        }
        #expect(try await directories(bench, ["example.com/nested/..."]) == ["nested", "nested/deep"])
        #expect(try await directories(bench, ["./deep"], from: "nested") == ["nested/deep"])
        for nothing in ["./none", "./missing", "./missing/...", "example.com/other", "fmt"] {
            #expect(try await directories(bench, [nothing]) == [], "\(nothing)")
        }
        let listing = try await bench.toolchain.packages(
            matching: ["./..."], from: "", in: bench.root, options: bench.options)
        #expect(listing.notes.count == 1 && listing.notes[0].contains("benchmarks in testdata were not looked at"))
        let root = listing.packages
        #expect(root.first?.importPath == "example.com/m")
        #expect(root.first?.functions == ["BenchmarkRoot", "BenchmarkOutside"])
        #expect(root.first?.words == ["BenchmarkOutside", "BenchmarkRoot"])
    }

    @Test(.tags(.go), arguments: GoCommands.all) func findsModulesBelow(go: String) async throws {
        var files = PackagesTests.files.filter { $0.key.hasPrefix("nested/") }
        files["other/go.mod"] = "module example.com/other\n\ngo 1.19\n"
        files["other/o_test.go"] = PackagesTests.file("other", "BenchmarkOther")
        files["vendor/v/go.mod"] = "module example.com/v\n"
        for workspace in [nil, "go 1.19\n\nuse (\n\t./nested\n\tother\n)\n"] {
            files["go.work"] = workspace
            let bench = try await Workbench(go, files, hasModule: false)
            #expect(try await directories(bench, ["./..."]) == ["nested", "nested/deep", "other"])
            #expect(try await directories(bench, ["."]) == [])
            #expect(try await directories(bench, ["example.com/nested/deep"]) == ["nested/deep"])
            #expect(try await directories(bench, ["example.com/..."]) == ["nested", "nested/deep", "other"])
            #expect(try await directories(bench, ["example.com/none"]) == [])
        }
    }

    /// Go leaves folders out whose names are not part of an import path, and `go test` fails for them.
    @Test(.tags(.go), arguments: GoCommands.all) func saysWhatGoRefuses(go: String) async throws {
        let bench = try await Workbench(
            go,
            [
                "m_test.go": PackagesTests.file("m", "BenchmarkRoot"),
                "a/ñ/x_test.go": PackagesTests.file("x", "BenchmarkX"), "a/b c/x.go": "package x\n",
                "nested/go.mod": "module example.com/nested\n\ngo 1.19\n",
                "nested/c,d/x_test.go": PackagesTests.file("x", "BenchmarkX"),
                "e@f/x_test.go": PackagesTests.file("x", "BenchmarkX"),
            ])
        func notes(_ pattern: String) async throws -> [String] {
            try await bench.toolchain.packages(matching: [pattern], from: "", in: bench.root, options: bench.options)
                .notes
        }
        #expect(try await directories(bench, ["./..."]) == ["."])
        let all = try await notes("./...")
        #expect(
            all.count == 1 && all[0].hasPrefix("tests in a/ñ, e@f, nested/c,d were not looked at, since Go refuses"))
        for pattern in ["./a/ñ", "./a/..."] {
            let own = try await notes(pattern)
            #expect(own.count == 1 && own[0].contains("tests in a/ñ were") && own[0].contains("malformed"), "\(own)")
        }
        for pattern in [".", "./missing", "example.com/other"] { #expect(try await notes(pattern) == []) }
    }

    @Test(.tags(.go), arguments: GoCommands.all) func saysWhatCannotBeListed(go: String) async throws {
        let bench = try await Workbench(go, ["go.mod": "no module\n"])
        await #expect(throws: GoError.self) { try await directories(bench, ["./..."]) }
    }

    @Test(.tags(.go), arguments: GoCommands.all) func saysWhichGoItTakes(go: String) async throws {
        let bench = try await Workbench(go, ["go.mod": "module m\n\ngo 1.99.0\n\nfuture thing\n"])
        let error = await #expect(throws: GoError.self) { try await directories(bench, ["./..."]) }
        let text = error?.description ?? ""
        #expect(text.contains("1.99.0") && text.contains("--go PATH"), "\(text)")
    }

    /// A module that needs a newer Go, or is beside its workspace, hides no other one.
    @Test(.tags(.go), arguments: GoCommands.all) func modulesThatGoRefuses(go: String) async throws {
        let bench = try await Workbench(
            go,
            [
                "m_test.go": PackagesTests.file("m", "BenchmarkRoot"), "go.work": "go 1.19\n\nuse .\n",
                "unused/go.mod": "module example.com/unused\n\ngo 1.19\n",
                "unused/u_test.go": PackagesTests.file("unused", "BenchmarkUnused"),
                "future/go.mod": "module example.com/future\n\ngo 1.99\n\nfuture thing\n",
                "future/deep/f_test.go": PackagesTests.file("deep", "BenchmarkFuture"),
            ])
        #expect(try await directories(bench, ["./..."]) == [".", "future/deep", "unused"])
        #expect(try await bench.failure("unused") == nil)
        #expect(try await bench.failure("future/deep")?.reason == .newerGo)
    }

    /// A module below whose dependencies are not at hand hides no other one, and may be listed another time.
    @Test(.tags(.go), arguments: GoCommands.all) func modulesThatLackOthers(go: String) async throws {
        let test = PackagesTests.file("bench", "BenchmarkNeedy")
            .replacing("import \"testing\"", with: "import (\n\t_ \"example.com/gone\"\n\t\"testing\"\n)")
        let bench = try await Workbench(
            go,
            [
                "m_test.go": PackagesTests.file("m", "BenchmarkRoot"),
                "bench/go.mod": "module example.com/bench\n\ngo 1.12\n\nrequire example.com/gone v1.2.3\n",
                "bench/b_test.go": test,
            ], variables: ["GOFLAGS": "-mod=mod"])
        let listing = try await bench.toolchain.packages(
            matching: ["./..."], from: "", in: bench.root, options: bench.options)
        #expect(listing.packages.map(\.directory) == [".", "bench"] && listing.isTransient)
        #expect(try await bench.failure("bench")?.reason == .missingDependency)
        let root = try await bench.toolchain.packages(
            matching: ["."], from: "", in: bench.root, options: bench.options)
        #expect(root.packages.map(\.directory) == ["."] && !root.isTransient)
    }

    /// Go's own words for paths are read whole, whatever is in them.
    @Test(.tags(.go), arguments: GoCommands.all) func foldersWithOddNames(go: String) async throws {
        let odd = ["tab\there", "it's", "50%d", "two words", String(repeating: "long", count: 50)]
        var files = ["m_test.go": PackagesTests.file("m", "BenchmarkRoot")]
        for (number, name) in odd.enumerated() {
            files["\(name)/go.mod"] = "module example.com/odd\(number)\n\ngo 1.19\n"
            files["\(name)/o_test.go"] = PackagesTests.file("odd", "BenchmarkOdd")
        }
        let bench = try await Workbench(go, files)
        #expect(try await directories(bench, ["./..."]) == (["."] + odd).sorted())
        for name in odd { #expect(try await bench.binary(name).functions() == ["BenchmarkOdd"], "\(name)") }
    }
}
