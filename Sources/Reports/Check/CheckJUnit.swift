public import AllocBisectCore
import Benchmarks
public import Foundation
import Git

/// A check as JUnit XML: a suite for each package, a test case for each series.
///
/// It is valid by the schemas of both Ant's report task and Jenkins' xUnit plugin. What only warns passes, since a test
/// case has no such state, and is reported as the suite's output, as is what passed with a note.
///
/// Sources: https://github.com/windyroad/JUnit-Schema, https://github.com/jenkinsci/xunit-plugin (junit-10.xsd)
public struct CheckJUnit {
    /// Writes the whole document, with a test suite for each package.
    ///
    /// - Parameter time: When the check was made; it is written in UTC, for which the schema leaves no room to say so.
    public static func text(of check: Check, time: Date) -> String {
        let stamp = time.formatted(Date.ISO8601FormatStyle(timeZone: .gmt)).prefix { $0 != "Z" }
        var packages: [String] = []
        for checked in check.series where !packages.contains(checked.package) { packages.append(checked.package) }
        let suites = packages.enumerated().flatMap { number, package in
            suite(package, number, check, String(stamp))
        }
        return (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"] + suites + ["</testsuites>"])
            .joined(separator: "\n") + "\n"
    }

    private static func suite(_ package: String, _ number: Int, _ check: Check, _ stamp: String) -> [String] {
        let series = check.series.filter { $0.package == package }
        let skipped = series.count { skipReason($0) != nil }
        let told = series.filter { $0.isTold && !$0.isFailure || $0.isNoted }
            .map { "\($0.isNoted ? "note" : "warning"): \($0.sentence.htmlEscaped)" }
        let notes = number == 0 ? check.warnings.map { "note: \($0.htmlEscaped)" } : []
        return [
            "  <testsuite id=\"\(number)\" name=\"\(package.htmlEscaped)\" package=\"\(package.htmlEscaped)\" timestamp=\"\(stamp)\""
                + " hostname=\"localhost\" tests=\"\(series.count)\" failures=\"\(series.count(where: \.isFailure))\""
                + " errors=\"0\" skipped=\"\(skipped)\" time=\"0\">",
            "    <properties>",
            "      <property name=\"base\" value=\"\(check.base)\"/>",
            "      <property name=\"head\" value=\"\(check.head)\"/>",
            "    </properties>",
        ] + series.flatMap(testCase) + [
            "    <system-out>\(told.joined(separator: "\n"))</system-out>",
            "    <system-err>\(notes.joined(separator: "\n"))</system-err>", "  </testsuite>",
        ]
    }

    private static func testCase(_ checked: CheckedSeries) -> [String] {
        let tag =
            "    <testcase classname=\"\(checked.package.htmlEscaped)\" name=\"\(checked.benchmark.name.htmlEscaped) \(checked.metric.unit.htmlEscaped)\""
            + " time=\"0\""
        if checked.isFailure {
            let message = checked.sentence.htmlEscaped
            return ["\(tag)>", "      <failure type=\"threshold\" message=\"\(message)\">\(message)</failure>"]
                + ["    </testcase>"]
        }
        guard let reason = skipReason(checked) else { return ["\(tag)/>"] }
        return ["\(tag)>", "      <skipped message=\"\(reason.htmlEscaped)\"/>", "    </testcase>"]
    }

    /// Why a series was not compared with its threshold; nil when it was.
    private static func skipReason(_ checked: CheckedSeries) -> String? {
        switch checked.state {
        case .ignored, .new, .unmeasurable: checked.remarks
        case .passed, .failed, .warned, .accepted: nil
        }
    }
}
