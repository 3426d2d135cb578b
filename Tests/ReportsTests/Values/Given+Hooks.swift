import Foundation
import Git

@testable import Hooks

/// The hooks of a repository that is yet to be made, with what else there is to know about them.
struct GivenHooks {
    var states: [Hook: HookInstallation.State]
    /// Those that were there before and are called by ours.
    var kept: Set<Hook>
    var folder = "hooks"
    var status: (HookInstallation) -> HookStatus
}

extension Given {
    /// How a repository's hooks may be: every state of a hook and of the recorder.
    static let hooks: [GoldenValue<GivenHooks>] =
        hookStates.indices.map { index in
            .init(hookStates[index].rawValue) {
                let others = [hookStates[index], hookStates[(index + 1) % hookStates.count]]
                return GivenHooks(
                    states: Dictionary(uniqueKeysWithValues: zip(Hook.allCases, others)),
                    kept: index.isMultiple(of: 2) ? [] : [Hook.allCases[index % Hook.allCases.count]]
                ) { installation in
                    HookStatus(
                        installation: installation, queue: index == 0 ? [] : queue,
                        recorder: recorders[index % recorders.count], runs: index == 0 ? [] : runs,
                        lastAlert: index == 0 ? nil : alerts[0], pendingAlerts: index - 1, log: "/repo/.git/hooks.log")
                }
            }
        } + [
            .init("hostile") {
                GivenHooks(states: [:], kept: Set(Hook.allCases), folder: hostile("folder")) { installation in
                    let name = hostile("hook")
                    return HookStatus(
                        installation: installation, queue: [entry(1, name)].compactMap { $0 }, recorder: .idle,
                        runs: results(hostile("reason")).map { HookRun(id(2), $0, at: time) },
                        lastAlert: alerts.last, pendingAlerts: 1, log: hostile("log"))
                }
            }
        ]

    /// Everything that can be done about a hook, each with and without one that was there before.
    static let hookChanges: [HookInstallation.Change] = everyCase(from: HookInstallation.Action.installed) {
        switch $0 {
        case .installed: .updated
        case .updated: .unchanged
        case .unchanged: .removed
        case .removed: .absent
        case .absent: .left
        case .left: nil
        }
    }.flatMap { action in
        [false, true].flatMap { concernsPrevious in
            Hook.allCases.map { .init(hook: $0, action: action, concernsPrevious: concernsPrevious) }
        }
    }

    private static let hookStates: [HookInstallation.State] = everyCase(from: .absent) {
        switch $0 {
        case .absent: .installed
        case .installed: .outdated
        case .outdated: .foreign
        case .foreign: nil
        }
    }

    private static let recorders: [HookStatus.Recorder] = everyCase(from: .idle) {
        switch $0 {
        case .idle: .working(process: nil)
        case .working(nil): .working(process: 4321)
        case .working: nil
        }
    }

    /// The possible outcomes of a commit, a case after the other.
    private static func results(_ reason: String) -> [HookRun.Result] {
        everyCase(from: .setAside(reason: reason)) {
            switch $0 {
            case .setAside: .failed(reason: reason)
            case .failed: .postponed(reason: reason)
            case .postponed: .givenUp(reason: reason)
            case .givenUp: .recorded(benchmarks: 1)
            case .recorded: nil
            }
        }
    }

    /// More runs than are shown, of which one that was set aside long ago is shown all the same.
    private static let runs: [HookRun] =
        (results("the test binary does not build") + (2...9).map { .recorded(benchmarks: $0) }).enumerated().map {
            HookRun(id($0 + 1), $1, at: time.addingTimeInterval(60 * Double($0)))
        }

    private static let queue: [QueueEntry] = (0...2).compactMap { entry($0, "post-merge") }

    private static func entry(_ tries: Int, _ hook: String) -> QueueEntry? {
        QueueEntry(file: "\(id(20 + tries)).\(id(20)).\(hook)" + (tries == 0 ? "" : ".\(tries)"), time: time)
    }

    private static let time = Date(timeIntervalSince1970: 1_767_225_600)
}
