public import AllocBisectCore
import Git

/// What a history would have measured, for people.
public enum HistoryPlanText {
    /// The plan as text: who would measure, and a line for each commit.
    public static func text(of plan: HistoryPlan) -> String {
        guard !plan.jobs.isEmpty else { return "Nothing would be measured: all \(plan.commits) commits are known.\n" }
        let rows = plan.jobs.map { job in
            let benchmarks =
                counted(job.benchmarks, "benchmark")
                + (job.packages > 1 ? " in \(counted(job.packages, "package"))" : "")
            return "    \(job.commit.short)  \(benchmarks)  \(job.subject.terminalSafe)"
        }
        let commits = "\(plan.jobs.count) of \(counted(plan.commits, "commit"))"
        let first = "At most \(commits) would be measured by \(plan.measurer.terminalSafe)"
        return ([first, ""] + rows).joined(separator: "\n") + "\n"
    }
}
