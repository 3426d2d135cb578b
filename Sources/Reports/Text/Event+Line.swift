import Git
public import Measuring

extension Event {
    /// The line that tells it; nil when there is nothing to tell.
    public var line: String? {
        switch self {
        case .workTree: return nil
        case .measuring(let commit, let purpose): return "measuring \(commit.short), \(purpose.terminalSafe)"
        case .benchmarks(let commit, let purpose, let progress):
            let time = progress.seconds.map { ", about \(Event.rough($0)) left" } ?? ""
            return
                "measuring \(commit.short), \(purpose.terminalSafe): \(progress.done) of \(progress.all) benchmarks\(time)"
        case .measured(let commit, let summary): return "\(commit.short): \(summary.terminalSafe)"
        case .explaining(let commit): return "explaining \(commit.short)"
        case .progress(let progress):
            guard progress.steps > 0 else { return nil }
            let time = progress.seconds.map { ", about \(Event.rough($0))" } ?? ""
            let commits = progress.candidates == 1 ? "1 commit" : "\(progress.candidates) commits"
            let steps = progress.steps == 1 ? "1 step" : "\(progress.steps) steps"
            return "\(commits) left, \(steps)\(time)" + (progress.fleet.map { " (\($0.words))" } ?? "")
        case .queued(let jobs, let reason):
            return
                "no job has begun, \(jobs) queued: \(reason.terminalSafe)"
        }
    }

    /// A time in seconds below two minutes, and in minutes above.
    private static func rough(_ seconds: Double) -> String {
        seconds < 120 ? "\(Int(seconds.rounded(.up))) s" : "\(Int((seconds / 60).rounded(.up))) min"
    }
}

extension Event.FleetProgress {
    /// A clause such as "3 jobs under way, 2 machines, 25 jobs a minute".
    fileprivate var words: String {
        let jobs = jobs == 1 ? "1 job under way" : "\(jobs) jobs under way"
        let machines = machines == 0 ? nil : machines == 1 ? "1 machine" : "\(machines) machines"
        let rate = rate.map {
            $0 < 10 ? "\(Int(($0 * 60).rounded())) jobs an hour" : "\(Int($0.rounded())) jobs a minute"
        }
        return [jobs, machines, rate].compactMap { $0 }.joined(separator: ", ")
    }
}
