import ArgumentParser
import Benchmarks

/// An option of `go tool pprof`, without its dash.
struct PprofOption {
    /// The option as pprof takes it, such as `list=Decode`.
    let text: String

    /// Reads an option such as `top` or `list=Decode`.
    init(argument: String) throws {
        text = String(argument.drop { $0 == "-" })
        let name = text.prefix { $0 != "=" }
        if PprofOption.reports.contains(String(name)) || PprofOption.others.contains(String(name)) { return }
        let near = String(name).nearest(among: PprofOption.reports + PprofOption.others)
        throw ValidationError(
            "pprof has no option '\(name)'. "
                + (near.map { "Did you mean '\($0)\(text.dropFirst(name.count))'?" }
                    ?? "Its reports are \(PprofOption.reports.joined(separator: ", "))."))
    }

    /// What pprof can show, and how.
    private static let reports = [
        "top", "list", "peek", "tree", "web", "weblist", "http", "traces", "text", "disasm", "tags", "raw", "comments",
        "callgrind", "dot", "eog", "evince", "gif", "gv", "kcachegrind", "pdf", "png", "proto", "ps", "svg", "topproto",
    ]

    /// What can be said of a report.
    private static let others = [
        "add_comment", "addresses", "all_frames", "alloc_objects", "alloc_space", "buildid", "call_tree",
        "compact_labels", "contentions", "cum", "divide_by", "drop_negative", "edgefraction", "filefunctions", "files",
        "flat", "focus", "functions", "granularity", "hide", "ignore", "intel_syntax", "inuse_objects", "inuse_space",
        "lines", "mean", "mean_delay", "no_browser", "nodecount", "nodefraction", "noinlines", "normalize", "output",
        "prune_from", "relative_percentages", "sample_index", "seconds", "show", "show_from", "showcolumns", "sort",
        "source_path", "symbolize", "tagfocus", "taghide", "tagignore", "tagleaf", "tagroot", "tagshow", "timeout",
        "tools", "total_delay", "trim", "trim_path", "unit",
    ]
}
