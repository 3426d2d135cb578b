import Git

/// Turns the steps of the demo's history into commits.
struct DemoWriter {
    private(set) var commits: [ObjectID] = []
    private(set) var faults: [DemoRepository.Fault] = []
    private var branches: [String: Branch] = ["main": Branch()]

    /// A branch while it is written.
    private struct Branch {
        var tip: ObjectID?
        var files: [String: String] = [:]
        /// What its own commits changed, with the content before.
        var originals: [String: String?] = [:]
    }

    /// Writes the next commit.
    mutating func write(_ step: DemoStep, to repository: borrowing Repository) throws {
        guard var branch = branches[step.branch] ?? fork() else { preconditionFailure("main is always there") }
        var parents = [branch.tip].compactMap { $0 }
        if let name = step.merging {
            guard let side = branches.removeValue(forKey: name), let tip = side.tip else {
                preconditionFailure("no branch \(name) to merge")
            }
            for (path, original) in side.originals {
                precondition(branch.files[path] == original, "\(name) conflicts in \(path)")
                branch.files[path] = side.files[path]
            }
            parents.append(tip)
        }
        for patch in DemoPatch.all[step.subject] ?? [] {
            let content = branch.files[patch.path]
            if branch.originals[patch.path] == nil { branch.originals[patch.path] = .some(content) }
            branch.files[patch.path] = patch.applied(to: content ?? "")
        }
        let commit = try repository.writeCommit(
            files: branch.files, parents: parents, message: step.message + "\n",
            author: step.author.signature(ofCommit: commits.count))
        branch.tip = commit
        branches[step.branch] = branch
        commits.append(commit)
        if let fault = step.fault { faults.append(DemoRepository.Fault(fault, step, commit)) }
    }

    /// A branch that starts where main stands.
    private func fork() -> Branch? {
        branches["main"].map { Branch(tip: $0.tip, files: $0.files) }
    }
}

extension DemoRepository.Fault {
    fileprivate init(_ fault: DemoFault, _ step: DemoStep, _ commit: ObjectID) {
        self.init(
            metric: fault.metric, package: DemoHistory.module + "/" + fault.package, benchmark: fault.benchmark,
            cause: fault.cause, commit: commit, subject: step.subject)
    }
}
