import Foundation
import TestSupport
import Testing

@testable import GoToolchain

@Suite("The go command, and which one it is")
struct ToolchainTests {
    /// The code of the error that looking a Go up ends with; nil when it is found.
    private func code(
        _ path: String?, searchPath: String = "/usr/bin:/bin"
    ) async throws -> (code: GoError.Code?, text: String) {
        do {
            _ = try await Toolchain(
                path: path, environment: ProcessEnvironment(["PATH": searchPath]), limits: Limits())
            return (nil, "")
        } catch let error as GoError {
            return (error.code, error.description)
        }
    }

    private func script(
        _ text: String, _ folder: GoModule, _ name: String = "go", start: String = "#!/bin/sh\n"
    ) throws -> String {
        let path = folder.root + "/" + name
        try folder.write(start + text + "\n", to: "tree/" + name)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    /// A version manager's script picks a Go by the folder. What it picks where the user stands is used everywhere.
    @Test(.tags(.go), arguments: GoCommands.all) func scriptOfAVersionManager(go: String) async throws {
        let folder = try GoModule(["project/.go-version": "1.99\n", "elsewhere/x": ""], hasModule: false)
        let text = "[ -n \"$GOENV_ROOT\" ] && [ -f .go-version ] && exec \(go) \"$@\"\necho no Go here >&2; exit 1"
        let path = try script(text, folder)
        let environment = ProcessEnvironment([
            "PATH": "/usr/bin:/bin", "HOME": folder.root, "GOENV_ROOT": "/x", "GOROOT": "/nowhere",
            "GOFLAGS": "-mod=mod",
        ])
        let toolchain = try await Toolchain(
            path: path, environment: environment, limits: Limits(), directory: folder.root + "/project")
        #expect(toolchain.path == (toolchain.settings["GOROOT"] ?? "") + "/bin/go")
        #expect(environment.variables["GOENV_ROOT"] == nil && environment.goVariables["GOROOT"] == nil)
        let plain = try await Toolchain(path: go, environment: environment, limits: Limits())
        #expect(toolchain.version == plain.version && toolchain.settings == plain.settings)
        await #expect(throws: GoError.self) {
            try await Toolchain(
                path: path, environment: environment, limits: Limits(), directory: folder.root + "/elsewhere")
        }
    }

    @Test(arguments: [
        (".go-version", "1.21.3\n", "go1.21.3", true), (".go-version", "go1.21\n", "go1.21.9", true),
        (".go-version", "1.21.3\n", "go1.22.0", false),
        (".tool-versions", "nodejs 20\ngolang 1.20.1\n", "go1.21.0", false),
        ("go.mod", "module m\n\ngo 1.21\n\ntoolchain go1.22.1\n", "go1.27.3", true),
        ("go.mod", "module m\n\ngo 1.21\n\ntoolchain go1.22.1 // why\n", "go1.21.3", false),
    ])
    func goThatATreeAsksFor(file: String, text: String, version: String, isMet: Bool) throws {
        let folder = try GoModule([file: text, "a/b/x.go": "package b\n"], hasModule: false)
        let requests = RequestedGo.all(of: "a/b", in: ModuleLayout(root: folder.root))
        #expect(requests.map(\.file) == [file])
        #expect(requests.map { $0.isMet(by: version) } == [isMet])
    }

    /// The `go` line of go.mod counts, and that of a go.work which has the module in use.
    @Test(
        arguments: [
            ("1.19", nil, "go1.19.8", nil), ("1.22", nil, "go1.19.8", "a/go.mod 1.22"), ("1.22", nil, "go1.22.0", nil),
            ("1.22.1", nil, "go1.22.0", "a/go.mod 1.22.1"), ("1.22", "1.25", "go1.19.8", "a/go.mod 1.22"),
            ("1.19", "1.25", "go1.21.0", "go.work 1.25"), ("1.22", "1.22", "go1.27.3", nil),
            ("1.99", nil, "devel go1.24-abc", nil),
        ] as [(String, String?, String, String?)])
    func newerGoThatAPackageAsksFor(module: String, workspace: String?, version: String, expected: String?) throws {
        var files = ["a/go.mod": "module m\n\ngo \(module)\n"]
        files["go.work"] = workspace.map { "go \($0)\n\nuse ./a\n" }
        let folder = try GoModule(files, hasModule: false)
        let wanted = RequestedGo.newer(than: version, for: "a/b", in: ModuleLayout(root: folder.root))
        #expect(wanted.map { "\($0.file) \($0.version)" } == expected)
    }

    @Test func saysWhatIsWrongWithAGo() async throws {
        let folder = try GoModule(["plain": "text", "go/file": ""], hasModule: false)
        for path in ["/nowhere/go", folder.root + "/plain", folder.root] {
            let found = try await code(path)
            #expect(found.code == .notFound && found.text.contains(path))
        }
        // A folder of that name on PATH is none.
        #expect(try await code(nil, searchPath: folder.root).code == .notFound)
        #expect(try await code("go9.99", searchPath: folder.root).text.contains("'go9.99'"))
        let failing = try await code(try script("echo out of order >&2; exit 3", folder, "failing"))
        #expect(failing.code == .cannotRun && failing.text.contains("out of order"))
        #expect(try await code(try script("echo no json", folder, "mute")).code == .cannotRun)
        let old = try await code(try script(#"echo '{"GOVERSION": "go1.18.10"}'"#, folder, "old"))
        #expect(old.code == .tooOld && old.text.contains("go1.18.10"))
        let format = try await code(try script("", folder, "format", start: ""))
        #expect(format.code == .cannotRun)
    }

    @Test(arguments: [("go1.19", 19), ("go1.27.3", 27), ("go1.21rc2", 21), ("devel go1.24-abc", .max), ("go2.0", .max)])
    func readsVersions(version: String, minor: Int) async throws {
        let folder = try GoModule([:])
        let settings =
            #"{"GOVERSION": "\#(version)", "GOOS": "linux", "GOARCH": "amd64", "GOAMD64": "v3", "GOARM": "", "CC": "gcc"}"#
        let path = try script("echo '\(settings)'", folder)
        let toolchain = try await Toolchain(
            path: path, environment: ProcessEnvironment(["PATH": "/bin", "A": "1", "B": "2"], extra: ["B", "C"]),
            limits: Limits())
        #expect(toolchain.version == version && toolchain.minorVersion == minor)
        #expect(toolchain.platform == "linux/amd64/v3")
        #expect(toolchain.influences == ["CC": "gcc", "B": "2"])
    }

    @Test(.tags(.go), arguments: GoCommands.all) func looksGoUpByName(go: String) async throws {
        let folder = (go as NSString).deletingLastPathComponent
        let environment = ProcessEnvironment(["PATH": "/nowhere:\(folder)", "HOME": NSHomeDirectory()])
        for name in [nil, "go"] {
            let toolchain = try await Toolchain(path: name, environment: environment, limits: Limits())
            // What is on PATH may be a script, a link or a version manager's; the Go that it leads to is the one.
            let named = GoCommands.minorVersion(of: go)
            #expect(toolchain.path == "\(toolchain.settings["GOROOT"] ?? "")/bin/go")
            #expect(toolchain.minorVersion == named)
        }
    }

    /// Whoever wrote a file and forked meanwhile leaves it open for writing in a child for a moment.
    @Test func waitsForAFileThatIsStillBeingWritten() async throws {
        let folder = try GoModule([:])
        let path = try script(#"echo '{"GOVERSION": "go1.27.3"}'"#, folder)
        let writer = try FileHandle(forWritingTo: URL(filePath: path))
        let closing = Task {
            try await Task.sleep(for: .milliseconds(50))
            try writer.close()
        }
        let toolchain = try await Toolchain(
            path: path, environment: ProcessEnvironment(["PATH": "/bin"]), limits: Limits())
        #expect(toolchain.version == "go1.27.3")
        try await closing.value
    }

    @Test func numbersInABoxDoNotDependOnTheUser() {
        let all = ["PATH": "/bin", "TZ": "Asia/Tokyo", "LANG": "de_DE", "USER": "ada", "XDG_CACHE_HOME": "/home/ada/c"]
        #expect(ProcessEnvironment(all).boxedVariables == ["PATH": "/bin"])
        #expect(ProcessEnvironment(all).variables == all)
        #expect(ProcessEnvironment(all, extra: ["TZ"]).boxedVariables == ["PATH": "/bin", "TZ": "Asia/Tokyo"])
    }

    @Test func knowsAnEmptyBuildCache() async throws {
        let folder = try GoModule([:])
        let cache = folder.folder.appending(path: "cache").path
        let path = try script(#"echo '{"GOVERSION": "go1.27.3", "GOCACHE": "\#(cache)"}'"#, folder)
        func startsCold() async throws -> Bool {
            try await Toolchain(path: path, environment: ProcessEnvironment(["PATH": "/bin"]), limits: Limits())
                .startsCold
        }
        #expect(try await startsCold())
        for number in 0..<99 { try folder.write("", to: "cache/\(number % 7)/\(number)") }
        #expect(try await startsCold())
        try folder.write("", to: "cache/7/99")
        #expect(try await !startsCold())
    }
}
