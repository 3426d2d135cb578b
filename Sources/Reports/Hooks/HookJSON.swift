import Foundation
import Git
public import Hooks

/// How a repository's hooks are, and what was done about them, as JSON documents.
public enum HookJSON {
    /// Writes what `hook status` found, as one document.
    public static func text(of status: HookStatus) throws -> String {
        try JSONDocument.text(
            of: Status(
                folder: status.installation.folder,
                hooks: Hook.allCases.map { hook in
                    HookState(
                        name: hook.rawValue, path: status.installation.path(of: hook),
                        state: status.installation.state(of: hook).rawValue,
                        hasPrevious: status.installation.hasPrevious(hook))
                },
                queue: status.queue.map {
                    Entry(commit: $0.commit.description, hook: $0.hook, time: $0.time.isoText, tries: $0.tries)
                },
                recorder: Recorder(status.recorder),
                runs: status.shownRuns.map(Run.init),
                lastAlert: Nullable(status.lastAlert.map { Alert($0, isTold: status.pendingAlerts == 0) }),
                log: status.log))
    }

    /// What was done; `command` is `hook install` or `hook uninstall`.
    public static func text(
        of changes: [HookInstallation.Change], in installation: HookInstallation, command: String
    ) throws -> String {
        try JSONDocument.text(
            of: Changes(
                command: command, folder: installation.folder,
                hooks: changes.map {
                    Change(
                        name: $0.hook.rawValue, path: installation.path(of: $0.hook), action: $0.action.rawValue,
                        concernsPrevious: $0.concernsPrevious)
                }))
    }

    private struct Status: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "hook status"
        let folder: String
        let hooks: [HookState]
        let queue: [Entry]
        let recorder: Recorder
        let runs: [Run]
        let lastAlert: Nullable<Alert>
        let log: String
    }

    private struct HookState: Encodable {
        let name, path, state: String
        let hasPrevious: Bool
    }

    private struct Entry: Encodable {
        let commit, hook, time: String
        let tries: Int
    }

    private struct Recorder: Encodable {
        let isRunning: Bool
        let process: Nullable<Int32>

        init(_ recorder: HookStatus.Recorder) {
            switch recorder {
            case .idle: (isRunning, process) = (false, Nullable(nil))
            case .working(let number): (isRunning, process) = (true, Nullable(number))
            }
        }
    }

    private struct Run: Encodable {
        let commit, time, result: String
        let benchmarks: Int
        let reason: Nullable<String>

        init(_ run: HookRun) {
            (commit, time) = (run.commit.description, run.time.isoText)
            switch run.result {
            case .recorded(let count): (result, benchmarks, reason) = ("recorded", count, Nullable(nil))
            case .failed(let why): (result, benchmarks, reason) = ("failed", 0, Nullable(why))
            case .postponed(let why): (result, benchmarks, reason) = ("postponed", 0, Nullable(why))
            case .givenUp(let why): (result, benchmarks, reason) = ("given-up", 0, Nullable(why))
            case .setAside(let why): (result, benchmarks, reason) = ("set-aside", 0, Nullable(why))
            }
        }
    }

    private struct Alert: Encodable {
        let commit, subject, text: String
        let merge: Nullable<String>
        let candidates: Int
        let isTold: Bool
        let series: [HookAlert.Series]

        init(_ alert: HookAlert, isTold: Bool) {
            (commit, subject, text) = (alert.commit.description, alert.subject, HookAlertText.line(of: alert))
            merge = Nullable(alert.merge?.description)
            (candidates, self.isTold, series) = (alert.candidates, isTold, alert.series)
        }
    }

    private struct Changes: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command, folder: String
        let hooks: [Change]
    }

    private struct Change: Encodable {
        let name, path, action: String
        let concernsPrevious: Bool
    }
}

extension Date {
    fileprivate var isoText: String { formatted(.iso8601) }
}
