import Benchmarks
import Fleet
public import Git
import Measuring

/// What a history would have measured, and by whom.
public struct HistoryPlan: Sendable {
    /// How many commits the history has.
    public var commits: Int
    /// Those of which something is missing, in the order in which they would be measured. As long as nothing is known of the
    /// files that decide, these are all of them, and measuring them may show that most need not be.
    public var jobs: [Job]
    /// Who measures: this machine's number of commits at once, or where jobs are handed over.
    public var measurer: String
    /// What the user should know.
    public var notes: [String] = []

    /// What is missing of one commit.
    public struct Job: Sendable {
        public var commit: ObjectID
        /// The first line of its message.
        public var subject: String
        /// How many benchmark functions are missing.
        public var benchmarks: Int
        /// How many packages they are in.
        public var packages: Int

        /// A job with all that is shown of it.
        public init(commit: ObjectID, subject: String, benchmarks: Int, packages: Int) {
            (self.commit, self.subject) = (commit, subject)
            (self.benchmarks, self.packages) = (benchmarks, packages)
        }
    }

    /// A plan with all that is shown of it.
    public init(commits: Int, jobs: [Job], measurer: String, notes: [String] = []) {
        (self.commits, self.jobs, self.measurer, self.notes) = (commits, jobs, measurer, notes)
    }
}

extension Engine {
    /// Says what a history would have measured. Nothing is measured but, for want of anything known, listed.
    ///
    /// - Throws: When the commits do not resolve, when Go cannot be used, or when no benchmark matches.
    public func plan(_ request: HistoryRequest) async throws -> HistoryPlan {
        let commits = try commits(of: request)
        let executor = try executor(request.measuring)
        let width = request.measuring.jobs
        return try await measuring(
            request.measuring, usesInputClasses: request.usesInputClasses, isOfCommits: false
        ) { measurements, _ in
            var session = HistorySession(request, commits, measurements)
            let repository = try openRepository()
            let jobs = try await session.plan().map { job in
                HistoryPlan.Job(
                    commit: job.commit, subject: try repository.commit(job.commit).subject,
                    benchmarks: job.targets.count, packages: Set(job.targets.map(\.package)).count)
            }
            return HistoryPlan(
                commits: commits.ids.count, jobs: jobs,
                measurer: executor?.submission(of: jobs.count, width: width)
                    ?? "this machine, \(width) at once", notes: request.measuring.preparationNotes)
        }
    }
}
