/// A checker that Go's compiler can build into a test binary. What it finds wrong counts as `reports`.
public enum Sanitizer: String, Sendable, Hashable, CaseIterable {
    /// Two goroutines use the same memory at once, and one of them writes.
    case race
    /// Memory is used that was never allocated, or no longer is: by C code and by unsafe pointers.
    case address
    /// Memory is read before it is written; takes Clang.
    case memory
    /// An unsafe pointer is converted or moved against the rules.
    case checkptr

    /// The flags that everything is built and listed with.
    var flags: [String] {
        switch self {
        case .race: ["-race"]
        case .address: ["-asan"]
        case .memory: ["-msan"]
        case .checkptr: []
        }
    }

    /// The compiler's flag for all packages; nil for none.
    var compilerFlag: String? { self == .checkptr ? "-d=checkptr" : nil }

    /// Whether it tells functions and lines by what the linker and the compiler leave out otherwise.
    var readsDebugInformation: Bool { self == .address || self == .memory }

    /// What a process is started with, so that it goes on after a report where it can.
    var variables: [String: String] {
        switch self {
        // Without a word, each process sleeps for a second at its end, to see what else goes on.
        case .race: ["GORACE": "halt_on_error=0 atexit_sleep_ms=50"]
        // Go's own memory is never freed, and the box keeps the leak checker from looking.
        case .address: ["ASAN_OPTIONS": "detect_leaks=0"]
        case .memory, .checkptr: [:]
        }
    }
}

extension Toolchain {
    /// Why nothing can be built with a sanitizer here: no C compiler, no support for the platform; nil when it can.
    ///
    /// Only packages of Go's own are built for it, so that no commit has to do with the answer.
    ///
    /// - Throws: When Go cannot be started, or on cancellation.
    public func refusal(of sanitizer: Sanitizer) async throws -> String? {
        guard !sanitizer.flags.isEmpty else { return nil }
        let outcome = try await ChildProcess(
            executable: path, arguments: ["build"] + sanitizer.flags + ["-o", "/dev/null", "runtime/cgo"],
            directory: "/", environment: environment.goVariables.merging(["GOFLAGS": "", "GOWORK": "off"]) { $1 },
            limits: Limits(time: limits.time)
        ).run()
        if case .exited(0) = outcome.ending { return nil }
        return outcome.errorText.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("# ") }.prefix(2)
            .joined(separator: "; ")
    }
}
