import Fleet
import Git
import GoToolchain
import MeasurementCache
public import Measuring

import class Foundation.FileManager

/// What is well and what is missing on this machine and in this repository.
public struct Diagnosis: Sendable {
    /// One thing that was looked at.
    public struct Item: Sendable {
        /// What was looked at, in a word or two.
        public let subject: String
        /// Whether that lets a search be made.
        public let state: State
        /// What was found, and what to do when it isn't well.
        public let text: String

        /// Creates a finding from its parts.
        public init(subject: String, state: State, text: String) {
            (self.subject, self.state, self.text) = (subject, state, text)
        }
    }

    /// How a thing is.
    public enum State: String, Sendable { case well, odd, missing }

    /// The findings, in the order in which a reader needs them.
    public let findings: [Item]

    /// Whether something is missing without which nothing can be measured.
    public var isFit: Bool { !findings.contains { $0.state == .missing } }

    /// Creates a diagnosis from what was found.
    public init(findings: [Item] = []) { self.findings = findings }
}

/// What has been found so far, of which a diagnosis is made.
private struct Examination {
    var findings: [Diagnosis.Item] = []

    /// Looks at everything that a search needs, and changes nothing.
    mutating func examine(
        _ directory: String, _ options: MeasuringOptions, _ environment: [String: String]
    ) async {
        add("libgit2", .well, GitLibrary.version)
        let state = examineRepository(directory)
        await examineSandbox(directory, options, environment)
        await examineGo(options, environment, in: directory)
        await examineCounter(environment)
        if let state {
            examineCache(state, options)
            examineLeftovers(state)
            await examineMachines(directory, state, options, environment)
        }
    }

    private mutating func add(_ subject: String, _ state: Diagnosis.State, _ text: String) {
        findings.append(Diagnosis.Item(subject: subject, state: state, text: text))
    }

    private mutating func examineRepository(_ directory: String) -> StateDirectory? {
        do {
            let repository = try Repository(discovering: directory)
            let state = StateDirectory(commonDirectory: repository.commonDirectory)
            let place = repository.workDirectory ?? repository.commonDirectory
            if let refusal = state.refusal {
                add("repository", .missing, "\(refusal)")
            } else {
                add("repository", .well, place)
            }
            return state
        } catch {
            add("repository", .missing, "\(error)")
            return nil
        }
    }

    private mutating func examineSandbox(
        _ directory: String, _ options: MeasuringOptions, _ environment: [String: String]
    ) async {
        do {
            // A missing repository was reported before.
            var set: Sandbox.Choice?
            if let repository = try? Repository(discovering: directory) { set = try Sandbox.Choice(setOf: repository) }
            let sandbox = try await Sandbox(
                options.sandbox ?? set ?? .auto, searchPath: environment["PATH"] ?? "", launcher: options.launcher)
            let reason = sandbox.shortcoming.map { ", because \($0)" } ?? ""
            add("sandbox", sandbox.shortcoming == nil ? .well : .odd, sandbox.meaning + reason)
        } catch {
            add("sandbox", .missing, "\(error)")
        }
    }

    private mutating func examineGo(
        _ options: MeasuringOptions, _ environment: [String: String], in directory: String
    ) async {
        do {
            let toolchain = try await Toolchain(
                path: options.go, environment: ProcessEnvironment(environment), limits: options.limits,
                directory: directory)
            let found = "\(toolchain.version) for \(toolchain.platform), \(toolchain.path)"
            if let module = Examination.module(around: directory), toolchain.isOlder(than: module) {
                let wanted = module.goVersion ?? ""
                add(
                    "Go", .missing,
                    "\(found): go.mod asks for \(wanted) or newer. Install that, or name it with --go PATH")
            } else {
                add("Go", .well, found)
            }
            if Probe.matches(toolchain) {
                add("probe", .well, "works with this Go")
            } else {
                add(
                    "probe", .odd,
                    "does not work with this Go: allocs/op and B/op are what -benchmem prints, and "
                        + "growth is not measured. Use a released Go with --go PATH")
            }
        } catch {
            add("Go", .missing, "\(error)")
        }
    }

    private mutating func examineCounter(_ environment: [String: String]) async {
        let counter = try? await InstructionCounter(searchPath: environment["PATH"] ?? "")
        add(
            "valgrind", .well,
            counter.map {
                $0.countsLines
                    ? "\($0.version), which counts instructions/op"
                    : "not installed; \($0.version) counts instructions/op in the processor, but not by line"
            } ?? "not installed; only instructions/op needs it (on Debian and Ubuntu: apt install valgrind)")
    }

    /// Tries the machines that are to measure instead of this one.
    private mutating func examineMachines(
        _ directory: String, _ state: StateDirectory, _ options: MeasuringOptions, _ environment: [String: String]
    ) async {
        guard Diagnosis(findings: findings).isFit else { return }
        do {
            guard let choice = try ExecutorChoice(options, in: Repository(discovering: directory)) else { return }
            for trial in try await choice.trials(in: state, options: options, environment: environment) {
                add(trial.machine, trial.isFit ? trial.isOdd ? .odd : .well : .missing, trial.text)
            }
        } catch {
            add("executor", .missing, "\(error)")
        }
    }

    /// The go.mod of HEAD that the packages in a folder belong to; nil for none.
    private static func module(around directory: String) -> ModuleFile? {
        // A missing repository was reported before, and a missing commit does not matter yet.
        guard let repository = try? Repository(discovering: directory), let head = try? repository.resolve("HEAD")
        else {
            return nil
        }
        for folder in Toolchain.foldersOfModule(for: ".", from: repository.prefix(of: directory)) {
            let path = folder.isEmpty ? "go.mod" : folder + "/go.mod"
            guard let content = try? repository.file(path, at: head) else { continue }
            return ModuleFile(String(decoding: content, as: UTF8.self).split(whereSeparator: \.isNewline))
        }
        return nil
    }

    private mutating func examineCache(_ state: StateDirectory, _ options: MeasuringOptions) {
        var path = state.cache
        if case .file(let file) = options.cache { path = file }
        guard let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int else {
            return add("cache", .well, "\(path), not created yet")
        }
        do {
            let counts = try MeasurementCache(path: path).counts()
            add(
                "cache", .well,
                "\(path), \(size >> 10) KiB: \(counts.measurements) measurements, of which "
                    + "\(counts.failures) failed")
        } catch {
            add("cache", .odd, "\(error)")
        }
    }

    private mutating func examineLeftovers(_ state: StateDirectory) {
        let processes = StrayProcesses.processes(below: state.path)
        let scratch = (try? FileManager.default.contentsOfDirectory(atPath: state.path + "/worktrees")) ?? []
        let slots = scratch.filter { $0.hasSuffix(".scratch") }.compactMap { Int($0.dropLast(8)) }
        let dead = slots.filter { (try? FileLock(trying: state.locks, at: UInt64($0))) != nil }
        let busy = slots.count - dead.count
        if dead.isEmpty {
            let text = busy == 0 ? "none" : "none; \(busy) worktree slots are in use by a running allocbisect"
            return add("leftovers", .well, text)
        }
        add(
            "leftovers", .odd,
            "a killed run left \(dead.count) worktree slots and \(processes.count) processes "
                + "behind; the next run takes them over and clears them")
    }
}

extension Engine {
    /// Says what is well and what is missing; nothing is changed, except that other machines keep what they are tried
    /// with.
    public func diagnose(_ options: MeasuringOptions) async -> Diagnosis {
        var examination = Examination()
        await examination.examine(directory, options, environment)
        return Diagnosis(findings: examination.findings)
    }
}
