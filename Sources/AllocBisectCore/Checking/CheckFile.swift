import Foundation
import Git
import Measuring

/// A file that has every change checked, and whether it had to be written.
public struct CheckFile: Sendable, Hashable {
    /// The path from the repository's root.
    public let path: String
    /// Whether it was written; nothing that was there is touched.
    public let isWritten: Bool

    /// The service that runs the checks, for which a workflow file is written beside the policy.
    public enum Runner: Sendable {
        case gitHub, gitLab
    }

    /// The job for GitLab, and the file that has to include it.
    public static let gitLabJob = ".gitlab/allocations.yml", gitLab = ".gitlab-ci.yml"

    /// The paths and contents for a runner; for none, the policy alone.
    fileprivate static func contents(for runner: Runner?) -> [(path: String, content: [UInt8])] {
        let policy = [(".allocbisect.yml", PackageResources.policy_yml)]
        return switch runner {
        case .gitHub:
            policy + [
                (".github/workflows/allocations.yml", PackageResources.github_yml),
                (".github/workflows/allocations-comment.yml", PackageResources.github_comment_yml),
            ]
        case .gitLab:
            policy + [(gitLabJob, PackageResources.gitlab_yml), (gitLab, Array("include: \(gitLabJob)\n".utf8))]
        case nil: policy
        }
    }
}

extension Engine {
    /// Writes a policy and what checks every change by it, as far as these files are not there yet.
    ///
    /// - Parameters:
    ///   - runner: Where the repository is hosted; nil for a policy alone.
    ///   - version: The release that is to check.
    /// - Returns: All of the files, in the order in which they were looked at.
    /// - Throws: `CoreError` when there is no work tree, or when a file cannot be written.
    public func writeCheckFiles(for runner: CheckFile.Runner?, version: String) throws -> [CheckFile] {
        let repository = try openRepository()
        guard let root = repository.workDirectory else {
            throw CoreError(
                .surroundings,
                "\(repository.commonDirectory) is a bare repository, where no policy can be written. Run this in a clone of "
                    + "it.")
        }
        return try CheckFile.contents(for: runner).map { path, content in
            let text = String(decoding: content, as: UTF8.self).replacing("VERSION", with: version)
            return CheckFile(path: path, isWritten: try write(text, to: "\(root)/\(path)"))
        }
    }

    /// Writes a file, unless there is one: not even a link that leads nowhere is written through.
    private func write(_ text: String, to path: String) throws(CoreError) -> Bool {
        let file = URL(filePath: path)
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file, options: .withoutOverwriting)
            return true
        } catch CocoaError.fileWriteFileExists {
            return false
        } catch {
            throw CoreError(
                .surroundings,
                "\(path) could not be written: \(error.localizedDescription) Check that its folder is writable.")
        }
    }
}
