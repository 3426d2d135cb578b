import Foundation

extension Probe {
    /// The files of `syscall` that note which files a process asks for (`AccessLog`); none when the toolchain's source
    /// does not match the rule, or the processor's system calls are not known by number.
    ///
    /// All of Go asks through three functions there, whatever package asks: `os` before and after `testing` has begun,
    /// as well as others that call the kernel by themselves.
    static func accessSources(of toolchain: Toolchain, sources: String) -> [String: String] {
        let calls = [
            "linux/amd64": PackageResources.allocbisect_accesses_amd64_go,
            "linux/arm64": PackageResources.allocbisect_accesses_arm64_go,
        ]
        let platform = "\(toolchain.settings["GOOS"] ?? "")/\(toolchain.settings["GOARCH"] ?? "")"
        let path = "syscall/syscall_linux.go"
        guard let calls = calls[platform],
            let source = try? String(contentsOfFile: "\(sources)/\(path)", encoding: .utf8),
            let noting = noting(source)
        else { return [:] }
        return [
            path: noting,
            "syscall/allocbisect_accesses.go": text(PackageResources.allocbisect_accesses_go),
            "syscall/allocbisect_calls.go": text(calls),
        ]
    }

    /// The source in which each way to the kernel notes what it asks; nil unless all of them are found.
    static func noting(_ source: String) -> String? {
        var source = source
        for (name, fourth, returns) in [("RawSyscall", "0", false), ("Syscall", "0", true), ("Syscall6", "a4", true)] {
            guard let head = source.firstRange(of: "func \(name)(trap, a1, a2, a3"),
                let start = source[head.upperBound...].firstRange(of: "{\n")?.upperBound,
                let end = source[start...].firstRange(of: "\n}\n")?.lowerBound
            else { return nil }
            var body = "\tallocbisectNote(trap, a1, a2, a3, \(fourth))\n" + source[start..<end]
            if returns {
                guard body.hasSuffix("\treturn") else { return nil }
                body = body.dropLast(6) + "allocbisectWent(trap, err)\n\treturn"
            }
            source.replaceSubrange(start..<end, with: body)
        }
        return source
    }
}
