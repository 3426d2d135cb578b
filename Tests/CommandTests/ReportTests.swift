import Foundation
import Git
import TestSupport
import Testing

@Suite("allocbisect report", .tags(.go), .serialized)
struct ReportTests {
    @Test("Writes one page with the culprit, its explanation and every value, and changes nothing in the repository")
    func page() async throws {
        let history = try ReportedHistory.make()
        try history.checkout()
        let page = try await ReportedHistory.report(history)
        let culprit = try history.id("grow")
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
        #expect(page.contains("id=culprit-\(culprit.short)") && page.contains("Cause: <b>code</b>"))
        #expect(page.contains("m.go:9") && page.contains("<code>m.Work</code>"))
        #expect(page.contains("<td>shrink<td>2 <mark class=better>-1 ▼</mark>"))
        #expect(page.contains("the test binary does not build"))
        #expect(!page.contains("http:") && !page.contains("https:") && !page.contains(ReportedHistory.attack))
        let status = try await Program.shell("git status --porcelain", in: history.path)
        #expect(status.status == 0 && status.output.isEmpty)
    }

    @Test("With --cached measures nothing, searches nothing and says so; - is standard output")
    func cached() async throws {
        let history = try ReportedHistory.make()
        let record = try await Program.run(["record", "main"], in: history.path)
        #expect(record.status == 0, "\(record.errors)")
        let outcome = try await Program.run(["report", "main~5..main", "--cached", "-o", "-"], in: history.path)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("<!DOCTYPE html>") && outcome.output.contains("the range was not searched"))
        #expect(outcome.output.contains("not measured yet") && !outcome.output.contains("id=culprit"))
    }

    @Test(
        "Refuses what makes no sense, before anything is measured",
        arguments: [
            (["report", "main~1..main"], 64), (["report", "-o", "a.html"], 64),
            (["report", "main", "-o", "a.html"], 64),
            (["report", "main~1..main", "-o", "-", "--open"], 64),
            (["report", "main~1..main", "-o", "nowhere/a.html"], 2), (["report", "main~1..main", "-o", "."], 2),
        ] as [([String], Int32)])
    func refusals(words: [String], status: Int32) async throws {
        let history = try ReportedHistory.make()
        let outcome = try await Program.run(words, in: history.path)
        #expect(outcome.status == status && outcome.output.isEmpty && !outcome.errors.contains("measuring"))
        #expect(!outcome.errors.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: history.path + "/.git/allocbisect"))
    }

    @Test("--open hands the page to the desktop, and a desktop that is missing costs the page nothing")
    func opening() async throws {
        #if os(Linux)
            let history = try ReportedHistory.make()
            let tools = history.folder.appending(path: "tools")
            try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
            let arguments = ["report", "main~1..main", "--cached", "--open"]
            var environment = Program.environment
            for (script, warns) in [("cat \"$1\" > '\(tools.path)/seen'", false), ("exit 3", true)] {
                let file = tools.appending(path: "xdg-open")
                try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
                environment["PATH"] = "\(tools.path):\(Program.environment["PATH"] ?? "")"
                environment["TMPDIR"] = tools.path
                let outcome = try await Program.run(arguments, in: history.path, environment: environment)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.errors.contains("could not be opened: xdg-open ended with the status 3") == warns)
            }
            let seen = try String(contentsOf: tools.appending(path: "seen"), encoding: .utf8)
            #expect(seen.hasPrefix("<!DOCTYPE html>"))
        #endif
    }
}
