import Benchmarks
import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("Tests that a binary for benchmarks is built without")
struct IdleTestsTests {
    @Test("Bodies begin where Go has them begin, and what looks like a function is none")
    func finds() {
        let source = """
            package m // func TestNo(t *testing.T) {
            /* func TestNo(t *testing.T) {
            */
            import "testing"
            const text = `
            func TestNo(t *testing.T) {
            ` + "func TestNo(t *testing.T) {\\"" + "TestNamed.*"
            var quote, brace = '"', '{'
            var table = []func(t *testing.T){func(t *testing.T) { TestCalled(t) }}
            func TestÄ(t *testing.T) {}
            func FuzzA(f *testing.F) { f.Fuzz(func(t *testing.T, b []byte) {}) }
            func ExampleT_m() {
            \t// Output: }
            }
            func
            TestLines (
            \tt *testing.T, // (
            ) {
            }
            func TestResult(t *testing.T) error { return nil }
            func TestBox[T any](t *testing.T) {}
            func (s *suite) TestMethod(t *testing.T) {}
            func TestMain(m *testing.M) { m.Run() }
            func TestCalled(t *testing.T) {}
            func TestNamed(t *testing.T) {}
            func helper(t *testing.T) { func(TestInner int) {}(1) }
            func TestOpen(t *testing.T) {
            """
        let file = GoFunctions(Array(source.utf8))
        let names = ["TestÄ", "FuzzA", "ExampleT_m", "TestLines", "TestCalled", "TestNamed", "TestOpen"]
        #expect(file.functions.map(\.name) == names)
        #expect(file.words["TestNo"] == 2 && file.words["TestCalled"] == 2 && file.words["TestNamed"] == 2)
        #expect(file.words["TestÄ"] == 1 && file.words["TestMethod"] == 1)
        let text = String(decoding: file.text(inserting: "!", into: file.functions), as: UTF8.self)
        #expect(text.replacing("{!", with: "{") == source && text.count == source.count + names.count)
        #expect(text.contains("testing.T, // (\n) {!\n}") && text.hasSuffix("TestOpen(t *testing.T) {!"))
        #expect(GoFunctions([]).functions.isEmpty)
    }

    @Test("Damaged files are read to their end", arguments: 0..<40)
    func damaged(seed: Int) {
        var random = SeededGenerator(seed: seed)
        let parts = ["func", " TestA", "(", ")", "{", "}", "\"", "'", "`", "\\", "//", "/*", "*/", "\n", "é", "[", "x"]
        let source = (0..<200).map { _ in parts.randomElement(using: &random)! }.joined()
        let file = GoFunctions(Array(source.utf8))
        for function in file.functions { #expect(Array(source.utf8)[function.body - 1] == UInt8(ascii: "{")) }
        #expect(file.functions.count <= file.words.values.reduce(0, +))
    }

    /// Go's own parser and scanner say the same of the tests of the standard library, where a Go brings them along.
    @Test("Real test files are read as Go reads them", .tags(.go)) func realFiles() async throws {
        var roots: [String] = []
        for go in GoCommands.all {
            try await roots.append(Workbench(go, ["x.go": "package m\n"]).toolchain.settings["GOROOT"] ?? "")
        }
        let paths = roots.flatMap { root in
            FileManager.default.enumerator(atPath: root + "/src")?.compactMap { $0 as? String }
                .filter { $0.hasSuffix("_test.go") && !$0.contains("testdata/") && !$0.hasPrefix("cmd/") }.map {
                    "\(root)/src/\($0)"
                } ?? []
        }
        try #require(paths.count > 500)
        let bench = try await Workbench(try #require(GoCommands.all.last), ["list_test.go": Self.lister])
        try paths.joined(separator: "\n").write(toFile: bench.root + "/paths", atomically: true, encoding: .utf8)
        let run = try await bench.binary().run("BenchmarkList", iterations: 1)
        #expect(run.failure == nil)
        let listed = try String(contentsOfFile: bench.root + "/listed", encoding: .utf8).split(separator: "\n")
        #expect(listed.count > 4000)
        var own: [String] = []
        for path in paths {
            let file = GoFunctions([UInt8](try Data(contentsOf: URL(filePath: path))))
            own += file.functions.map { "\(path) \($0.name) \($0.body) \(file.words[$0.name] ?? 0)" }
        }
        #expect(Set(own).symmetricDifference(listed.map(String.init)).sorted().prefix(5) == [])
    }

    private static let lister = """
        package m

        import (
        \t"fmt"
        \t"go/ast"
        \t"go/parser"
        \t"go/scanner"
        \t"go/token"
        \t"os"
        \t"regexp"
        \t"strings"
        \t"testing"
        )

        func BenchmarkList(b *testing.B) {
        \tpaths, err := os.ReadFile("paths")
        \tif err != nil {
        \t\tb.Fatal(err)
        \t}
        \tout, err := os.Create("listed")
        \tif err != nil {
        \t\tb.Fatal(err)
        \t}
        \tdefer out.Close()
        \tword := regexp.MustCompile("[0-9A-Za-z_\\\\x{80}-\\\\x{10ffff}]+")
        \tfor _, path := range strings.Split(string(paths), "\\n") {
        \t\tsource, _ := os.ReadFile(path)
        \t\tfiles := token.NewFileSet()
        \t\tfile, err := parser.ParseFile(files, path, source, 0)
        \t\tif err != nil {
        \t\t\tb.Fatal(err)
        \t\t}
        \t\twords := map[string]int{}
        \t\tvar s scanner.Scanner
        \t\ts.Init(token.NewFileSet().AddFile(path, -1, len(source)), source, nil, 0)
        \t\tfor {
        \t\t\t_, kind, text := s.Scan()
        \t\t\tif kind == token.EOF {
        \t\t\t\tbreak
        \t\t\t}
        \t\t\tfor _, each := range word.FindAllString(text, -1) {
        \t\t\t\twords[each]++
        \t\t\t}
        \t\t}
        \t\tfor _, each := range file.Decls {
        \t\t\tf, ok := each.(*ast.FuncDecl)
        \t\t\tif !ok || f.Recv != nil || f.Type.Results != nil || f.Body == nil || f.Name.Name == "TestMain" {
        \t\t\t\tcontinue
        \t\t\t}
        \t\t\tname := f.Name.Name
        \t\t\tfor _, prefix := range []string{"Test", "Fuzz", "Example"} {
        \t\t\t\tif strings.HasPrefix(name, prefix) {
        \t\t\t\t\tfmt.Fprintln(out, path, name, files.Position(f.Body.Lbrace).Offset+1, words[name])
        \t\t\t\t}
        \t\t\t}
        \t\t}
        \t}
        }
        """
}
