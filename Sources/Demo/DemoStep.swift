import Benchmarks
import Git

/// One commit of the demo's history, as data.
struct DemoStep: Sendable {
    let author: DemoAuthor
    /// The branch that it is made on. A branch other than main starts where main stands at its first step.
    var branch = "main"
    /// The branch that it merges; nil for an ordinary commit.
    var merging: String?
    let message: String
    /// What it makes worse on purpose.
    var fault: DemoFault?

    /// The first line of the message.
    var subject: String { String(message.prefix { $0 != "\n" }) }

    /// Describes a commit that makes nothing worse and merges nothing.
    static func commit(_ author: DemoAuthor, _ message: String, on branch: String = "main") -> DemoStep {
        DemoStep(author: author, branch: branch, message: message)
    }

    /// A commit that makes something worse, in good faith.
    static func fault(
        _ author: DemoAuthor, _ message: String, on branch: String = "main", _ fault: DemoFault
    ) -> DemoStep {
        DemoStep(author: author, branch: branch, message: message, fault: fault)
    }

    /// A merge into main.
    static func merge(_ author: DemoAuthor, _ branch: String) -> DemoStep {
        DemoStep(author: author, merging: branch, message: "Merge branch '\(branch)'")
    }
}

/// A person who commits to the demo's repository.
enum DemoAuthor: String, Sendable {
    case ana = "Ana Kovač"
    case jonas = "Jonas Weber"
    case priya = "Priya Nair"
    case tom = "Tom Okafor"

    /// The signature of the history's commit of this number, at a time that depends on the number only.
    func signature(ofCommit number: Int) -> Signature {
        Signature(
            name: rawValue, email: "\(self)@example.com", time: DemoAuthor.time(ofCommit: number),
            offsetMinutes: self == .priya ? 330 : 60)
    }

    /// Three commits a working day, from Monday, 4 March 2024, on.
    private static func time(ofCommit number: Int) -> Int64 {
        let (workday, turn) = number.quotientAndRemainder(dividingBy: 3)
        let day = workday / 5 * 7 + workday % 5
        let minute = [8 * 60 + 12, 10 * 60 + 51, 13 * 60 + 34][turn] + number * 37 % 90
        return 1_709_510_400 + Int64(day * 86_400 + minute * 60 + number * 23 % 60)
    }
}

/// A fault that the demo's history is seeded with.
struct DemoFault: Sendable {
    let metric: Metric
    let package: String
    let benchmark: String
    let cause: String

    /// Parsed layouts are kept forever, although most of them are never used again.
    static let cache = DemoFault(
        metric: .retainedObjects, package: "report", benchmark: "BenchmarkRender",
        cause: "a map used as a cache, from which nothing is ever removed")
    /// Each subscription starts a goroutine, which waits forever once the subscription is closed.
    static let conflation = DemoFault(
        metric: .goroutines, package: "feed", benchmark: "BenchmarkSubscribe",
        cause: "a goroutine blocked forever on a channel that nothing closes")
    /// A slice that append grows in a loop, and a key that fmt.Sprintf makes for each order.
    static let bands = DemoFault(
        metric: .allocations, package: "book", benchmark: "BenchmarkDepth",
        cause: "a slice grown by append in a loop, with keys from fmt.Sprintf")
}
