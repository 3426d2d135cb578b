import Benchmarks
import Git

/// The files of a commit in a slot.
struct CheckedOut: Sendable {
    /// The slot's root, below which the files are.
    let root: String
    /// What is not as git, and the programs that the user has set up for it, would have made it.
    let unfaithful: [UnfaithfulFile]
    /// What kept the files from being prepared for a build; nil when nothing did.
    var trouble: Failure?

    /// Why something that reads these inputs cannot be measured here; nil when all of them are as they should be.
    func failure(reading inputs: Inputs) -> Failure? {
        let selection = TreeSelection(inputs)
        let reasons = unfaithful.filter { selection.concerns($0) }.map(\.reason)
        guard let first = reasons.first else { return nil }
        return Failure(.checkout, reasons.count == 1 ? first : "\(first) (and \(reasons.count - 1) more such files)")
    }
}
