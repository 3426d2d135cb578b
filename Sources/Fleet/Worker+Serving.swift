import Git
import Measuring

import struct Foundation.Data
import class Foundation.JSONDecoder
import class Foundation.JSONEncoder

extension Worker {
    /// Measures what is asked for line by line, until nobody asks any more.
    ///
    /// - Parameters:
    ///   - lines: Its input: `WorkerRequest`s.
    ///   - say: Hands a line over: a `WorkerReply`. False when nobody listens any more, which ends everything.
    package func serve(_ lines: AsyncStream<String>, _ say: @escaping @Sendable (String) -> Bool) async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let work = Task {
            try await serve(lines) { reply in
                guard let data = try? JSONEncoder().encode(reply) else { return }
                if !say(String(decoding: data, as: UTF8.self)) { end.finish() }
            }
        }
        let watch = Task {
            for await _ in ends {}
            work.cancel()
        }
        defer { watch.cancel() }
        try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            work.cancel()
        }
    }

    private func serve(_ lines: AsyncStream<String>, _ say: @escaping @Sendable (WorkerReply) -> Void) async throws {
        var requests = lines.makeAsyncIterator()
        guard let first = await requests.next(), case .session(let session) = WorkerRequest(line: first) else {
            return say(.trouble(job: nil, text: "The first line opens no session of this version of allocbisect."))
        }
        let beat = Task {
            while true {
                try await Task.sleep(for: Worker.beat)
                say(.beat)
            }
        }
        defer { beat.cancel() }
        do {
            let mirror = try mirror(of: session)
            say(.mirror(commits: mirror.commits.map(\.description)))
            while let line = await requests.next() {
                if case .begin = WorkerRequest(line: line) { break }
                try take(line, into: mirror, say)
            }
            try await measuring(session, in: mirror) { measurer in
                say(.ready(machine: Machine.name))
                try await serve(lines, with: measurer, in: mirror, say)
            }
        } catch let error where !(error is CancellationError) {
            say(.trouble(job: nil, text: "\(error)"))
        }
    }

    private func serve(
        _ lines: AsyncStream<String>, with measurer: Measurer, in mirror: Mirror,
        _ say: @escaping @Sendable (WorkerReply) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for await line in lines {
                guard case .job(let job) = WorkerRequest(line: line) else {
                    try take(line, into: mirror, say)
                    continue
                }
                tasks.addTask {
                    do {
                        let records = try await measure(job, with: measurer)
                        say(.records(job: job.id, text: AnswerText.text(of: records)))
                    } catch let error where !(error is CancellationError) {
                        say(.trouble(job: job.id, text: "\(error)"))
                    }
                }
            }
        }
    }

    /// Puts what was sent into the mirror.
    private func take(_ line: String, into mirror: Mirror, _ say: (WorkerReply) -> Void) throws {
        switch WorkerRequest(line: line) {
        case .objects(let objects): try mirror.add(objects.compactMap(\.object))
        case .complete(let commits): try mirror.complete(commits.compactMap(ObjectID.init))
        default: say(.trouble(job: nil, text: "Unexpected message: a worker does not accept it at this point."))
        }
    }
}

extension WorkerRequest {
    /// Reads a line; nil when it is none.
    init?(line: String) {
        guard let request = try? JSONDecoder().decode(WorkerRequest.self, from: Data(line.utf8)) else { return nil }
        self = request
    }

    /// The request as a line.
    var line: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }
}

extension WorkerReply {
    /// Reads a line; nil when it is none.
    init?(line: String) {
        guard let reply = try? JSONDecoder().decode(WorkerReply.self, from: Data(line.utf8)) else { return nil }
        self = reply
    }
}
