import ArgumentParser
import Foundation
import Git

/// Completes revisions and ranges of them in a shell.
enum RevisionCompletion {
    static let kind = CompletionKind.custom { _, _, prefix in
        candidates(for: prefix, in: FileManager.default.currentDirectoryPath)
    }

    /// What a word can become: the branches and tags that begin with it, or with what stands after its two dots.
    static func candidates(for word: String, in directory: String) -> [String] {
        // Errors are not reported to a shell that asks: there is nothing to complete then.
        guard let repository = try? Repository(discovering: directory), let names = try? repository.referenceNames()
        else { return [] }
        let dots = word.firstRange(of: "..")
        let good = dots.map { String(word[..<$0.upperBound]) } ?? ""
        return (["HEAD"] + names).filter { $0.hasPrefix(word.dropFirst(good.count)) }.map { good + $0 }
    }
}
