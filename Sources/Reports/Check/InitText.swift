public import AllocBisectCore

/// What was done with the files that have every change checked, for people.
public enum InitText {
    /// The files, and what to do next.
    ///
    /// - Parameter runner: What they were written for; nil where no forge is known.
    public static func text(of files: [CheckFile], for runner: CheckFile.Runner?) -> String {
        let states = files.map { "\($0.path): \($0.isWritten ? "written" : "there already, left as it is")" }
        let written = files.filter(\.isWritten).map(\.path)
        let isGitLabKept = files.contains { $0.path == CheckFile.gitLab && !$0.isWritten }
        let notes = [
            isGitLabKept ? "\(CheckFile.gitLab) has to include \(CheckFile.gitLabJob)" : nil,
            runner == nil
                ? "the remote origin is on neither GitHub nor GitLab, so no workflow was written; to have one: "
                    + "allocbisect init --forge github, or --forge gitlab"
                : nil,
            written.isEmpty ? nil : "next: git add \(written.joined(separator: " "))",
        ].compactMap { $0 }
        return [states, notes].filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
            + "\n"
    }
}
