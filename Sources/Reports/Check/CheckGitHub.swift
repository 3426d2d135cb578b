public import AllocBisectCore

/// A check as the workflow commands of GitHub Actions, which show up as annotations of a pull request's files.
///
/// Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions, and the escaping that
/// `@actions/core` does.
public struct CheckGitHub {
    /// One command a line; the last one, a notice, counts the series by state.
    public static func text(of check: Check) -> String {
        var lines = check.series.filter { $0.isTold || $0.isNoted }.map { checked in
            let (path, line) = checked.location
            let level = checked.isFailure ? "error" : checked.isTold ? "warning" : "notice"
            return "::\(level) file=\(property(path)),line=\(line),"
                + "title=\(property(checked.name))::\(data(checked.sentence))"
        }
        lines += check.warnings.map { "::notice::\(data($0))" }
        lines.append("::notice::\(data("allocbisect check: \(check.counts)"))")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The command for a check that could not be done.
    ///
    /// - Parameter reason: Why, in sentences.
    public static func text(ofNone reason: String) -> String {
        let lines = reason.split(separator: "\n").map { data(String($0)) }
        return "::error title=allocbisect check::\(lines.joined(separator: "%0A"))\n"
    }

    /// A command's message. What is hidden is written out first, so that line breaks need no escaping.
    private static func data(_ text: String) -> String { text.terminalSafe.replacing("%", with: "%25") }

    /// The value of a command's property, which a colon or a comma would end.
    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
