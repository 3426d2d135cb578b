import Benchmarks
import Git

@testable import Explaining

extension Given {
    /// Why allocations rose, with a little of everything, as it mostly is.
    static var explanation: Explanation {
        var explanation = Explanation(
            kind: .code, reason: "of the files this benchmark depends on, only code changed", share: 0.997)
        explanation.sites = [
            site("book/book.go", 41, allocations: 2, bytes: 48, callee: "append"),
            site("book/level.go", 7, allocations: -0.5, bytes: -8.25, callee: "fmt.Sprintf"),
        ]
        explanation.functions = [
            .init(
                function: "example.com/demo/book.(*Book).Depth", file: "book/book.go",
                flat: .init(before: 1, after: 3), cumulative: .init(before: 4, after: 5.5))
        ]
        explanation.hunks = [hunk("book/book.go", "Depth", 40...42, costly: 41)]
        explanation.escapes = [
            .init(file: "book/book.go", line: 41, change: "added", text: "make([]Level, n) escapes to heap"),
            .init(file: "book/book.go", line: 12, change: "removed", text: "moved to heap: level"),
        ]
        explanation.profiles = profiles("heap")
        explanation.profiles?.opening = "allocbisect pprof 0303030303 BenchmarkDepth/levels=8 -m allocs/op"
        explanation.cpuProfiles = profiles("cpu")
        explanation.proof = .reverted(with: 252.01, without: 1, leavingOut: [])
        return explanation
    }

    /// More of each sort than is shown; one of each is only counted.
    static var longExplanation: Explanation {
        var explanation = Given.explanation
        explanation.sites = (1...12).map {
            site("f\($0).go", 10 * $0, allocations: Double(20 - $0), bytes: 8 * Double($0), callee: nil)
        }
        explanation.retained = (1...7).map {
            var site = Given.site("r\($0).go", $0, allocations: Double($0), bytes: 16 * Double($0), callee: nil)
            site.heldBy = "example.com/demo/book.cache"
            return site
        }
        explanation.goroutines = (1...11).map { goroutine("g\($0).go", perOp: Double($0) - 0.5, isLeaked: $0 > 1) }
        explanation.reports = (1...7).map { report("m.Add\($0)") }
        explanation.instructions = (1...11).map(instructions)
        explanation.escapes = (1...11).map { .init(file: "e\($0).go", line: $0, change: "added", text: "escapes") }
        explanation.hunks = (1...8).map { hunk("f\($0).go", $0 == 2 ? nil : "F\($0)", 1...34, costly: 20) }
        explanation.modules = (1...6).map { .init(path: "example.com/m\($0)", before: "v1.\($0).0", after: nil) }
        explanation.scaling = [1, 10, 100].map { .init(n: $0, value: 2.5 * Double($0)) }
        explanation.parents = [
            .init(commit: id(2).description, value: 1, agrees: false),
            .init(commit: id(3).description, value: 252.01, agrees: true),
            .init(commit: id(4).description, value: nil, agrees: false),
        ]
        explanation.proof = .reverted(with: 252.01, without: 1, leavingOut: ["book/a_test.go", "book/b_test.go"])
        explanation.warnings = ["the profile has samples without a line"]
        return explanation
    }

    /// A line that executes more or fewer instructions, or a function.
    private static func instructions(_ number: Int) -> Explanation.InstructionChange {
        let perOp = Explanation.Change(before: 12_000, after: number == 3 ? 0 : 12_000 + 100 / Double(number))
        return number == 2
            ? .init(function: "runtime.mallocgc", perOp: perOp)
            : .init(function: "m.F\(number)", file: "f\(number).go", line: number, perOp: perOp)
    }

    /// One in which every text is hostile.
    static var hostileExplanation: Explanation {
        var explanation = Explanation(kind: .dependency, reason: hostile("reason"), share: 1.21)
        var site = Given.site(hostile("file"), 3, allocations: 2, bytes: 64, callee: hostile("callee"))
        (site.function, site.heldBy) = (hostile("function"), hostile("holder"))
        (explanation.sites, explanation.retained) = ([site], [site])
        explanation.functions = [
            .init(
                function: hostile("function"), file: hostile("file"), flat: site.allocsPerOp,
                cumulative: site.allocsPerOp)
        ]
        var goroutine = Given.goroutine(hostile("file"), perOp: 1, isLeaked: true)
        (goroutine.state, goroutine.function) = (hostile("state"), hostile("function"))
        goroutine.createdBy = .init(function: hostile("creator"), file: hostile("file"), line: 9)
        explanation.goroutines = [goroutine]
        explanation.reports = [report(hostile("function") + "````")]
        explanation.instructions = [
            .init(function: hostile("function"), file: hostile("file"), line: 3, perOp: .init(before: 1, after: 2)),
            .init(function: hostile("function"), perOp: .init(before: 0, after: 1e12)),
        ]
        explanation.escapes = [.init(file: hostile("file"), line: 1, change: "added", text: hostile("escape"))]
        var hunk = Given.hunk(hostile("file"), hostile("function"), 2...4, costly: 3)
        for index in hunk.lines.indices { hunk.lines[index].text = "\t" + hostile("code") + "````" }
        explanation.hunks = [hunk]
        explanation.modules = [
            .init(path: hostile("module"), before: hostile("before"), after: hostile("after")),
            .init(path: hostile("module"), before: nil, after: hostile("after")),
        ]
        explanation.profiles = .init(
            before: hostile("before"), after: hostile("after"), command: hostile("command"))
        explanation.proof = .reverted(with: 2, without: 1, leavingOut: [hostile("test file"), hostile("test file")])
        explanation.warnings = [hostile("warning"), hostile("warning")]
        return explanation
    }

    /// The possible outcomes of taking a change back, a case after the other.
    static let proofs: [Explanation.Proof] = everyCase(from: .reverted(with: 9, without: 2.5, leavingOut: [])) {
        switch $0 {
        case .reverted: .notPossible("the change does not come off: book/book.go")
        case .notPossible: nil
        }
    }

    private static func site(
        _ file: String, _ line: Int, allocations: Double, bytes: Double, callee: String?
    ) -> Explanation.SiteChange {
        .init(
            function: "example.com/demo/book.(*Book).Depth", file: file, line: line, callee: callee,
            allocsPerOp: .init(before: 1, after: 1 + allocations), bytesPerOp: .init(before: 64, after: 64 + bytes))
    }

    private static func report(_ function: String) -> SanitizerReport {
        .init(
            title: "data race: read in m.Get, write in \(function)",
            lines: ["read by goroutine:", "  m.go:5  m.Get", "write by goroutine:", "  m.go:9  \(function)"])
    }

    private static func goroutine(_ file: String, perOp: Double, isLeaked: Bool) -> Explanation.GoroutineChange {
        .init(
            perOp: perOp, state: "chan receive", isLeaked: isLeaked, function: "example.com/demo/feed.(*Feed).run",
            file: file, line: 30,
            createdBy: isLeaked ? .init(function: "example.com/demo/feed.Open", file: file, line: 12) : nil)
    }

    /// A hunk that adds and removes lines in turn, between lines that stay.
    private static func hunk(
        _ file: String, _ function: String?, _ lines: ClosedRange<Int>, costly: Int
    ) -> ExplainedHunk {
        ExplainedHunk(
            file: file, function: function,
            lines: lines.map { number in
                let mark = number == costly ? "+" : [" ", "-", "+"][number % 3]
                return .init(
                    mark: mark, number: number, text: "\tlevels = append(levels, level) // \(number)",
                    allocsPerOp: number == costly ? 2 : mark == "+" ? 0 : nil)
            })
    }

    private static func profiles(_ name: String) -> Explanation.Profiles {
        .init(
            before: "/state/a.\(name)", after: "/state/b.\(name)",
            command: "go tool pprof -diff_base /state/a.\(name) /state/b.\(name)")
    }
}
