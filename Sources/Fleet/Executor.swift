import Benchmarks

/// Something that has jobs measured on other machines.
///
/// That a queue or a program calls a job done counts for nothing: a job is done when its records are here.
protocol Executor: Sendable {
    /// How it works, in words that complete "measuring abc1234, …".
    var title: String { get }
    /// How many jobs it is worth handing over at once.
    var width: Int { get }

    /// Has a job measured by some machine that is not refused.
    ///
    /// - Parameter machines: Those that are asked only where no other one is left.
    /// - Throws: `LostJob` when nothing came of it, which another machine may do better; `CoreError` when there is no
    ///   machine left. When the task is cancelled, so is the job.
    func run(_ job: WorkerJob, avoiding machines: Set<String>) async throws -> Delivery

    /// Whether it can leave a machine out.
    var choosesMachines: Bool { get }

    /// Gives no further job to a machine, where machines are chosen.
    ///
    /// - Parameter reason: Why, as a clause.
    func refuse(_ machine: String, _ reason: String) async

    /// Ends everything that is under way.
    func close() async
}

/// The result of a job.
struct Delivery: Sendable {
    /// What the machine is called, for `Executor.refuse`.
    var machine: String
    var records: [MeasurementRecord]

    /// Reads a worker's answer.
    ///
    /// - Throws: `LostJob` when any of it is damaged.
    init(machine: String?, text: String) throws(LostJob) {
        guard let text = AnswerText.checked(text) else {
            throw LostJob(machine: machine, reason: "a record came damaged (it is not whole)")
        }
        let reader = RecordReader(text)
        if let problem = reader.problems.first {
            throw LostJob(machine: machine, reason: "a record came damaged (\(problem.reason))")
        }
        guard let first = reader.records.first else { throw LostJob(machine: machine, reason: "no record came") }
        self.machine = machine ?? first.machine
        records = reader.records
    }
}

/// A job of which no records came.
struct LostJob: Error {
    /// Where it was, if that is known.
    var machine: String?
    /// Why, as a clause.
    var reason: String
}

/// The records of a job as a worker hands them over: a last line tells whether all of it has come.
enum AnswerText {
    private static let mark = "# answer: "

    /// The text of some records with that line.
    static func text(of records: [MeasurementRecord]) -> String {
        let text = RecordWriter.text(of: records)
        return text + mark + text.fingerprint + "\n"
    }

    /// The text without the line; nil when that is missing or does not belong to it.
    static func checked(_ text: String) -> String? {
        guard text.hasSuffix("\n"), let start = text.dropLast().lastIndex(of: "\n") else { return nil }
        let (records, last) = (text[...start], text[start...].dropFirst().dropLast())
        return last == mark + String(records).fingerprint ? String(records) : nil
    }
}
