import AllocBisectCore
import Benchmarks
import Demo
import Foundation
import Git
import Measuring

/// The demo's repository in a temporary folder, which is removed with the value.
final class DemoFolder: Sendable {
    let demo: DemoRepository

    init() throws {
        let temporary = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        demo = try DemoRepository(at: temporary.appending(path: "allocbisect-test-\(UUID().uuidString)").path)
    }

    /// An engine in the repository, with this process's environment.
    var engine: Engine {
        Engine(directory: demo.path, environment: ProcessInfo.processInfo.environment) { _ in }
    }

    /// The commit with a subject.
    func commit(_ subject: String) throws -> ObjectID? {
        let repository = try Repository(discovering: demo.path)
        return try demo.commits.first { try repository.commit($0).subject == subject }
    }

    /// What gives no value at a revision.
    func failures(at revision: String, go: String) async throws -> [Failure] {
        var options = MeasuringOptions()
        options.go = go
        options.iterations = 10
        var request = RecordRequest(revision: revision)
        request.measuring = options
        let recording = try await engine.record(request)
        return recording.failures.map(\.failure)
    }

    deinit { try? FileManager.default.removeItem(atPath: demo.path) }
}
