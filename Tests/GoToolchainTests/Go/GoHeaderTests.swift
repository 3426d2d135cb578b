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
