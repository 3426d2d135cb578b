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
        "Interrupted while it searches, writes what is known and continues from there",
        arguments: [("INT", 130), ("TERM", 143)])
    func interrupted(signal: String, status: Int32) async throws {
        let history = try GoHistory()
        for number in 0...4 {
            // The middle of the range would run forever.
            let statement = number == 2 ? "for {\n\t\t}" : "Work()"
            let source = GoSource.work(allocations: number < 4 ? 1 : 3) + "// \(number)\n"
            try history.commit("\(number)", ["m.go": source, "m_test.go": GoSource.benchmark(calling: statement)])
        }
        let command = "allocbisect report main~4..main -m allocs/op -j 1 -o ../page.html"
        try FileManager.default.createDirectory(atPath: history.path, withIntermediateDirectories: true)
        let stopped = try await Program.shell(
            """
            \(command) 2>../errors & report=$!
            until grep -q 'measuring \(try history.id("2").short), to halve' ../errors; do
                kill -0 $report || break
                sleep 0.1
            done
            kill -\(signal) $report; wait $report
            """, in: history.path)
        #expect(stopped.status == status)
        let told = "The search was interrupted: the page shows what the results cache knew by then"
        let errors = try String(contentsOf: history.folder.appending(path: "errors"), encoding: .utf8)
        #expect(errors.contains("allocbisect: \(told)") && errors.contains("Run the same command again to continue"))
        func page() throws -> String {
            try String(contentsOf: history.folder.appending(path: "page.html"), encoding: .utf8)
        }
        let partial = try page()
        #expect(partial.contains(told) && !partial.contains("id=culprit"))
        #expect(partial.contains("<td>4<td>3") && partial.contains("<td>3<td colspan=1>not measured yet"))
        let rest = try await Program.shell(command + " --timeout 20s", in: history.path)
        #expect(rest.status == 0 && !rest.errors.contains("the good end") && !rest.errors.contains("the bad end"))
        #expect(rest.errors.contains("to halve the range") && !rest.errors.contains("interrupted"))
        #expect(try page().contains("id=culprit-\(history.id("4").short)"))
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
