public import Git

/// What the engine tells while it works. Everything that is shown on the way goes through these.
public enum Event: Sendable {
    /// A commit stands for the work tree, which is what it is to be called from now on.
    case workTree(commit: ObjectID)
    /// A commit's measuring has begun; the purpose completes "measuring abc1234, …".
    case measuring(commit: ObjectID, purpose: String)
    /// How many of a commit's benchmark functions have been measured.
    case benchmarks(commit: ObjectID, purpose: String, BenchmarkProgress)
    /// A commit's measuring has ended; the summary says what came out.
    case measured(commit: ObjectID, summary: String)
    /// A commit's explaining has begun.
    case explaining(commit: ObjectID)
    /// How much of the search is left.
    case progress(Progress)
    /// Jobs that other machines are to do wait in a queue, which says why.
    case queued(jobs: Int, reason: String)

    /// How far the measuring of one commit is.
    public struct BenchmarkProgress: Sendable, Hashable {
        /// The benchmark functions that were measured.
        public var done: Int
        /// All that are to be measured.
        public var all: Int
        /// The time that the rest will take, in seconds, by what those so far have taken; nil before the first one.
        public var seconds: Double?
    }

    /// How much of a search is left.
    public struct Progress: Sendable, Hashable {
        /// Commits that can still be the culprit of a series.
        public var candidates: Int
        /// Measurements to come, as far as can be determined.
        public var steps: Int
        /// The time they will take, in seconds; nil before anything was measured.
        public var seconds: Double?
        /// What other machines do of it; nil where none is asked.
        public var fleet: FleetProgress?

        package init(candidates: Int, steps: Int, seconds: Double?) {
            (self.candidates, self.steps, self.seconds) = (candidates, steps, seconds)
        }
    }

    /// How it goes with what other machines do.
    public struct FleetProgress: Sendable, Hashable {
        /// Jobs that are handed over and not done yet.
        public var jobs: Int
        /// Machines that have done one.
        public var machines: Int
        /// Jobs done in a minute; nil before there are two.
        public var rate: Double?

        package init(jobs: Int, machines: Int, rate: Double?) {
            (self.jobs, self.machines, self.rate) = (jobs, machines, rate)
        }
    }
}
