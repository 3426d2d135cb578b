public import AllocBisectCore
import Benchmarks
import Foundation
import Git

/// A report of a range as a mail, as `sendmail -t` takes it: the summary as text and as HTML, of which a mail program shows
/// what it can, and the page attached.
///
/// Sources: RFC 5322 (the message), RFC 2045 and 2046 (its parts), RFC 2047 (its subject).
public struct ReportMail {
    /// The message, with the line ends of the system, as `sendmail` expects.
    ///
    /// - Parameter recipients: Addresses without white space and commas.
    public static func text(of report: RangeReport, from origin: ReportOrigin, to recipients: [String]) -> String {
        let summary = ReportSummary(report: report, origin: origin, sparklines: nil)
        let plain = part("text/plain; charset=utf-8", MailText(report: report, origin: origin).text)
        let html = part(
            "text/html; charset=utf-8",
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<style>\(style)</style>\n</head>\n<body>\n"
                + origin.withoutFolders(summary.text) + "<p>The whole report is attached.\n</body>\n</html>\n")
        let page = part(
            "text/html; charset=utf-8", ReportHTML.text(of: report, from: origin),
            disposition: "attachment; filename=\"report.html\"")
        let body = parts("alternative", "allocbisect-summary", [plain, html])
        let headers = [
            "To: \(recipients.joined(separator: ",\n "))",
            "Subject: \(subject(of: report, origin).terminalSafe.encodedWords)",
            "Date: \(date(origin.date))", "MIME-Version: 1.0", "Auto-Submitted: auto-generated",
        ]
        return headers.joined(separator: "\n") + "\n" + parts("mixed", "allocbisect-report", [body, page])
    }

    /// What mail programs need to tell numbers and columns apart, without the end of its last line.
    private static let style = String(decoding: PackageResources.mail_css.dropLast(), as: UTF8.self)

    private static func subject(of report: RangeReport, _ origin: ReportOrigin) -> String {
        let worse = report.trends.count { $0.direction == .worse }
        let better = report.trends.count { $0.direction == .better }
        let parts = [worse > 0 ? "\(worse) worse" : nil, better > 0 ? "\(better) better" : nil].compactMap { $0 }
        return "\(origin.repository) \(report.range): \(parts.isEmpty ? "no change" : parts.joined(separator: ", "))"
    }

    /// Of base64 no line begins with the dashes of a boundary, so that any boundary does.
    private static func part(_ type: String, _ text: String, disposition: String? = nil) -> String {
        let content = Data(text.utf8).base64EncodedString(options: [.lineLength76Characters, .endLineWithLineFeed])
        return "Content-Type: \(type)\n" + (disposition.map { "Content-Disposition: \($0)\n" } ?? "")
            + "Content-Transfer-Encoding: base64\n\n\(content)\n"
    }

    private static func parts(_ kind: String, _ boundary: String, _ parts: [String]) -> String {
        "Content-Type: multipart/\(kind); boundary=\"\(boundary)\"\n\n"
            + parts.map { "--\(boundary)\n\($0)" }.joined() + "--\(boundary)--\n"
    }

    private static func date(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
        return formatter.string(from: date)
    }
}

extension String {
    /// The text as a header's encoded words, each of at most 75 characters, on lines of their own.
    fileprivate var encodedWords: String {
        var words: [[UInt8]] = [[]]
        for scalar in unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > 42 { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\n ")
    }
}

/// The summary of a mail as text.
private struct MailText {
    let report: RangeReport
    let origin: ReportOrigin

    var text: String {
        var lines = ["\(origin.repository) \(report.range)".terminalSafe, ""] + answer
        for (direction, title) in [
            (Trend.Direction.worse, "Got worse"), (.better, "Got better"), (.returned, "Changed and came back"),
        ] {
            let indices = report.trends.indices.filter { report.trends[$0].direction == direction }
            if !indices.isEmpty {
                lines += ["", "\(title):"] + TextTable(rows: indices.map(row)).lines.map { "  " + $0 }
            }
        }
        lines += [
            "", report.rest,
            "Made by \(origin.command.terminalSafe) with \(report.history.goVersion.terminalSafe); the whole report is attached.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private var answer: [String] {
        switch report.search {
        case .unwanted: return ["The range was not searched: no culprit is confirmed."]
        case .interrupted(let continuation): return [ReportHTML.interruption(continuation)]
        case .done(let verdict):
            switch FindOutline(verdict).answer {
            case .culprits(let shown):
                return [counted(shown.elements.count + shown.more, "culprit") + ":"]
                    + shown.texts(line).map { "  " + $0 }
            case .oneOf: return ["No single commit can be named; the page has those that are left."]
            case .unclear: return ["There is no clear answer."]
            case .notCrossed: return ["Nothing crossed its threshold."]
            }
        }
    }

    private func line(of closing: FindOutline.Closing) -> String {
        "\(closing.commit.id.short)  \(closing.commit.subject.terminalSafe), "
            + "\(closing.commit.author.name.terminalSafe): \(closing.series.benchmark.terminalSafe) "
            + "\(closing.culprit.change(of: closing.series)) \(closing.series.metric.unit.terminalSafe)"
            + closing.remarks.terminalSafe
    }

    private func row(_ index: Int) -> [String] {
        let (series, trend) = (report.history.series[index], report.trends[index])
        let metric = series.metric
        return [
            "\(series.package) \(series.benchmark)".terminalSafe,
            "\(metric.formatted(trend.good)) → \(metric.formatted(trend.bad)) \(metric.unit.terminalSafe)",
        ]
    }
}

extension RangeReport {
    /// Whether any series changed in the range, or is new to it, or whether that is unknown.
    public var hasNews: Bool {
        if case .interrupted = search { return true }
        return trends.contains { $0.direction != .unchanged || $0.isNew } || verdict?.outcome == .inconclusive
    }
}
