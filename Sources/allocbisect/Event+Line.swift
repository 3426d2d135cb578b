import Git
import Measuring
import Reports

extension Event {
    /// The line that tells it; nil when there is nothing to tell.
    var line: String? {
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
            let steps = progress.steps == 1 ? "1 step" : "\(progress.steps) steps"
            return "\(progress.candidates) commits left, \(steps)\(time)"
        }
    }

    /// A time in seconds below two minutes, and in minutes above.
    private static func rough(_ seconds: Double) -> String {
        seconds < 120 ? "\(Int(seconds.rounded(.up))) s" : "\(Int((seconds / 60).rounded(.up))) min"
    }
}
