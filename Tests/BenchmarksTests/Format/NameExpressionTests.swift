import Benchmarks
import Foundation
import TestSupport
import Testing

@Suite("Regular expressions for names")
struct NameExpressionTests {
    /// Go's own answers: a line for each pattern, with one letter for each text.
    private static let program = """
        package main

        import (
        \t"encoding/json"
        \t"fmt"
        \t"os"
        \t"regexp"
        )

        func main() {
        \tvar in map[string][]string
        \tif err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
        \t\tpanic(err)
        \t}
        \tfor _, pattern := range in["patterns"] {
        \t\texpression, err := regexp.Compile(pattern)
        \t\tif err != nil {
        \t\t\tfmt.Println("error")
        \t\t\tcontinue
        \t\t}
        \t\tline := ""
        \t\tfor _, text := range in["texts"] {
        \t\t\tif expression.MatchString(text) {
        \t\t\t\tline += "y"
        \t\t\t} else {
        \t\t\t\tline += "n"
        \t\t\t}
        \t\t}
        \t\tfmt.Println(line)
        \t}
        }
        """

    private static let parts = [
        "a", "b", "B", "_", "/", "é", "7", " ", "-", "]", "}", ",", ".", "^", "$", "*", "+", "?", "|", "(", ")", "(",
        ")",
        "(?:", "(?i)", "(?i:", "(?-i)", "(?s).", "(?m)^", "(?P<n>", "*?", "{2}", "{0,2}", "{1,}", "{,2}", "{2", "\\d",
        "\\D", "\\w", "\\W", "\\s", "\\b", "\\B", "\\A", "\\z", "\\.", "\\pL", "\\p{Lu}", "\\P{N}", "\\p{^L}", "\\x41",
        "\\x{e9}", "\\101", "\\Qa.b\\E", "\\q", "\\", "[a-c]", "[^a]", "[]a]", "[^]]", "[a-", "[[:alpha:]]",
        "[[:^digit:]_]", "[\\d\\pL]", "[b-a]", "[a\\-z]", "[\\W]", "[[:none:]]", "[^\\D]",
    ]

    private static let texts = [
        "", "a", "b", "B", "ab", "aab", "A_B", "BenchmarkMux/route:/a-8", "é", "É", "a é", "7", "77", "a.b", "aXb", "]",
        "^",
        "a\nb", "\n", "-", "a-z", " ", "{2}", "a{,2}", "Σ", "aaaa", "b_7/é",
    ]

    @Test("They are read and matched as Go does it", .tags(.go), arguments: 1...4)
    func asGo(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let patterns = (0..<1500).map { _ in
            (0..<Int.random(in: 1...7, using: &random)).map { _ in
                NameExpressionTests.parts.randomElement(using: &random) ?? ""
            }.joined()
        }
        let module = try GoModule(["main.go": NameExpressionTests.program])
        let question = ["patterns": patterns, "texts": NameExpressionTests.texts]
        try module.write(String(decoding: JSONEncoder().encode(question), as: UTF8.self), to: "question.json")
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: try #require(GoCommands.all.first))
        process.arguments = ["run", "main.go"]
        process.currentDirectoryURL = URL(filePath: module.root)
        process.standardInput = try FileHandle(forReadingFrom: module.folder.appending(path: "question.json"))
        process.standardOutput = output
        try process.run()
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            .split(separator: "\n")
        process.waitUntilExit()
        try #require(lines.count == patterns.count)
        for (pattern, line) in zip(patterns, lines) {
            let mine: String
            do {
                let expression = try NameExpression(pattern)
                mine = NameExpressionTests.texts.map { expression.matches($0) ? "y" : "n" }.joined()
            } catch { mine = "error" }
            #expect(mine == line, "\(pattern)")
        }
    }

    @Test(
        "No expression takes long, whatever it is compared with", .timeLimit(.minutes(1)),
        arguments: [
            "^B" + String(repeating: "e*", count: 900) + "$", "(a*)*b", "(a|a)*b", "(a|aa)+$",
            "(.*)(.*)(.*)(.*)(.*)[0-9]$",
            "((a{0,9}){0,30}){0,9}b",
        ])
    func takesNoLong(pattern: String) throws {
        let expression = try NameExpression(pattern)
        // Trying one way after another would not end within the age of the universe.
        #expect(
            !expression.matches("B" + String(repeating: "e", count: 500) + String(repeating: "a", count: 500) + "x"))
    }

    @Test(
        "What would take too much memory is refused",
        arguments: [
            "(((a{1000}){1000}){1000}){1000}", "a{1001}", "a{99999999999999999999}",
            String(repeating: "a", count: 2001),
            String(repeating: "(", count: 60) + String(repeating: ")", count: 60),
        ])
    func isRefused(pattern: String) {
        #expect(throws: ExpressionError.self) { try NameExpression(pattern) }
    }

    @Test("Nothing, repeated without end, is nothing")
    func nothing() throws {
        #expect(try NameExpression("^(((()*)*){30}){30}a$").matches("a"))
        #expect(try NameExpression("^((((){1000}){1000}){1000}){1000}a$").matches("a"))
    }
}
