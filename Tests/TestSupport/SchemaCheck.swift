import Foundation

/// The validator of JSON Schema that documents are checked with.
public enum SchemaCheck {
    /// The program, from PyPI.
    public static let program = "check-jsonschema"

    /// Checks documents against a schema.
    ///
    /// - Returns: What is wrong with those that are refused, by their position.
    /// - Throws: `Failure` when the validator could not do its work.
    public static func refusals(of documents: [String], by schema: String) throws -> [Int: String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "allocbisect-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(schema.utf8).write(to: folder.appending(path: "schema.json"))
        let names = documents.indices.map { "\($0).json" }
        for (name, document) in zip(names, documents) {
            try Data(document.utf8).write(to: folder.appending(path: name))
        }
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program, "--output-format", "json", "--schemafile", "schema.json"] + names
        process.currentDirectoryURL = folder
        process.standardOutput = output
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let report = try? decoder.decode(Report.self, from: printed), (report.parseErrors ?? []).isEmpty else {
            throw Failure(text: String(decoding: printed, as: UTF8.self))
        }
        let errors = report.errors.map { (Int($0.filename.dropLast(".json".count)) ?? -1, "\($0.path): \($0.message)") }
        return Dictionary(errors) { first, _ in first }
    }

    /// What the validator prints.
    private struct Report: Decodable {
        let errors: [Refusal]
        let parseErrors: [Refusal]?

        struct Refusal: Decodable {
            let filename: String
            let path, message: String
        }
    }

    /// The validator did not do its work.
    public struct Failure: Error { let text: String }
}
