import GoToolchain
import Testing

@Suite("go.mod files")
struct ModuleFileTests {
    @Test("What go.mod requires is read from blocks and single lines, replacements stand for it")
    func modules() {
        let text = """
            module example.com/m // the module

            go 1.21
            require example.com/a v1.0.0
            require (
            \texample.com/b v1.2.0 // indirect
            \texample.com/c v0.1.0
            )
            replace example.com/c => ./third_party/c
            replace (
            \texample.com/d v1.0.0 => example.com/e v1.1.0
            )
            """
        let file = ModuleFile(text.split(separator: "\n", omittingEmptySubsequences: false))
        #expect(
            file.versions == [
                "example.com/a": "v1.0.0", "example.com/b": "v1.2.0", "example.com/c": "./third_party/c",
                "example.com/d": "example.com/e v1.1.0",
            ])
        #expect(
            file.required == ["example.com/a": "v1.0.0", "example.com/b": "v1.2.0", "example.com/c": "v0.1.0"])
    }
}
