import Foundation
import Git
import TestSupport
import Testing

@Suite("A report in a browser", .tags(.go), .serialized, .enabled(if: Browser.isInstalled, "chromium is not installed"))
struct ReportBrowserTests {
    @Test("shows charts and the attack as text, without a word on the console", arguments: [false, true])
    func browser(isDark: Bool) async throws {
        let history = try ReportedHistory.make()
        _ = try await ReportedHistory.report(history)
        let page = history.folder.appending(path: "report.html").path
        let visit = try await Browser.visit(page, in: history.folder, isDark: isDark)
        #expect(visit.console.isEmpty, "\(visit.console)")
        #expect(visit.title == "repo main~5..main")
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

    @Test("fits a phone, and its script searches, sorts and tells of what the pointer is on")
    func script() async throws {
        let history = try ReportedHistory.make()
        let html = try await ReportedHistory.report(history, ["-m", "allocs/op"])
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
              // The line stands where the commit's value begins, one of five.
              (report.snaps ??= []).push(Math.round(5 * (parseFloat(hair.style.left) - frame.left) / frame.width * 100) / 100);
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
        let attack = String(ReportedHistory.attack.prefix(6))
        #expect(
            report.order == [
                ["ascending", "shrink", "docs", "grow", attack, "broken"],
                ["descending", "grow", attack, "shrink", "docs", "broken"],
                ["ascending", "grow", "broken", attack, "shrink", "docs"],
                ["ascending", attack, "broken", "docs", "grow", "shrink"],
            ])
        #expect(
            report.tips.map(\.last) == ["grow", "broken", "docs"] && report.tips[0][0] == "3 allocs/op +2 ▲",
            "\(report.tips)")
        #expect(report.snaps == [0, 1, 4])
        #expect(report.tips[1][0].hasPrefix("the test binary does not") && report.line)
        let dark = try Probe(await Browser.visit(phone.path, in: history.folder, isDark: true))
        #expect(Set(report.colors).isDisjoint(with: dark.colors))
    }

    /// What the probe found.
    private struct Probe: Decodable {
        let width, found: [Int]
        let snaps: [Double]
        let colors: [String]
        let order, tips: [[String]]
        let line: Bool

        init(_ visit: Browser.Visit) throws {
            self = try JSONDecoder().decode(Probe.self, from: Data(visit.title.replacing("&lt;", with: "<").utf8))
        }
    }
}
