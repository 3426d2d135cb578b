/// What the help of commands ends with: three command lines each, and what they answer.
enum HelpExamples {
    /// The examples for a text of help; empty where there are none.
    ///
    /// - Parameter help: The text, whose usage names the command.
    static func text(after help: String) -> String {
        let usage = help.split(separator: "\n").first { $0.hasPrefix("USAGE: allocbisect ") }
        guard let word = usage?.split(separator: " ").dropFirst(2).first,
            let examples = all[word.hasPrefix("<") ? "" : String(word)]
        else { return "" }
        let lines = examples.map { "  allocbisect \($0.words)\n      \($0.meaning)\n" }
        return "\nEXAMPLES:\n" + lines.joined()
    }

    /// By the command's name, which is empty for the program.
    private static let all: [String: [(words: String, meaning: String)]] = [
        "": [
            ("v1.2.0", "Name the commits since v1.2.0 that made something worse."),
            ("compare", "Show what the changes of the work tree made better or worse."),
            ("check main..HEAD --find", "Fail where the branch is worse than main, and name its commits."),
        ],
        "find": [
            ("v1.2.0..HEAD", "Name the commits since v1.2.0 that made any benchmark worse."),
            ("main~50..main -p ./parser -b Decode -m B/op -t +10%", "Look at one package and one metric."),
            ("v1 v2 -m ns/op --budget 200runs", "Find what became slower, run by run."),
        ],
        "plan": [
            ("plan v1.2.0", "Show how many commits a search since v1.2.0 would measure."),
            ("plan v1 v2 --first-parent", "Look at merges only."),
            ("plan main~100..main -p ./parser", "Show what can matter for one package."),
        ],
        "compare": [
            ("compare", "Compare HEAD with the work tree as it is."),
            ("compare main", "Compare main with the work tree."),
            ("compare v1.2.0 v1.3.0 --everything", "Compare two releases, and show what is the same as well."),
        ],
        "check": [
            ("check", "Compare HEAD with the branch that it was made from."),
            ("check main..HEAD --format github --find", "Annotate a pull request, and name its commits."),
            ("check --self-test", "See whether the check can fail at all."),
        ],
        "explain": [
            ("explain", "Explain what the current commit changed."),
            ("explain v1.2.0..v1.3.0 -b Decode", "Explain the difference of two releases for some benchmarks."),
            ("explain 1a2b3c4 -m retained-B/op", "Show what keeps memory since a commit."),
        ],
        "pprof": [
            ("pprof 1a2b3c4", "Open what a commit changed in the one benchmark that differs."),
            ("pprof 1a2b3c4 BenchmarkDecode -o top", "Print the functions that allocate more."),
            ("pprof 1a2b3c4 BenchmarkDecode -o http=:8080", "Look at it with a browser."),
        ],
        "history": [
            ("history", "Show the last 30 commits of the branch."),
            ("history v1.2.0..HEAD --cached", "Show what is known since v1.2.0, and measure nothing."),
            ("history -n 100 -b Decode --format csv", "Write a table for a spreadsheet."),
        ],
        "report": [
            ("report v1.2.0 -o report.html", "Write a page about all that changed since v1.2.0."),
            ("report v1.2.0 --open --cached", "Show what is known with the browser, and measure nothing."),
            ("report v1 v2 -o - -p ./parser", "Write a page about one package to standard output."),
        ],
        "record": [
            ("record", "Measure the current commit."),
            ("record v1.2.0 -p ./parser", "Measure one package of a release."),
            ("record --no-cache", "Measure, and keep nothing."),
        ],
    ]
}
