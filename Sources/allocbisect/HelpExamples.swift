/// What the help of commands ends with: up to three command lines each, and what they answer.
enum HelpExamples {
    /// The examples for a text of help; empty where there are none.
    ///
    /// - Parameter help: The text, whose usage names the command.
    static func text(after help: String) -> String {
        let usage = help.split(separator: "\n").first { $0.hasPrefix("USAGE: allocbisect ") }
        let words = usage?.split(separator: " ").dropFirst(2).prefix { $0.first?.isLetter == true }
        guard let words, let examples = all[words.joined(separator: " ")] else { return "" }
        let lines = examples.map { "  allocbisect \($0.words)\n      \($0.meaning)\n" }
        return "\nEXAMPLES:\n" + lines.joined()
    }

    /// By the command's name, which is empty for the program.
    private static let all: [String: [(words: String, meaning: String)]] = [
        "": [
            ("v1.2.0", "Name the commits since v1.2.0 that made something worse."),
            ("compare", "Show what the changes of the work tree made better or worse."),
            ("check main..HEAD --find", "Fail if the branch is worse than main, and name the commits responsible."),
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
            ("compare v1.2.0 v1.3.0 --everything", "Compare two releases, and also show what is the same."),
        ],
        "check": [
            ("check", "Compare HEAD with the branch that it was made from."),
            ("check main..HEAD --format github --find", "Annotate a pull request, and name the commits responsible."),
            ("check --self-test", "Show that the check can fail."),
        ],
        "explain": [
            ("explain", "Explain what the current commit changed."),
            ("explain v1.2.0..v1.3.0 -b Decode", "Explain the difference of two releases for some benchmarks."),
            ("explain 1a2b3c4 -m retained-B/op", "Show what keeps memory since a commit."),
        ],
        "pprof": [
            ("pprof 1a2b3c4", "Open what a commit changed in the one benchmark that differs."),
            ("pprof 1a2b3c4 BenchmarkDecode -o top", "Print the functions that allocate more."),
            ("pprof 1a2b3c4 BenchmarkDecode -o http=:8080", "View it in a browser."),
        ],
        "history": [
            ("history", "Show the last 30 commits of the branch."),
            ("history v1.2.0..HEAD --cached", "Show what is known since v1.2.0, and measure nothing."),
            ("history -n 100 -b Decode --format csv", "Write a table for a spreadsheet."),
        ],
        "report": [
            ("report v1.2.0 -o report.html", "Write a page about all that changed since v1.2.0."),
            ("report v1.2.0 --open --cached", "Show what is known in the browser, and measure nothing."),
            ("report v1 v2 -o - -p ./parser", "Write a page about one package to standard output."),
        ],
        "record": [
            ("record", "Measure the current commit."),
            ("record v1.2.0 -p ./parser", "Measure one package of a release."),
            ("record --no-cache", "Measure, and keep nothing."),
        ],
        "init": [
            ("init", "Write a policy, and what checks changes where the remote origin is."),
            ("init -C ../service", "Do so in another repository."),
        ],
        "hook": [
            ("hook install", "Measure the result of every merge, pull and rebase from now on."),
            ("hook status", "Show what is queued, and what got worse."),
            ("hook uninstall", "Measure nothing by itself any more."),
        ],
        "hook install": [
            ("hook install", "Install the hooks where git looks for them."),
            ("hook install --force", "Install them even in a folder that another program manages."),
        ],
        "hook uninstall": [("hook uninstall", "Remove the hooks, and restore what was there before.")],
        "hook status": [
            ("hook status", "Show what is queued, and what got worse."),
            ("hook status --format json", "Let another program read it."),
        ],
        "hook script": [("hook script", "Print the hook, to be called by one of your own.")],
        "hook run": [
            ("hook run", "Measure what is queued, and wait for it."),
            ("hook run --background", "Measure it even if the terminal is closed."),
        ],
        "cache": [
            ("cache stats", "Show how much is kept."),
            ("cache export results.txt", "Write all measurements to a file that benchstat reads."),
            ("cache prune --older-than 90", "Remove what is older than 90 days, and what no commit needs."),
        ],
        "cache path": [("cache path", "Print where the results are kept.")],
        "cache stats": [
            ("cache stats", "Show how much is kept, by recipe and by origin."),
            ("cache stats --cache ci.db", "Show what another results cache has."),
            ("cache stats --format json", "Let another program read it."),
        ],
        "cache verify": [
            ("cache verify", "Say whether the results cache is sound."),
            ("cache verify --cache ci.db", "Say so of another one."),
        ],
        "cache prune": [
            ("cache prune -n", "Say what would be removed."),
            ("cache prune", "Remove what is known of commits that are gone."),
            ("cache prune --older-than 90", "Remove what is older than 90 days as well."),
        ],
        "cache forget": [
            ("cache forget v1.2.0", "Have a commit measured again."),
            ("cache forget --failures", "Have everything measured again that failed."),
            ("cache forget --failures v1.2.0", "Have what failed at one commit measured again."),
        ],
        "cache import": [
            ("cache import results.txt", "Add what another machine exported."),
            ("cache import bench.txt --commit v1.2.0", "Add what go test -bench printed at a commit."),
            ("cache import data.js", "Add what benchmark-action has kept."),
        ],
        "cache export": [
            ("cache export results.txt", "Write all measurements to a file that benchstat reads."),
            ("cache export", "Write them to standard output."),
            ("cache export ci.txt --cache ci.db", "Write those of another results cache."),
        ],
        "share": [
            ("share status", "Say what could be pushed and pulled."),
            ("share push", "Give this machine's measurements to all who use the remote origin."),
            ("share pull", "Take over what others pushed."),
        ],
        "share push": [
            ("share push", "Push to the remote origin."),
            ("share push upstream", "Push to another remote."),
        ],
        "share pull": [
            ("share pull", "Pull from the remote origin."),
            ("share pull upstream", "Pull from another remote."),
        ],
        "share status": [
            ("share status", "Compare with the remote origin."),
            ("share status upstream", "Compare with another remote."),
        ],
        "demo": [
            ("demo", "Try a search, in a folder for temporary files."),
            ("demo --directory orders", "Make the repository in a new folder."),
            ("demo --go /usr/lib/go-1.22/bin/go -j 1", "Use another Go, and measure one commit at a time."),
        ],
        "doctor": [
            ("doctor", "Say what is missing to search this repository."),
            ("doctor --go /usr/lib/go-1.22/bin/go", "Say whether another Go can be used."),
            ("doctor --executor ssh:build1", "Try a machine that is to measure."),
        ],
        "schema": [
            ("schema", "List all names."),
            ("schema find", "Print the schema of what a search prints as JSON."),
            ("schema grafana-dashboard", "Print a dashboard to import into Grafana."),
        ],
        "mcp": [
            ("mcp", "Serve an agent that works in this repository."),
            ("mcp -C ../service", "Serve one that works in another repository."),
        ],
        "worker": [
            ("worker", "Read jobs from standard input, as over ssh."),
            ("worker job.json", "Measure what a file asks for, as in Slurm."),
            ("worker job.json --mirrors /var/cache/allocbisect", "Keep the repository's mirror in another folder."),
        ],
    ]
}
