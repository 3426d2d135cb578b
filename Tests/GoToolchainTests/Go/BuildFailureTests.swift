import Benchmarks
import TestSupport
import Testing

@testable import GoToolchain

@Suite("The reasons that builds fail for", .tags(.go), .serialized)
struct BuildFailureTests {
    static let good = Workbench.testFile("func BenchmarkX(b *testing.B) {}")
    static let broken = "package m\n\nfunc Broken() int { return missing }\n"

    static func package(_ name: String, importing path: String) -> String {
        "package \(name)\n\nimport _ \"\(path)\"\n"
    }

    /// Builds a package of a module and expects a failure.
    func expect(
        _ reason: Failure.Reason, go: String, _ files: [String: String], around: [String: String] = [:],
        package: String = ".", hasModule: Bool = true, variables: [String: String] = [:],
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let bench = try await Workbench(go, files, around: around, hasModule: hasModule, variables: variables)
        let failure = try await bench.failure(package)
        #expect(failure?.reason == reason, "\(failure?.message ?? "built")", sourceLocation: location)
    }

    @Test(arguments: GoCommands.all) func sourceThatDoesNotCompile(go: String) async throws {
        try await expect(.build, go: go, ["m.go": BuildFailureTests.broken, "m_test.go": BuildFailureTests.good])
        try await expect(.build, go: go, ["m_test.go": "package m\n\nfunc {"])
        let unknown = BuildFailureTests.package("m", importing: "example.com/m/none")
        try await expect(.build, go: go, ["m_test.go": BuildFailureTests.good, "m.go": unknown])
        let cycle = [
            "a/a.go": BuildFailureTests.package("a", importing: "example.com/m/b"),
            "b/b.go": BuildFailureTests.package("b", importing: "example.com/m/a"),
        ]
        try await expect(.build, go: go, cycle, package: "a")
    }

    @Test(arguments: GoCommands.all) func foldersOfGo(go: String) async throws {
        let files = ["m.go": BuildFailureTests.package("m", importing: "nowhere"), "m_test.go": BuildFailureTests.good]
        let bench = try await Workbench(go, files)
        let message = try #require(try await bench.failure()?.message)
        #expect(message.contains("($GOROOT/src/nowhere)"), "\(message)")
        let cache = try #require(bench.toolchain.settings["GOMODCACHE"])
        #expect(
            bench.toolchain.portable("\(bench.root)/m.go:1: \(cache)/far@v1.0.0/f.go", in: bench.root)
                == "m.go:1: $GOMODCACHE/far@v1.0.0/f.go")
    }

    /// Go 1.19 heads none of these words as a compiler's.
    @Test(arguments: GoCommands.all) func packagesThatGoDoesNotLoad(go: String) async throws {
        let own = Workbench.testFile("func BenchmarkX(b *testing.B) {}").replacing("package m", with: "package own")
        let files = [
            "m.go": "package m\n", "m_test.go": BuildFailureTests.good,
            "two/a.go": "package own\n", "two/b.go": "package other\n", "two/a_test.go": own,
            "names/a_test.go": own, "names/b_test.go": own.replacing("package own", with: "package other"),
            "c/c.c": "int x;\n", "c/c.go": "package own\n", "c/c_test.go": own,
            "cgo/c_test.go": "package own\n\nimport \"C\"\n",
            "uses/u.go": BuildFailureTests.package("own", importing: "example.com/m/two"), "uses/u_test.go": own,
            "inner/i.go": BuildFailureTests.package("own", importing: "example.com/other/internal/x"),
            "inner/i_test.go": own,
        ]
        for package in ["two", "names", "c", "cgo", "uses", "inner"] {
            let bench = try await Workbench(go, files)
            let failure = try await bench.failure(package)
            #expect(failure?.isTransient == false, "\(package): \(failure?.message ?? "built")")
            #expect(failure?.message.contains(bench.root) == false, "\(failure?.message ?? "built")")
            #expect(failure?.message.contains("FAIL") == false, "\(failure?.message ?? "built")")
        }
    }

    @Test(arguments: GoCommands.all) func packageThatIsNotThere(go: String) async throws {
        let files = [
            "m_test.go": BuildFailureTests.good, "docs/README.md": "",
            "win/m.go": "//go:build plan9\n\npackage win\n",
        ]
        for package in ["none", "docs", "win", "m_test.go"] {
            try await expect(.missingPackage, go: go, files, package: package)
        }
    }

    /// The tree may lie inside another module or workspace, as a worktree inside its repository does.
    @Test(arguments: GoCommands.all) func treeWithoutModule(go: String) async throws {
        let outer = ["go.mod": "module example.com/outer\n\ngo 1.19\n", "go.work": "go 1.19\n\nuse .\n"]
        for around in [[:], outer] {
            try await expect(
                .missingModule, go: go, ["m_test.go": BuildFailureTests.good], around: around, hasModule: false)
        }
        let inside = try await Workbench(go, ["m_test.go": BuildFailureTests.good], around: outer)
        #expect(try await inside.failure() == nil)
    }

    @Test(arguments: GoCommands.all) func moduleForNewerGo(go: String) async throws {
        for version in ["1.99", "1.99.0"] {
            try await expect(
                .newerGo, go: go,
                [
                    "go.mod": "module m\n\ngo \(version)\n", "m.go": BuildFailureTests.broken,
                    "m_test.go": BuildFailureTests.good,
                ])
        }
        // Its go.mod has directives that Go does not know yet.
        try await expect(
            .newerGo, go: go, ["go.mod": "module m\n\ngo 1.99\n\nfuture thing\n", "m_test.go": BuildFailureTests.good])
    }

    /// Before 1.21, Go builds what asks for a newer one as far as that goes, and then blames the code.
    @Test(arguments: GoCommands.all) func codeForNewerGo(go: String) async throws {
        let newer = ["go.mod": "module m\n\ngo 1.99\n", "m_test.go": BuildFailureTests.good]
        let workspace = ["go.work": "go 1.99\n\nuse .\n", "m_test.go": BuildFailureTests.good]
        let unknown = BuildFailureTests.package("m", importing: "future")
        for files in [newer, workspace] {
            for source in [BuildFailureTests.broken, unknown] {
                let failure = try await Workbench(go, files.merging(["m.go": source]) { $1 }).failure()
                #expect(failure?.reason == .newerGo, "\(failure?.text ?? "built")")
                #expect(failure?.description.contains("1.99") == true, "\(failure?.text ?? "built")")
            }
            let builds = try await Workbench(go, files).failure() == nil
            #expect(builds == (GoCommands.minorVersion(of: go) < 21))
        }
        // What is not there is missing in any Go.
        let empty = try await Workbench(go, newer.merging(["docs/README.md": ""]) { $1 })
        #expect(try await empty.failure("none")?.reason == .missingPackage)
    }

    @Test(arguments: GoCommands.all) func moduleOutOfReach(go: String) async throws {
        let module = "module m\n\ngo 1.19\n\nrequire example.com/far v1.0.0\n"
        let sum = """
            example.com/far v1.0.0 h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
            example.com/far v1.0.0/go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

            """
        try await expect(
            .missingDependency, go: go,
            [
                "go.mod": module, "go.sum": sum, "m.go": BuildFailureTests.package("m", importing: "example.com/far"),
                "m_test.go": BuildFailureTests.good,
            ])
    }

    /// A proxy in the file system that lacks what is asked for, as those of machines without a network.
    @Test(arguments: GoCommands.all) func proxyThatLacksAModule(go: String) async throws {
        let module = "module m\n\ngo 1.19\n\nrequire example.com/far v1.0.0\n"
        try await expect(
            .missingDependency, go: go,
            [
                "go.mod": module, "m.go": BuildFailureTests.package("m", importing: "example.com/far"),
                "m_test.go": BuildFailureTests.good,
            ], variables: ["GOPROXY": "file:///nowhere", "GOFLAGS": "-mod=mod"])
    }

    @Test(arguments: GoCommands.all) func inconsistentVendoring(go: String) async throws {
        try await expect(
            .build, go: go,
            [
                "go.mod": "module m\n\ngo 1.19\n\nrequire example.com/far v1.0.0\n",
                "vendor/modules.txt": "# example.com/other v1.0.0\n## explicit\n", "m_test.go": BuildFailureTests.good,
            ])
    }

    @Test(arguments: GoCommands.all) func packageWithoutTestFiles(go: String) async throws {
        let bench = try await Workbench(go, ["m.go": "package m\n", "sub/m_test.go": BuildFailureTests.good])
        // A binary of another build must not be taken for this one's.
        #expect(try await bench.failure("sub") == nil)
        #expect(try await bench.failure(".")?.reason == .missingBenchmark)
    }

    @Test(arguments: GoCommands.all) func timeLimit(go: String) async throws {
        let failure = try await Workbench.endless(go, ["m_test.go": BuildFailureTests.good]).failure()
        #expect(failure?.reason == .timeout && failure?.limit == 0.02)
    }

    /// The module mode that GOFLAGS asks for is respected.
    @Test(arguments: GoCommands.all) func moduleModes(go: String) async throws {
        let vendored = [
            "go.mod": "module m\n\ngo 1.19\n\nrequire example.com/far v1.0.0\n",
            "vendor/modules.txt": "# example.com/far v1.0.0\n## explicit\nexample.com/far\n",
            "vendor/example.com/far/far.go": "package far\n",
            "m_test.go": BuildFailureTests.good, "m.go": BuildFailureTests.package("m", importing: "example.com/far"),
        ]
        for flags in ["", "-mod=vendor"] {
            let bench = try await Workbench(go, vendored, variables: ["GOFLAGS": flags])
            #expect(try await bench.failure() == nil)
            let packages = try await bench.toolchain.packages(
                matching: ["./..."], from: "", in: bench.root, options: bench.options)
            #expect(packages.packages.map(\.directory) == ["."])
            let inputs = try await bench.toolchain.inputs(ofPackage: ".", in: bench.root, options: bench.options)
            #expect(inputs.directories == ["", "vendor/example.com/far"])
        }
        try await expect(.missingDependency, go: go, vendored, variables: ["GOFLAGS": "-mod=mod"])
        let plain = try await Workbench(
            go, ["m_test.go": BuildFailureTests.good], variables: ["GOFLAGS": "-mod=mod"])
        #expect(try await plain.failure() == nil)
    }

    /// What is missing is named, with what would bring it back.
    @Test(arguments: GoCommands.all) func whatIsMissing(go: String) async throws {
        let good = BuildFailureTests.good
        let module = "module m\n\ngo 1.19\n"
        let dependency = "\nrequire example.com/d v0.0.0\n\nreplace example.com/d => "
        let using = BuildFailureTests.package("m", importing: "example.com/d")
        let cases: [([String: String], String)] = [
            (
                ["go.mod": module + dependency + "../outside\n", "m.go": using, "m_test.go": good],
                "../outside is outside the repository"
            ),
            (
                [
                    "go.mod": module + dependency + "./third/d\n", "m.go": using, "m_test.go": good,
                    ".gitmodules": "[submodule \"d\"]\n\tpath = third/d\n\turl = ../d\n", "third/d/.git": "gitdir: x\n",
                ],
                "git submodule update --init third/d"
            ),
            (
                ["m.go": "package m\n\nimport _ \"embed\"\n\n//go:embed dist/*\nvar _ string\n", "m_test.go": good],
                "dist/*, which go:embed asks for"
            ),
            (
                ["m.go": "package m\n\n//go:generate make parser\n\nvar _ = parse\n", "m_test.go": good],
                "m.go has go:generate lines"
            ),
        ]
        for (files, text) in cases {
            let failure = try await Workbench(go, files).failure()
            #expect(failure?.description.contains(text) == true, "\(failure?.text ?? "built")")
        }
    }
}
