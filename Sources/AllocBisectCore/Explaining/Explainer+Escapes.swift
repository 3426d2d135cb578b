import Benchmarks
import Git
import GoToolchain

extension Explainer {
    /// What the compiler says of the heap at both commits, in the packages of files whose costs differ.
    func escapes(in files: [String], _ question: Question) async throws -> (before: Escapes, after: Escapes) {
        let packages = Set(files.filter { !$0.isVendored }.map(\.directory)).sorted()
        // Compiling the tests as well takes twice the time.
        let withTests = files.contains(where: \.isTest)
        guard !packages.isEmpty else {
            return (Escapes(notes: [], failures: [:]), Escapes(notes: [], failures: [:]))
        }
        async let before = escapes(packages, withTests, at: question.before.id, question)
        let after = try await escapes(packages, withTests, at: question.after.id, question)
        return (try await before, after)
    }

    private func escapes(
        _ packages: [String], _ withTests: Bool, at commit: ObjectID, _ question: Question
    ) async throws -> Escapes {
        try await measurer.slots.withSlot { slot in
            let root = try measurer.checkout(commit, slot, pinning: [question.target.package]).root
            return try await measurer.toolchain.escapes(
                inPackages: packages, withTests: withTests, in: root,
                options: measurer.buildOptions(slot))
        }
    }

    /// The differences of what the compiler says, those on the lines that cost more first.
    func escapeChanges(
        _ escapes: (before: Escapes, after: Escapes), sites: [Explanation.SiteChange], _ context: CommitDiff,
        _ sources: SourceTexts
    ) -> [Explanation.Escape] {
        let difference = EscapeDifference(
            moved: { context.lines.newPosition(ofFile: $0, line: $1) },
            functionsBefore: { sources.functions(.before, $0) }, functionsAfter: { sources.functions(.after, $0) })
        let changes = difference.changes(from: escapes.before.notes, to: escapes.after.notes)
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
