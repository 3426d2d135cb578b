/// Where in the repository two commits allocate differently.
///
/// A line that merely moved is no difference: the sites of both sides are paired, by what the diff of the commits says,
/// then by their source text, and then by being all that changed in a function.
public struct AttributionDifference: Sendable, Equatable {
    /// The sites whose cost differs, the largest difference first: in objects, then in bytes, then by file and line.
    public let sites: [SiteDifference]
    /// The functions whose flat or cumulative cost differs: the largest flat difference first, then the largest
    /// cumulative one, then by file and name. A function is the same when its name is, in a renamed file too.
    public let functions: [FunctionDifference]

    /// Compares two attributions.
    ///
    /// - Parameters:
    ///   - before: The old side.
    ///   - after: The new side.
    ///   - moved: Where a line of the old side is on the new one; nil when it was removed or changed. Asked once for
    ///     each old line and callee.
    ///   - text: The text of a line; nil when there is none. Asked only for what `moved` didn't pair.
    public init(
        before: Attribution, after: Attribution,
        moved: (_ file: String, _ line: Int) -> (file: String, line: Int)?,
        text: (_ side: Side, _ file: String, _ line: Int) -> String?
    ) {
        sites = AttributionDifference.sites(before, after, moved: moved, text: text)
        functions = AttributionDifference.functions(before, after)
    }

    private static func functions(_ before: Attribution, _ after: Attribution) -> [FunctionDifference] {
        var pairing = Pairing(before: before.functions, after: after.functions)
        pairing.pair { FunctionKey(function: $1.function, file: $1.file) }
        pairing.pair(alone: true) { $1.function }
        return pairing.all.compactMap { FunctionDifference(before: $0.before, after: $0.after) }
            .filter { $0.flatDifference != .zero || $0.cumulativeDifference != .zero }
            .sorted { $0.precedes($1) }
    }

    private struct FunctionKey: Hashable {
        let function: String
        let file: String
    }
}
