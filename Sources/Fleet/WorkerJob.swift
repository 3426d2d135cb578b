package import Benchmarks
package import Git
package import Measuring

package import struct Foundation.Data

/// How a worker measures for as long as it is talked to: what holds for all jobs of one command.
package struct WorkerSession: Codable, Sendable, Equatable {
    /// The version of the protocol. Both sides are the same program, and a worker refuses any other one.
    package var version = WorkerSession.currentVersion
    /// Names the repository, so that a worker finds its mirror of it again: a file name.
    package var repository: String
    /// The git directory with the objects, where the worker sees the same disks; nil where objects are sent.
    package var source: String?
    /// The options that decide a number, which are the same on every machine.
    package var options: PortableOptions
    /// The go command's path or name where they come from, which is used where there is such a one.
    package var go: String?
    /// How many jobs are measured at once.
    package var width: Int
    /// Go's own settings that decide numbers, as variables, instead of those that the machine has.
    package var settings: [String: String] = [:]
    /// What decides the files of a checkout besides the commit, instead of what the machine has set.
    package var checkout = CheckoutSettings()

    package static let currentVersion = 2
}

/// One measurement job as it goes to another machine.
package struct WorkerJob: Codable, Sendable, Equatable {
    /// Names the job and the try in every message about it: a file name.
    package var id: String
    /// What the machine is known by: the same was measured where the job comes from, and a machine counts when it finds the
    /// same counts. A worker that has measured it before recalls it.
    package var references: [Part]
    /// The targets to measure, and the commit.
    package var wanted: Part

    /// Some targets at one commit.
    package struct Part: Codable, Sendable, Equatable {
        /// The commit, and its tree as it is seen where the job comes from.
        package var commit, tree: String
        package var targets: [Target]
    }

    /// What to run, with its iteration counts where they are chosen, and how many rounds it has afterwards at least.
    package struct Target: Codable, Sendable, Equatable {
        package var package, pattern: String
        package var short, long: Int?
        package var rounds: Int

        package var target: Measurement.Target { Measurement.Target(package: package, pattern: pattern) }
        package var pair: IterationPair? {
            guard let short, let long, short > 0, long >= short else { return nil }
            return IterationPair(short: short, long: long)
        }
    }

    /// The commits that it takes.
    package var parts: [Part] { references + [wanted] }
}

/// A job in a file of its own, for a worker that is started for it.
///
/// The answer is in a file beside it: `NAME.record`, in the format of `cache export`, which is there whole or not at all.
/// `NAME.error` is a sentence in its place. `NAME.beat` changes every few seconds while the worker lives.
package struct JobFile: Codable, Sendable, Equatable {
    package var session: WorkerSession
    package var job: WorkerJob
}

/// A message to a worker on its standard input, one per line.
package enum WorkerRequest: Codable, Sendable, Equatable {
    /// What all jobs have in common; always the first line.
    case session(WorkerSession)
    /// All that the session takes was sent: the worker may get ready.
    case begin
    /// Objects that the next jobs take.
    case objects([SentObject])
    /// The commits of which everything was sent.
    case complete([String])
    case job(WorkerJob)
}

/// What a worker says on its standard output, a line each.
package enum WorkerReply: Codable, Sendable, Equatable {
    /// It has a mirror of the session's repository, with these commits whole.
    case mirror(commits: [String])
    /// It has found Go and its sandbox, and takes jobs; with the name of the machine.
    case ready(machine: String)
    /// It lives, and has nothing else to say yet; repeated as long as it works.
    case beat
    /// A job is done: its records, in the format of `cache export`.
    case records(job: String, text: String)
    /// A job, or with none the session, could not be carried out here: a sentence.
    case trouble(job: String?, text: String)
}

/// An object of git's on its way.
package struct SentObject: Codable, Sendable, Equatable {
    package var kind: String
    package var bytes: Data

    package init(_ object: GitObject) { (kind, bytes) = (object.kind.rawValue, Data(object.bytes)) }

    package var object: GitObject? {
        GitObject.Kind(rawValue: kind).map { GitObject(kind: $0, bytes: Array(bytes)) }
    }
}
