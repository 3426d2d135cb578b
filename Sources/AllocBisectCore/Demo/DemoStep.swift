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

    /// An ordinary commit.
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
