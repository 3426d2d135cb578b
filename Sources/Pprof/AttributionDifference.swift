/// Where in the repository two commits allocate differently.
///
/// A line that merely moved is not a difference: the sites of both sides are paired, by what the diff of the commits
/// says, then by their source text, and then by being all that changed in a function.
public struct AttributionDifference: Sendable, Equatable {
    /// The sites whose cost differs, the largest difference first: in objects, then in bytes, then by file and line.
    public let sites: [SiteDifference]
    /// The functions whose flat or cumulative cost differs: the largest flat difference first, then the largest
    /// cumulative one, then by file and name. A function is the same when its name is, in a renamed file too.
    public let functions: [FunctionDifference]

    /// Compares what each line pays for at two commits, line by line.
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

extension AttributionDifference {
    /// One of the two commits that are compared.
    public enum Side: Sendable, Hashable, CaseIterable {
        /// The earlier commit.
        case before
        /// The later commit.
        case after
    }
}

extension AttributionDifference {
    /// The differences between paired sites, and those that have no partner.
    static func sites(
        _ before: Attribution, _ after: Attribution, moved: (String, Int) -> (file: String, line: Int)?,
        text: (Side, String, Int) -> String?
    ) -> [SiteDifference] {
        var pairing = Pairing(before: SourceCall.all(before.sites), after: SourceCall.all(after.sites))
        pairing.pair { side, call in
            let position = (file: call.site.file, line: call.site.line)
            let now = side == .before ? moved(position.file, position.line) : position
            return now.map { PositionKey(file: $0.file, line: $0.line, callee: call.site.callee) }
        }
        pairing.updateAlone { side, call in
            call.text = (text(side, call.site.file, call.site.line) ?? "").trimmingSpace()
        }
        pairing.pair { _, call in
            let function = String(GoName.lastComponent(of: call.site.function))
            return call.text.isEmpty ? nil : TextKey(text: call.text, callee: call.site.callee, function: function)
        }
        pairing.pair { _, call in
            call.text.isEmpty ? nil : TextKey(text: call.text, callee: call.site.callee, function: nil)
        }
        // An edited line that costs what it did, before whatever else is new in the function.
        pairing.pair { CostKey(function: $1.site.function, callee: $1.site.callee, cost: $1.cost) }
        pairing.pair(alone: true) { CallKey(function: $1.site.function, callee: $1.site.callee) }
        return pairing.all.compactMap { SiteDifference(before: $0.before, after: $0.after) }
            .filter { $0.difference != .zero }
            .sorted { $0.precedes($1) }
    }

    private struct PositionKey: Hashable {
        let file: String
        let line: Int
        let callee: String?
    }

    private struct TextKey: Hashable {
        let text: String
        let callee: String?
        let function: String?
    }

    private struct CostKey: Hashable {
        let function: String
        let callee: String?
        let cost: Cost
    }

    private struct CallKey: Hashable {
        let function: String
        let callee: String?
    }
}
