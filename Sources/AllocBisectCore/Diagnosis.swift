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
        /// How it is.
        public let state: State
        /// What was found, and what to do when it isn't well.
        public let text: String
    }

    /// How a thing is.
    public enum State: String, Sendable { case well, odd, missing }

    /// The findings, in the order in which a reader needs them.
    public var findings: [Item]

    /// Whether something is missing without which nothing can be measured.
    public var isFit: Bool { !findings.contains { $0.state == .missing } }

    /// A diagnosis with what was found.
    public init(findings: [Item] = []) { self.findings = findings }

    /// Looks at everything that a search needs, and changes nothing.
    fileprivate mutating func examine(
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

    private mutating func add(_ subject: String, _ state: State, _ text: String) {
        findings.append(Item(subject: subject, state: state, text: text))
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
            // That there is no repository was reported before.
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
            if let module = Diagnosis.module(around: directory), toolchain.isOlder(than: module) {
                let wanted = module.goVersion ?? ""
                add(
                    "Go", toolchain.refusesNewerModules ? .missing : .odd,
                    "\(found): go.mod asks for \(wanted) or newer. Install that, or name it with --go PATH")
            } else {
                add("Go", .well, found)
            }
            if Probe.matches(toolchain) {
                add("probe", .well, "its rule matches this Go")
            } else {
                add(
                    "probe", .odd,
                    "its rule does not match this Go: allocs/op and B/op are what -benchmem prints, and "
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
                    : "not installed; \($0.version) counts instructions/op by the processor, and no lines"
            } ?? "not installed, which only instructions/op takes (on Debian and Ubuntu: apt install valgrind)")
    }

    /// Has those measure who are to measure in this machine's place.
    private mutating func examineMachines(
        _ directory: String, _ state: StateDirectory, _ options: MeasuringOptions, _ environment: [String: String]
    ) async {
        guard isFit else { return }
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
        // That there is no repository, or no commit, was reported before or is no matter yet.
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
            return add("cache", .well, "\(path), not made yet")
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
            "a run was killed and left \(dead.count) worktree slots and \(processes.count) processes "
                + "behind; the next run takes them over and clears them")
    }
}

extension Engine {
    /// Says what is well and what is missing; nothing is changed, but that other machines keep what they are tried with.
    public func diagnose(_ options: MeasuringOptions) async -> Diagnosis {
        var diagnosis = Diagnosis()
        await diagnosis.examine(directory, options, environment)
        return diagnosis
    }
}
