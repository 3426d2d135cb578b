import Foundation
import Measuring
import TestSupport
import Testing

@testable import AllocBisectCore
@testable import Policy

@Suite("The files that have every change checked")
struct CheckFileTests {
    private func engine(_ folder: String) -> Engine { Engine(directory: folder, environment: [:]) { _ in } }

    private func text(_ path: String, in history: GoHistory) throws -> String {
        try String(contentsOfFile: "\(history.path)/\(path)", encoding: .utf8)
    }

    @Test("A policy is written that says what holds without one")
    func policy() throws {
        let history = try GoHistory()
        let files = try engine(history.path).writeCheckFiles(for: nil, version: "1.2.3")
        #expect(files == [CheckFile(path: Policy.fileName, isWritten: true)])
        var policy = try Policy(yaml: text(Policy.fileName, in: history))
        policy.metricPlaces = [:]
        #expect(policy == Policy())
    }

    @Test("Jobs use the release that wrote them", arguments: [CheckFile.Runner.gitHub, .gitLab])
    func version(runner: CheckFile.Runner) throws {
        let history = try GoHistory()
        let files = try engine(history.path).writeCheckFiles(for: runner, version: "1.2.3")
        #expect(files.count == 3 && files.allSatisfy(\.isWritten))
        let texts = try files.map { try text($0.path, in: history) }
        #expect(texts.contains { $0.contains("v1.2.3") } && !texts.contains { $0.contains("VERSION") })
    }

    @Test("What is there already stays, even a link that leads nowhere")
    func existing() throws {
        let history = try GoHistory()
        try Data("severity: warn\n".utf8).write(to: URL(filePath: "\(history.path)/\(Policy.fileName)"))
        let ci = "\(history.path)/\(CheckFile.gitLab)"
        try FileManager.default.createSymbolicLink(atPath: ci, withDestinationPath: "\(history.path)/elsewhere")
        let files = try engine(history.path).writeCheckFiles(for: .gitLab, version: "1.2.3")
        #expect(files.map(\.isWritten) == [false, true, false])
        #expect(try text(Policy.fileName, in: history) == "severity: warn\n")
        #expect(!FileManager.default.fileExists(atPath: "\(history.path)/elsewhere"))
        #expect(try engine(history.path).writeCheckFiles(for: .gitLab, version: "1").allSatisfy { !$0.isWritten })
    }

    @Test("A file in the place of a folder is named, and what to do about it")
    func blocked() throws {
        let history = try GoHistory()
        try Data().write(to: URL(filePath: "\(history.path)/.github"))
        let error = try #require(throws: CoreError.self) {
            try engine(history.path).writeCheckFiles(for: .gitHub, version: "1.2.3")
        }
        #expect(error.description.hasPrefix("\(history.path)/.github/workflows/allocations.yml could not be written: "))
    }
}
