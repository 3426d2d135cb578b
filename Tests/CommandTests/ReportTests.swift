import Foundation
import Git
import TestSupport
import Testing

@Suite("allocbisect report", .tags(.go), .serialized)
struct ReportTests {
    private static let attack = "</script><script>document.title='gone'</script><img src=x onerror=\"alert(1)\">"

    /// Six commits: the second one grows, the third one does not build and the fourth one has a hostile subject.
    private func history() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("grow", ["m.go": GoSource.work(allocations: 3)])
        try history.commit("broken", ["broken.go": "package m\n\nfunc broken( {\n"])
        try history.commit(ReportTests.attack, ["broken.go": nil])
        try history.commit("shrink", ["m.go": GoSource.work(allocations: 2)])
        try history.commit("docs", ["README.md": "1"])
        return history
    }

    private func report(_ history: GoHistory, _ options: [String] = []) async throws -> String {
        let page = history.folder.appending(path: "report.html").path
        let outcome = try await Program.run(["report", "main~5..main", "-o", page] + options, in: history.path)
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
        return try String(contentsOfFile: page, encoding: .utf8)
    }

    @Test("Writes one page with the culprit, its explanation and every value, and changes nothing in the repository")
    func page() async throws {
        let history = try history()
        try history.checkout()
        let page = try await report(history)
        let culprit = try history.id("grow")
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
        #expect(page.contains("id=culprit-\(culprit.short)") && page.contains("Cause: <b>code</b>"))
        #expect(page.contains("m.go:9") && page.contains("<code>m.Work</code>"))
        #expect(page.contains("<td>shrink<td>2 <mark class=better>-1 ▼</mark>"))
        #expect(page.contains("the test binary does not build"))
        #expect(!page.contains("http:") && !page.contains("https:") && !page.contains(ReportTests.attack))
        let status = try await Program.shell("git status --porcelain", in: history.path)
        #expect(status.status == 0 && status.output.isEmpty)
    }

    @Test("With --cached measures nothing, searches nothing and says so; - is standard output")
    func cached() async throws {
        let history = try history()
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
        let history = try history()
        let outcome = try await Program.run(words, in: history.path)
        #expect(outcome.status == status && outcome.output.isEmpty && !outcome.errors.contains("measuring"))
        #expect(!outcome.errors.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: history.path + "/.git/allocbisect"))
    }

    @Test("--open hands the page to the desktop, and a desktop that is missing costs the page nothing")
    func opening() async throws {
        #if os(Linux)
            let history = try history()
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

    @Test(
        "In a browser shows charts and the attack as text, without a word on the console",
        .enabled(if: Browser.isInstalled, "chromium is not installed"), arguments: [false, true])
    func browser(isDark: Bool) async throws {
        let history = try history()
        _ = try await report(history)
        let page = history.folder.appending(path: "report.html").path
        let visit = try await Browser.visit(page, in: history.folder, isDark: isDark)
        #expect(visit.console.isEmpty, "\(visit.console)")
        #expect(visit.title == "Allocations, main~5..main")
        #expect(visit.document.contains("<button type=\"button\">") && !visit.document.contains("<img"))
        #expect(visit.document.ranges(of: "<figure id=\"chart-").count == 3)
        // The script of an attacker would be seen and refused.
        let html = try String(contentsOfFile: page, encoding: .utf8)
        try Data(
            html.replacing("<header>", with: "<script>document.title = 'gone'</script><p style='color: red'><header>")
                .utf8
        )
        .write(to: URL(filePath: page))
        let attacked = try await Browser.visit(page, in: history.folder, isDark: isDark)
        #expect(attacked.console.count == 2, "\(attacked.console)")
        #expect(attacked.title == visit.title)
    }

    @Test(
        "In a browser fits a phone, and its script searches, sorts and tells of what the pointer is on",
        .enabled(if: Browser.isInstalled, "chromium is not installed"))
    func script() async throws {
        let history = try history()
        let html = try await report(history, ["-m", "allocs/op"])
        let probe = """
            const report = {}, seen = () => rows.filter(row => !row.hidden).length;
            report.width = [innerWidth, document.documentElement.scrollWidth];
            report.colors = ["--page", "--text"].map(name => getComputedStyle(document.body).getPropertyValue(name));
            const field = search.querySelector("input");
            for (const text of ["SHRINK", "<img", "nothing of the kind", ""]) {
              field.value = text;
              field.dispatchEvent(new Event("input"));
              (report.found ??= []).push(seen());
            }
            const order = () => [...body.rows].map(row => row.cells[3].textContent.slice(0, 6));
            for (const column of [4, 4, 0, 3]) {
              heads[column].querySelector("button").click();
              (report.order ??= []).push([heads[column].ariaSort, ...order()]);
            }
            const plot = document.querySelector(".plot"), frame = plot.getBoundingClientRect();
            for (const share of [0.1, 0.3, 0.9]) {
              const at = { clientX: frame.left + share * frame.width, clientY: frame.top + 20 };
              plot.dispatchEvent(new PointerEvent("pointermove", at));
              (report.tips ??= []).push([...tip.children].map(line => line.textContent.slice(0, 29)));
            }
            report.line = document.querySelector(".line").getBoundingClientRect().width > 100;
            parent.postMessage(JSON.stringify(report), "*");
            """
        let policy = try #require(html.firstMatch(of: /<meta http-equiv[^>]*>/))
        let page = html.replacing(policy.0, with: "").replacing("</body>", with: "<script>\(probe)</script></body>")
        try Data(page.utf8).write(to: history.folder.appending(path: "probe.html"))
        // A window cannot be as narrow as a phone.
        let phone = history.folder.appending(path: "phone.html")
        try Data(
            """
            <script>onmessage = event => document.title = event.data</script>
            <iframe src=probe.html width=390 height=844 style="border: 0"></iframe>
            """.utf8
        ).write(to: phone)
        let visit = try await Browser.visit(phone.path, in: history.folder)
        #expect(visit.console.isEmpty, "\(visit.console)")
        let report = try Probe(visit)
        #expect(report.width == [390, 390])
        #expect(report.found == [1, 1, 0, 5])
        let attack = String(ReportTests.attack.prefix(6))
        #expect(
            report.order == [
                ["ascending", "shrink", "docs", "grow", attack, "broken"],
                ["descending", "grow", attack, "shrink", "docs", "broken"],
                ["ascending", "grow", "broken", attack, "shrink", "docs"],
                ["ascending", attack, "broken", "docs", "grow", "shrink"],
            ])
        #expect(report.tips.map(\.last) == ["grow", "broken", "docs"] && report.tips[0][0].hasPrefix("3 +2"))
        #expect(report.tips[1][0].hasPrefix("the test binary does not") && report.line)
        let dark = try Probe(await Browser.visit(phone.path, in: history.folder, isDark: true))
        #expect(Set(report.colors).isDisjoint(with: dark.colors))
    }

    /// What the probe found.
    private struct Probe: Decodable {
        let width, found: [Int]
        let colors: [String]
        let order, tips: [[String]]
        let line: Bool

        init(_ visit: Browser.Visit) throws {
            self = try JSONDecoder().decode(Probe.self, from: Data(visit.title.replacing("&lt;", with: "<").utf8))
        }
    }
}
