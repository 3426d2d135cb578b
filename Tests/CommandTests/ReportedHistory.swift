import Foundation
import TestSupport
import Testing

/// A history to report on.
enum ReportedHistory {
    /// A subject that tries to run something, and to show a picture.
    static let attack = "</script><script>document.title='gone'</script><img src=x onerror=\"alert(1)\">"

    /// Six commits: the second one grows, the third one does not build and the fourth one has a hostile subject.
    static func make() throws -> GoHistory {
        let history = try GoHistory()
        try history.commit("0", ["m.go": GoSource.work(allocations: 1), "m_test.go": GoSource.benchmark])
        try history.commit("grow", ["m.go": GoSource.work(allocations: 3)])
        try history.commit("broken", ["broken.go": "package m\n\nfunc broken( {\n"])
        try history.commit(attack, ["broken.go": nil])
        try history.commit("shrink", ["m.go": GoSource.work(allocations: 2)])
        try history.commit("docs", ["README.md": "1"])
        return history
    }

    /// Runs `report` on all but the first commit.
    ///
    /// - Returns: The page, which is `report.html` in the history's folder.
    static func report(_ history: GoHistory, _ options: [String] = []) async throws -> String {
        let page = history.folder.appending(path: "report.html").path
        let outcome = try await Program.run(["report", "main~5..main", "-o", page] + options, in: history.path)
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
        return try String(contentsOfFile: page, encoding: .utf8)
    }
}
