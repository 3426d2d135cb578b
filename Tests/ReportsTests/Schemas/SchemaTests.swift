import Foundation
import MCP
import TestSupport
import Testing

@testable import Reports

@Suite(
    "The schemas of documents",
    .enabled(if: Tool.isAsked(SchemaCheck.program), "\(SchemaCheck.program) is not installed"))
struct SchemaTests {
    /// The golden documents of one shape, by how the names of their files begin.
    struct Shape: CustomTestStringConvertible {
        let schema: DocumentSchema
        let files: String
        var testDescription: String { files }

        init(_ schema: DocumentSchema, _ files: String) { (self.schema, self.files) = (schema, files) }

        /// The documents, of which a file may have several.
        func documents() throws -> [String] {
            try SchemaTests.goldenFiles().filter { $0.hasPrefix(files) }.flatMap { name in
                try String(contentsOf: SchemaTests.folder.appending(path: name), encoding: .utf8)
                    .replacing("}\n{", with: "}\u{0}{").split(separator: "\u{0}").map(String.init)
            }
        }
    }

    private static let shapes = [
        Shape(.find, "find-"), Shape(.plan, "plan-"), Shape(.explain, "explain-"), Shape(.history, "history-"),
        Shape(.check, "check-"), Shape(.check, "self-test-"), Shape(.record, "record-"), Shape(.doctor, "doctor-"),
        Shape(.hook, "hook-status"), Shape(.hook, "hook-changes"), Shape(.cache, "cache-path"),
        Shape(.cache, "cache-stats"), Shape(.cache, "cache-problems"), Shape(.cache, "cache-prune"),
        Shape(.cache, "cache-forget"), Shape(.cache, "cache-import"), Shape(.share, "share"),
        Shape(.compare, "compare-"),
    ]

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Golden")

    /// The golden files that are documents of ours.
    private static func goldenFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") && !$0.hasSuffix(".gitlab.json") }.sorted()
    }

    @Test("are schemas", arguments: DocumentSchema.allCases)
    func metaschema(schema: DocumentSchema) throws {
        let metaschema = #"{"$ref": "https://json-schema.org/draft/2020-12/schema"}"#
        #expect(try SchemaCheck.refusals(of: [schema.text], by: metaschema).isEmpty)
        let text = try schema.text
        let defined = try #require(JSON(Data(text.utf8))["$defs"])
        for reference in text.matches(of: #/"\$ref" : "#/\$defs/(\w+)"/#) {
            #expect(defined[String(reference.1)] != nil, "\(reference.1)")
        }
        #expect(!text.contains("\"$ref\" : \"#/$defs/\(schema.rawValue)\"") || schema == .check)
    }

    @Test("accept every golden document", arguments: shapes)
    func acceptance(shape: Shape) throws {
        let documents = try shape.documents()
        #expect(!documents.isEmpty)
        #expect(try SchemaCheck.refusals(of: documents, by: shape.schema.text) == [:])
    }

    @Test("leave no golden document out")
    func completeness() throws {
        for name in try Self.goldenFiles() {
            #expect(Self.shapes.count { name.hasPrefix($0.files) } == 1, "\(name)")
        }
        #expect(Set(Self.shapes.map(\.schema)) == Set(DocumentSchema.documents))
    }

    @Test("reject a document in which one thing is not as it must be", arguments: shapes)
    func rejection(shape: Shape) throws {
        let documents = try shape.documents().map { try JSON(Data($0.utf8)) }
        let mutants = Mutations(documents).all
        #expect(mutants.count >= 8)
        let refusals = try SchemaCheck.refusals(of: mutants.map { try $0.document.line }, by: shape.schema.text)
        for (position, mutant) in mutants.enumerated() where refusals[position] == nil {
            Issue.record("accepted: \(mutant.change)")
        }
    }
}
