import Foundation
import TestSupport
import Testing

extension Tool {
    /// Runs a program on a text.
    ///
    /// - Returns: What it printed; the test fails when it was not content.
    static func run(_ arguments: [String], on text: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "allocbisect-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: file)
        (process.standardOutput, process.standardError) = (output, output)
        try process.run()
        let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(printed)")
        return printed
    }
}
