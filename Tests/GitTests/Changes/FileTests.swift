import Git
import Testing

@Suite("Files of a commit")
struct FileTests {
    @Test func readsFilesOfACommit() throws {
        let fixture = try Fixture()
        try fixture.commit(["a/x_test.go": "1", "a/x.go": "2", "a/sub/y_test.go": "3", "top.go": "\r\n"])
        let id = try fixture.commit(["a/x.go": "4"])
        try fixture.commit(["a/x.go": "5"])
        let repository = try fixture.open()
        #expect(try repository.file("a/x.go", at: id) == Array("4".utf8))
        #expect(try repository.file("./a//x.go", at: id) == Array("4".utf8))
        #expect(try repository.file("top.go", at: id) == Array("\r\n".utf8))
        for absent in ["a", "a/none.go", "none/x.go", "top.go/x", "", "."] {
            #expect(try repository.file(absent, at: id) == nil)
        }
        let tests = try repository.files(below: "a", at: id) { $0.hasSuffix("_test.go") }
        #expect(tests == [RepositoryFile(path: "a/x_test.go", content: Array("1".utf8))])
        #expect(try repository.files(below: "", at: id) { _ in true }.map(\.path) == ["top.go"])
        #expect(try repository.files(below: "none", at: id) { _ in true }.isEmpty)
    }
}
