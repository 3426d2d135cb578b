import Benchmarks
import Git
import GoToolchain
import Measuring

/// What the compiler says of the heap at both commits.
struct EscapeComparison: Sendable {
    let before, after: Escapes

    /// Asks the compiler about the packages of files whose costs differ.
    init(_ workshop: any Workshop, _ question: Explainer.Question, files: [String]) async throws {
        let packages = Set(files.filter { !$0.isVendored }.map(\.directory)).sorted()
        // Compiling the tests as well takes twice the time.
        let withTests = files.contains(where: \.isTest)
        guard !packages.isEmpty else {
            (before, after) = (Escapes(notes: [], failures: [:]), Escapes(notes: [], failures: [:]))
            return
        }
        @Sendable func escapes(at commit: ObjectID) async throws -> Escapes {
            try await workshop.withWorkplace(for: question.target, at: commit) { place in
                try await place.toolchain.escapes(
                    inPackages: packages, withTests: withTests, in: place.root, options: place.buildOptions)
            }
        }
        async let atBefore = escapes(at: question.before.id)
        after = try await escapes(at: question.after.id)
        before = try await atBefore
    }

    /// The differences of what the compiler says, those on the lines that cost more first.
    func changes(
        sites: [Explanation.SiteChange], _ diff: CommitDiff, _ sources: SourceTexts
    ) -> [Explanation.Escape] {
        let difference = EscapeDifference(
            moved: { diff.lines.newPosition(ofFile: $0, line: $1) },
            functionsBefore: { sources.functions(.before, $0) }, functionsAfter: { sources.functions(.after, $0) })
        let changes = difference.changes(from: before.notes, to: after.notes)
        var costs: [String: Double] = [:]
        for site in sites { costs["\(site.file):\(site.line)", default: 0] += site.allocsPerOp.difference.magnitude }
        func cost(_ change: EscapeChange) -> Double { costs["\(change.file):\(change.line)"] ?? 0 }
        return changes.sorted { (cost($1), $0) < (cost($0), $1) }.map {
            .init(file: $0.file, line: $0.line, change: $0.change.rawValue, text: $0.text)
        }
    }
}

extension String {
    /// The folder of a path relative to the root; `.` for the root itself.
    fileprivate var directory: String {
        lastIndex(of: "/").map { String(self[..<$0]) } ?? "."
    }
}
