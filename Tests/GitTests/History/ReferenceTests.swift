import Git
import Testing

@Suite("Branches and tags by the names that are typed")
struct ReferenceTests {
    @Test func namesBranchesAndTagsAsTheyAreTyped() throws {
        let fixture = try Fixture()
        let id = try fixture.commit(["a": "1"])
        for arguments in [
            ["branch", "-f", "topic/one", id.description], ["tag", "v1.0.0", id.description],
            ["update-ref", "refs/remotes/origin/main", id.description],
            ["update-ref", "refs/notes/x", id.description],
        ] {
            _ = try GitCommand.run(arguments, in: fixture.path)
        }
        let names = try fixture.open().referenceNames()
        #expect(names.filter { ["topic/one", "v1.0.0", "origin/main"].contains($0) }.count == 3)
        #expect(!names.contains { $0.hasSuffix("x") })
        #expect(names == names.sorted())
    }
}
