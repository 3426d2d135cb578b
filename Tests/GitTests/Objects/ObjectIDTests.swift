import Foundation
import Git
import Testing

@Suite("Ids of objects")
struct ObjectIDTests {
    let hex = "0123456789abcdef0123456789abcdef01234567"

    @Test func readsAndWritesHexadecimalDigits() throws {
        let id = try #require(ObjectID(hex))
        #expect(id.description == hex)
        #expect(id.short == "0123456789")
        #expect(ObjectID(hex.uppercased()) == id)
    }

    @Test(arguments: ["", "0123", "g" + String(repeating: "1", count: 39), String(repeating: "1", count: 41)])
    func refusesAnythingElse(text: String) {
        #expect(ObjectID(text) == nil)
    }

    @Test func isOrderedAsItIsSpelled() throws {
        var spellings = ["ff", "00", "7f", "80"].map { $0 + hex.dropFirst(2) }
        spellings += ["ff", "00"].map { hex.prefix(20) + $0 + hex.dropFirst(22) }
        spellings += ["ff", "00"].map { hex.prefix(38) + $0 }
        let ids = try spellings.map { try #require(ObjectID($0)) }
        #expect(ids.sorted().map(\.description) == spellings.sorted())
    }

    @Test func isCodedAsAString() throws {
        let ids = try [#require(ObjectID(hex))]
        let data = try JSONEncoder().encode(ids)
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(hex)\"]")
        #expect(try JSONDecoder().decode([ObjectID].self, from: data) == ids)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([ObjectID].self, from: Data("[\"12\"]".utf8)) }
    }
}
