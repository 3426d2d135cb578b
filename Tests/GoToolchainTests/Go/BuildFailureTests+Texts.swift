import Benchmarks
import TestSupport
import Testing

@testable import GoToolchain

extension BuildFailureTests {
    /// What Go 1.19 and 1.27 say, whoever was asked and whatever came back.
    @Test(
        "An unavailable module is not the commit's fault",
        arguments: [
            "m.go:3:8: example.com/far@v1.0.0: reading http://127.0.0.1/example.com/far/@v/v1.0.0.zip: 403 Forbidden",
            "m.go:3:8: example.com/far@v1.0.0: reading http://127.0.0.1/example.com/far/@v/v1.0.0.zip: 429 Too Many Requests",
            "m.go:3:8: example.com/far@v1.0.0: reading https://127.0.0.1/x.zip: 500 Internal Server Error",
            "# m\nm.go:3:8: example.com/far@v1.0.0: reading file:///nowhere/x.zip: no such file or directory",
            "m.go:3:8: example.com/far@v1.0.0: Get \"https://127.0.0.1/x.zip\": tls: first record does not look like a TLS handshake",
            "m.go:3:8: unrecognized import path \"example.com/far\": https fetch: Get \"https://example.com/far?go-get=1\": EOF",
            "verifying example.com/far@v1.0.0/go.mod: checksum mismatch\n\tdownloaded: h1:cOnOXFn6iLv7SFmNdfD+CFSOFMpi29i9=",
            "go: example.com/near@v1.8.2 requires\n\texample.com/far@v3.0.1: reading file:///nowhere/v3.0.1.mod: no such file",
        ])
    func modulesThatCannotBeHad(text: String) {
        #expect(Toolchain.buildFailure(text).reason == .missingDependency)
    }

    @Test(
        "What a commit lacks in its own files is its fault",
        arguments: [
            "go: updates to go.mod needed; to update it:\n\tgo mod tidy",
            "m.go:3:8: no required module provides package example.com/far; to add it:\n\tgo get example.com/far",
            "m.go:3:8: missing go.sum entry for module providing package example.com/far (imported by m); to add:",
            "./m.go:3:5: undefined: reading",
        ])
    func whatACommitLacks(text: String) {
        #expect(Toolchain.buildFailure(text).reason == .build)
        #expect(MachineFault(ofBuild: .exited(1), saying: text) == nil)
    }

    @Test func reasonsAtTheEndOfChainsAreInTheFirstLine() {
        let modules = "go: a@v1 requires\n\tb@v2 requires\n\tc@v3: reading file:///c: no such file or directory\nmore"
        let whole = "go: a@v1 requires b@v2 requires c@v3: reading file:///c: no such file or directory\nmore"
        #expect(Toolchain.buildFailure(modules).message == whole)
        let packages = "package a\n\timports b\n\timports a: import cycle not allowed"
        #expect(Toolchain.buildFailure(packages).message == "package a imports b imports a: import cycle not allowed")
    }
}
