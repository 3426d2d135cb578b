import ArgumentParser
import Benchmarks
import Git

/// The arguments that name the commits of a range, in one word or in two.
struct RevisionArguments: ParsableArguments {
    @Argument(
        help: .init("The commits, as in v1.2.0..HEAD. A single revision REV means REV..HEAD.", valueName: "good..bad"),
        completion: RevisionCompletion.kind)
    var first: String?

    @Argument(
        help: .init("The bad end, if the first word is the good end.", valueName: "bad"),
        completion: RevisionCompletion.kind)
    var second: String?

    /// The range as the user wrote it, in one word; nil when nothing is named.
    ///
    /// - Throws: `ValidationError` when it has more than two ends.
    func text() throws -> String? {
        if let second, RevisionRange.isRange(second) { try refuseMistypedCommand() }
        return try RevisionArguments.joined(first, second)
    }

    /// One revision or range, or two revisions as `A..B`; nil for none.
    ///
    /// - Throws: `ValidationError` when there are more than two ends.
    static func joined(_ first: String?, _ second: String?) throws -> String? {
        guard let first, let second else { return first }
        if let range = [first, second].first(where: RevisionRange.isRange) {
            throw ValidationError(
                "'\(range)' is already a range. Write A..B or A B; packages come after -p, or after -- at the end.")
        }
        return "\(first)..\(second)"
    }

    /// Refuses a first word that looks like a command's name, misspelt.
    func refuseMistypedCommand() throws {
        guard let first, !RevisionRange.isRange(first),
            let command = first.nearest(among: AllocBisect.commandNames)
        else { return }
        throw ValidationError("'\(first)' is neither a command nor a revision. Did you mean 'allocbisect \(command)'?")
    }

    /// The range; nil when nothing is named.
    ///
    /// - Throws: `ValidationError` when it is none, or has more than two ends.
    func range() throws -> RevisionRange? {
        guard let text = try text() else { return nil }
        do { return try RevisionRange(text) } catch { throw ValidationError(error.message) }
    }

    /// The range of a command that needs one.
    func requiredRange() throws -> RevisionRange {
        guard let range = try range() else {
            throw ValidationError(
                "Name the commits: GOOD..BAD, as in v1.2.0..HEAD, where GOOD is a commit before the regression.")
        }
        return range
    }
}
