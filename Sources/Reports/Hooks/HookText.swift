import Foundation
import Git
public import Hooks

/// How a repository's hooks are, and what was done about them, for people.
public enum HookText {
    /// Writes what `hook status` found: the hooks, what waits, and the latest results.
    public static func text(of status: HookStatus) -> String {
        let installation = status.installation
        let hooks = TextTable(
            rows: Hook.allCases.map { hook in
                let state = installation.state(of: hook)
                let kept = installation.pathOfPrevious(hook).terminalSafe
                let previous =
                    !installation.hasPrevious(hook)
                    ? "" : [.installed, .outdated].contains(state) ? "; calls \(kept) first" : "; \(kept) was kept"
                return [hook.rawValue, words(for: state) + previous]
            })
        var paragraphs = [["hooks in \(installation.folder.terminalSafe):"] + hooks.lines.map { "    " + $0 }]
        paragraphs.append(
            [
                "\(counted(status.queue.count, "commit")) in the queue, \(words(for: status.recorder))"
            ] + status.queue.map { "    \($0.commit.short)  \(time($0.time))  \($0.hook.terminalSafe)\(tries($0))" })
        if !status.runs.isEmpty {
            let rows = status.shownRuns.map { [$0.commit.short, time($0.time), words(for: $0.result)] }
            paragraphs.append(["last runs:"] + TextTable(rows: rows).lines.map { "    " + $0 })
        }
        if let alert = status.lastAlert {
            let isTold = status.pendingAlerts == 0 ? "" : " (not shown yet)"
            paragraphs.append(["last alert\(isTold):", "    " + HookAlertText.line(of: alert)])
        }
        paragraphs.append(["log: \(status.log.terminalSafe)"])
        return paragraphs.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    /// Writes what was done to each hook, a line each.
    public static func text(of changes: [HookInstallation.Change], in installation: HookInstallation) -> String {
        changes.map { change in
            let path = installation.path(of: change.hook).terminalSafe
            return switch (change.action, change.concernsPrevious) {
            case (.removed, true): "\(path): removed, and the hook that was there before put back\n"
            case (.removed, false): "\(path): removed\n"
            case (.absent, _): "\(path): there is none\n"
            case (.left, _): "\(path): left as it is, since it is not allocbisect's\n"
            case (.installed, true), (.updated, true), (.unchanged, true):
                "\(path): \(words(for: change.action)); it calls the hook that was there before, now "
                    + "\(installation.pathOfPrevious(change.hook).terminalSafe)\n"
            case (.installed, false), (.updated, false), (.unchanged, false):
                "\(path): \(words(for: change.action))\n"
            }
        }.joined()
    }

    /// The outcome of a commit.
    static func words(for result: HookRun.Result) -> String {
        switch result {
        case .recorded(let benchmarks): "recorded, \(counted(benchmarks, "benchmark"))"
        case .failed(let reason): "no values: \(reason.terminalSafe)"
        case .postponed(let reason): "put off: \(reason.terminalSafe)"
        case .givenUp(let reason): "given up: \(reason.terminalSafe)"
        case .setAside(let reason): "set aside: \(reason.terminalSafe)"
        }
    }

    private static func words(for action: HookInstallation.Action) -> String {
        action == .unchanged ? "already in place" : action.rawValue
    }

    private static func words(for recorder: HookStatus.Recorder) -> String {
        switch recorder {
        case .idle: "no recorder is running"
        case .working(nil): "a recorder is running"
        case .working(let process?): "a recorder is running (process \(process))"
        }
    }

    private static func words(for state: HookInstallation.State) -> String {
        switch state {
        case .installed: "installed"
        case .outdated: "installed by another version (allocbisect hook install updates it)"
        case .foreign: "not allocbisect's"
        case .absent: "not installed"
        }
    }

    private static func tries(_ entry: QueueEntry) -> String {
        entry.tries == 0 ? "" : ", tried \(counted(entry.tries, "time"))"
    }

    private static func time(_ date: Date) -> String { date.formatted(.iso8601) }
}
