import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("What Go reads of a file to find the packages that are needed")
struct GoHeaderTests {
    private static let file = """
        // Copyright.

        //go:build linux

        // Package m works.
        package m

        import (
        \t"os" // for the func of a file
        \tfast "example.com/m/fast"
        )

        import "io"

        // Work works.
        func Work() { _ = "import"; os.Exit(0) }
        """

    private func header(replacing text: String = "", with other: String = "") -> GoHeader? {
        GoHeader(Array(Self.file.replacing(text, with: other).utf8))
    }

    @Test(
        "Comments and what is declared do not belong to it",
        arguments: [
            ("Copyright", "(c)"), ("for the func of a file", "x"), ("os.Exit(0)", "os.Exit(1)"),
            ("func Work() {", "var x = struct {"),
            ("\t\"os\"", "\t\t\"os\""), ("Package m works", "Type m works"),
        ])
    func same(text: String, other: String) {
        #expect(Self.file.contains(text))
        let changed = header(replacing: text, with: other)
        #expect(changed != nil && changed == header())
    }

    @Test(
        "Imports, the package's name and build constraints do",
        arguments: [
            ("\"io\"", "\"fmt\""), ("import \"io\"", ""), ("package m", "package m_test"),
            ("go:build linux", "go:build !linux"),
            ("fast \"example", "_ \"example"), ("\"os\"", "`os.`"), ("// Copyright.", "// +build linux"),
            ("import \"io\"", "import \"io\"; import \"fmt\""),
        ])
    func other(text: String, other: String) {
        #expect(Self.file.contains(text))
        let changed = header(replacing: text, with: other)
        #expect(changed != nil && changed != header())
    }

    @Test(
        "Where more decides, or what is there is no Go, it is unknown",
        arguments: [
            "", "../m.go", "//../m.go", "func Work() {}\n", "package m\n\nimport _ \"embed\"\n",
            "package m\n\nimport (\n\t\"os\"\n\t. `embed`\n)\n", "package m\n\nimport \"C\"\n", "\u{FEFF}package m\n",
        ])
    func unknown(text: String) {
        #expect(GoHeader(Array(text.utf8)) == nil)
    }

    /// The inputs of package `p`, which imports `a`, and whether they stand after a change.
    private func stand(_ path: String, _ old: String?, _ new: String?, importing folders: Set<String> = []) -> Bool {
        var inputs = Inputs()
        inputs.directories = folders.union(["p", "a"])
        inputs.paths = ["go.mod", "p/go.mod", "p/testdata", "a/testdata", "p/link"]
        return inputs.stand(after: path, of: "p", from: old.map { Array($0.utf8) }, to: new.map { Array($0.utf8) })
    }

    @Test("Inputs stand after a change that brings no import")
    func stands() {
        let (old, new) = ("package a\n\nfunc A() {}\n", "package a\n\nfunc B() {}\n")
        #expect(stand("a/a.go", old, new) && stand("p/p_test.go", old, new) && stand("p/testdata", nil, nil))
        #expect(stand("a/a_test.go", old, "package a\n\nimport \"m/b\"\n") && stand("a/a_test.go", nil, new))
    }

    @Test("Inputs do not stand where Go may name others")
    func falls() {
        let (old, new) = ("package a\n\nfunc A() {}\n", "package a\n\nimport \"m/b\"\n\nfunc A() {}\n")
        for path in ["a/a.go", "p/p.go", "p/p_test.go"] { #expect(!stand(path, old, new) && !stand(path, new, old)) }
        #expect(!stand("a/a.go", nil, old) && !stand("a/a.go", old, nil) && !stand("a/a.go", "../x.go", "../y.go"))
        for path in ["go.mod", "p/go.mod", "a/a.s", "p/link", "p/default.pgo", ""] { #expect(!stand(path, "1", "2")) }
        #expect(!stand("p/testdata", "../one", "../two") && !stand("p/testdata", nil, "../two"))
        // A folder that counts as a whole is a package as well.
        #expect(!stand("p/testdata", nil, nil, importing: ["p/testdata"]))
        #expect(!stand("a/testdata", nil, nil, importing: ["a/testdata/deep"]))
        #expect(stand("a/testdata", nil, nil, importing: ["a/testdatas"]))
    }

    @Test("Go takes as many imports from a file of which only the header is left", arguments: GoCommands.all)
    func isAllThatGoReads(go: String) async throws {
        let root = try await Workbench(go, ["m.go": "package m\n"]).toolchain.settings["GOROOT"]
        let sources = URL(filePath: try #require(root)).appending(path: "src")
        var files: [String: String] = [:]
        for folder in ["strings", "encoding/json", "net/url", "text/template/parse", "go/scanner"] {
            let names = try FileManager.default.contentsOfDirectory(atPath: sources.appending(path: folder).path)
            for name in names where name.hasSuffix(".go") {
                let text = try String(contentsOf: sources.appending(path: "\(folder)/\(name)"), encoding: .utf8)
                files["\(folder.replacing("/", with: "_"))/\(name)"] = text
            }
        }
        let cut = files.mapValues { text in
            guard let header = GoHeader(Array(text.utf8)) else { return text }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let end = lines.firstIndex { line in ["func ", "var ", "const ", "type "].contains(where: line.hasPrefix) }
            let short = lines[..<(end ?? lines.count)].joined(separator: "\n") + "\n"
            #expect(GoHeader(Array(short.utf8)) == header)
            return short
        }
        #expect(files.count(where: { cut[$0.key] != $0.value }) > 40)
        var listings: [[String]] = []
        for files in [files, cut] {
            let bench = try await Workbench(go, files)
            let lines = Lines()
            _ = try await bench.toolchain.go(
                [
                    "list", "-e", "-f", "{{.ImportPath}} {{.GoFiles}} {{.Imports}} {{.TestImports}} {{.XTestImports}}",
                    "./...",
                ],
                in: bench.root, workspace: "off", options: BuildOptions(), lines.append)
            listings.append(lines.all)
        }
        #expect(listings[0].count == 5 && listings[0] == listings[1])
    }
}
