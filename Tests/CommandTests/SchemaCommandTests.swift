import Foundation
import TestSupport
import Testing

@Suite("allocbisect schema")
struct SchemaCommandTests {
    @Test("lists the documents, prints the schema of each, and knows no other")
    func printing() async throws {
        let list = try await Program.run(["schema"], in: NSTemporaryDirectory())
        let names = list.output.split(separator: "\n").map(String.init)
        #expect(list.status == 0 && names == names.sorted())
        #expect(["explanation", "find", "shared"].allSatisfy(names.contains))
        let dashboard = try await Program.run(["schema", "grafana-dashboard"], in: NSTemporaryDirectory())
        #expect(try dashboard.json()["panels"] is [Any])
        for name in names where name != "grafana-dashboard" {
            let schema = try await Program.run(["schema", name], in: NSTemporaryDirectory())
            #expect(schema.status == 0)
            #expect(try schema.json()["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        }
        let unknown = try await Program.run(["schema", "none"], in: NSTemporaryDirectory())
        #expect(unknown.status == 64 && unknown.output.isEmpty && unknown.errors.contains("history"))
    }
}
