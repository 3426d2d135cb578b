public import AllocBisectCore

/// A history as one HTML page that stands by itself.
public struct HistoryHTML {
    /// The page's text.
    public static func text(of history: History) -> String {
        let title = "Allocations by commit, \(history.ends)"
        let body =
            ["<h1>\(title.htmlEscaped)</h1>", "<div class=scroll>\(HistoryTable(history: history).text)</div>"]
            + [history.gapList] + history.warnings.map { "<p>Note: \($0.htmlEscaped)" }
        return HTMLDocument.text(title: title, body: body.joined(separator: "\n"))
    }
}
