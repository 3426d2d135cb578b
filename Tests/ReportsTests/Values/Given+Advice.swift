import Benchmarks

@testable import Explaining

extension Given {
    /// Explanations of which each has a piece of advice, a rule after the other.
    static var advised: [(Metric, Explanation)] {
        var all: [(Metric, Explanation)] = paid.map {
            (Metric.allocations, paying($0.callee, $0.line, $0.allocations))
        }
        all.append((Metric.allocations, unreturned))
        all += held.map { (Metric.retainedObjects, holding($0.callee, $0.holder)) }
        all += waits.map { (Metric.goroutines, waiting($0)) }
        return all
    }

    /// What a line pays for, and the line.
    private static let paid: [(callee: String?, line: String, allocations: Double)] = [
        ("append", "\tlevels = append(levels, level)", 3), ("fmt.Sprintf", "\treturn fmt.Sprintf(\"%d\", n)", 1),
        ("fmt.Sprint", "\tkey := fmt.Sprint(n)", 1), ("interface conversion", "\tsink = n", 1),
        ("interface conversion", "\treturn fmt.Sprintln(n)", 1), ("string conversion", "\treturn string(b)", 1),
        ("string concatenation", "\ttext += part", 2), ("closure", "\treturn func() int { return n }", 1),
        (nil, "\t\tdefer mutex.Unlock()", 1), ("variable level", "\twalk(&level)", 1),
        ("variable level", "\treturn &level", 1),
    ]

    private static let held: [(callee: String?, holder: String?)] = [
        ("time.NewTicker", nil), ("context.WithCancel", nil), (nil, "example.com/demo/book.cache"),
    ]

    private static let waits = [
        "chan receive", "chan send", "select", "IO wait", "sync.Mutex.Lock", "sync.WaitGroup.Wait", "sync.Cond.Wait",
    ]

    private static var explained: Explanation {
        Explanation(kind: .code, reason: "as the files that changed tell", share: 1)
    }

    private static func paying(_ callee: String?, _ line: String, _ allocations: Double) -> Explanation {
        var explanation = explained
        explanation.sites = [site(callee, allocations: allocations, heldBy: nil)]
        explanation.hunks = [
            ExplainedHunk(
                file: "book/book.go", function: "F",
                lines: [.init(mark: "+", number: 7, text: line, allocsPerOp: allocations)])
        ]
        return explanation
    }

    /// One whose line is not what helps, but one that is gone.
    private static var unreturned: Explanation {
        var explanation = paying(nil, "\tbuffer := pool.Get().(*Buffer)", 1)
        explanation.hunks[0].lines.append(
            .init(mark: "-", number: 8, text: "\tdefer pool.Put(buffer)", allocsPerOp: nil))
        return explanation
    }

    private static func holding(_ callee: String?, _ holder: String?) -> Explanation {
        var explanation = explained
        explanation.retained = [site(callee, allocations: 1, heldBy: holder)]
        return explanation
    }

    private static func waiting(_ state: String) -> Explanation {
        var explanation = explained
        explanation.goroutines = [
            .init(
                perOp: 1, state: state, isLeaked: false, function: "example.com/demo/feed.(*Feed).run",
                file: "feed/feed.go", line: 30, createdBy: nil)
        ]
        return explanation
    }

    private static func site(_ callee: String?, allocations: Double, heldBy: String?) -> Explanation.SiteChange {
        .init(
            function: "example.com/demo/book.F", file: "book/book.go", line: 7, callee: callee,
            allocsPerOp: .init(before: 0, after: allocations), bytesPerOp: .init(before: 0, after: 16 * allocations),
            heldBy: heldBy)
    }
}
