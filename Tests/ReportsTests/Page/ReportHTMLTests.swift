import AllocBisectCore
import Foundation
import Git
import TestSupport
import Testing

@testable import Reports

@Suite("A report as a page")
struct ReportHTMLTests {
    /// What Python's parser makes of a page: its tags, those with attributes that run or style something, the ids, the
    /// links to them, and the text.
    private struct Page: Decodable {
        let tags, doubtful, ids, links: [String]
        let text: String

        init(_ html: String) throws {
            let script = """
                import html.parser, json, sys

                class Reader(html.parser.HTMLParser):
                    page = {"tags": [], "doubtful": [], "ids": [], "links": [], "text": ""}
                    def handle_starttag(self, tag, attributes):
                        self.page["tags"].append(tag)
                        for name, value in attributes:
                            if name.startswith("on") or name in ("style", "src", "action"):
                                self.page["doubtful"].append(f"{tag} {name}")
                            if name == "id": self.page["ids"].append(value)
                            if name == "href": self.page["links"].append(value)
                    def handle_data(self, data): self.page["text"] += data
                    def handle_comment(self, data): self.page["doubtful"].append("comment")

                reader = Reader()
                reader.feed(open(0, encoding="utf-8").read())
                reader.close()
                print(json.dumps(reader.page))
                """
            self = try JSONDecoder().decode(
                Page.self, from: Data(try Tool.run(["python3", "-c", script], on: html).utf8))
        }
    }

    @Test(
        "holds nothing from the repository as markup, and every link in it leads somewhere",
        .enabled(if: Tool.isInstalled("python3"), "python3 is not installed"), arguments: [true, false])
    func hostile(isSearched: Bool) throws {
        let report = try SampleReport.make(isSearched: isSearched)
        let html = ReportHTML.text(of: report, from: Given.origin)
        let page = try Page(html)
        #expect(page.doubtful.isEmpty, "\(page.doubtful)")
        #expect(page.tags.count { $0 == "script" } == 1 && page.tags.count { $0 == "style" } == 1)
        #expect(Set(page.tags).isDisjoint(with: ["img", "iframe", "object", "link", "base", "form"]))
        #expect(page.tags.count { $0 == "title" } == 1 + report.trends[0].steps.count)
        #expect(Set(page.ids).count == page.ids.count)
        let (inner, outer) = (page.links.filter { $0.hasPrefix("#") }, page.links.filter { !$0.hasPrefix("#") })
        #expect(!inner.isEmpty && inner.allSatisfy { page.ids.contains(String($0.dropFirst())) })
        #expect(outer.count > SampleReport.texts.count)
        #expect(outer.allSatisfy { $0.hasPrefix("https://github.com/ada/demo/") })
        for text in SampleReport.texts {
            #expect(page.text.contains(text.terminalSafe.replacing("\u{FFFE}", with: "\\u{fffe}")))
        }
        let hidden = html.unicodeScalars.filter { $0 != "\n" && ["Cc", "Cf", "Zl"].contains($0.category) }
        #expect(hidden.isEmpty)
    }

    @Test("shows a chart and a small one for each series, and a row for each commit")
    func content() throws {
        let html = ReportHTML.text(of: try SampleReport.make(), from: Given.origin)
        #expect(html.ranges(of: "<figure id=chart-").count == 2)
        #expect(html.ranges(of: "class=spark").count == 2 + 2)
        #expect(html.ranges(of: "<td>2023-11-").count == SampleReport.texts.count)
        #expect(html.contains("<path id=line-0 class=line d=\"M0 129.6H2V10H7M8 129.2H9\"/>"))
        #expect(html.contains("<section id=culprit-2abcdef012>") && html.contains("<section id=undecided>"))
    }

    @Test("takes 700 bytes for a commit with fifty series, and lets the browser leave out what is not seen")
    func size() throws {
        let html = ReportHTML.text(of: try SampleReport.large(commits: 1_500, series: 50), from: Given.origin)
        let other = ReportHTML.text(of: try SampleReport.large(commits: 1_000, series: 50), from: Given.origin)
        #expect(html.utf8.count - other.utf8.count < 500 * 700)
        #expect(html.contains("class=\"history large\""))
    }

    @Test("leads to the forge from every commit that is named, also where it has no value")
    func links() throws {
        var report = try SampleReport.make()
        report.history.rows[1].cells[0] = HistoryCell(reason: "the benchmark panicked")
        let html = ReportHTML.text(of: report, from: Given.origin)
        for row in report.history.rows {
            let page = "https://github.com/ada/demo/commit/\(row.commit.id)"
            #expect(html.contains("<td><a href=\"\(page)\">\(row.commit.id.short)</a>"))
        }
        let id = report.history.rows[1].commit.id
        let link = "<a href=\"https://github.com/ada/demo/commit/\(id)\"><code>\(id.short)</code></a>"
        #expect(html.contains("at 1 commit from \(link) on: the benchmark panicked"))
    }

    @Test("says when nothing was searched, and then names steps and no culprits")
    func unsearched() throws {
        let html = ReportHTML.text(of: try SampleReport.make(isSearched: false), from: Given.origin)
        #expect(html.contains("the range was not searched") && html.contains("Steps for the worse"))
        #expect(!html.contains("Culprits") && !html.contains("id=culprit"))
        var interrupted = try SampleReport.make(isSearched: false)
        interrupted.search = .interrupted(continuation: "nothing was kept")
        let other = ReportHTML.text(of: interrupted, from: Given.origin)
        let told = ReportHTML.interruption("nothing was kept")
        #expect(told.hasSuffix("is confirmed. Nothing was kept."))
        #expect(other == html.replacing(/Nothing was measured for.*is confirmed\./, with: told))
    }

    @Test(
        "is let through by its own policy: the hashes are those of its style and script",
        .enabled(if: Tool.isInstalled("python3"), "python3 is not installed"))
    func hashes() throws {
        let script = """
            import base64, hashlib, re
            page = open(0, encoding="utf-8", newline="").read()
            for tag in "style", "script":
                text = re.search(f"<{tag}>(.*?)</{tag}>", page, re.S)[1]
                print(f"{tag}-src 'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")
            """
        let html = ReportHTML.text(of: try SampleReport.make(), from: Given.origin)
        let sources = try Tool.run(["python3", "-c", script], on: html).split(separator: "\n")
        #expect(sources.count == 2)
        for source in sources { #expect(html.contains("; \(source)")) }
        #expect(html.contains("content=\"default-src 'none'; ") && !html.contains("unsafe"))
    }
}

extension Unicode.Scalar {
    fileprivate var category: String {
        switch properties.generalCategory {
        case .control: "Cc"
        case .format: "Cf"
        case .lineSeparator, .paragraphSeparator: "Zl"
        default: ""
        }
    }
}
