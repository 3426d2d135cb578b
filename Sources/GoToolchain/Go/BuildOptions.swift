public import Benchmarks

/// What a test binary is built with.
public struct BuildOptions: Sendable, Hashable {
    /// As given to `-tags`; empty for none.
    public var tags: String
    /// As given to `-gcflags`; empty for none.
    public var gcflags: String
    /// What is built in to look for faults; nil for nothing.
    public var sanitizer: Sanitizer?
    /// The file for `-overlay`; nil for none.
    public var overlay: String?
    /// What the overlay has besides where the binary runs benchmarks alone (`Probe.idle`); nil for nothing.
    public var idle: String?
    /// Whether the binary keeps its symbols, which tell the variables of a heap dump.
    public var keepsSymbols: Bool
    /// Whether the binary keeps what debuggers read, which tells the lines of its instructions.
    public var keepsDebugInformation = false
    /// The runtime to link in the place of Go's own; nil for that.
    public var runtime: NoTinyAllocatorRuntime?
    /// What it is to run. Where that is benchmarks alone, tests need not be compiled.
    public var kinds = Set(FunctionKind.allCases)
    /// A folder for Go's temporary files, so that none stays behind after a kill; nil for the usual one.
    public var temporaryDirectory: String?

    /// Options, none set unless named.
    public init(
        tags: String = "", gcflags: String = "", sanitizer: Sanitizer? = nil, overlay: String? = nil,
        idle: String? = nil, kinds: Set<FunctionKind> = Set(FunctionKind.allCases), keepsSymbols: Bool = false,
        temporaryDirectory: String? = nil
    ) {
        self.tags = tags
        self.gcflags = gcflags
        self.sanitizer = sanitizer
        self.overlay = overlay
        self.idle = idle
        self.kinds = kinds
        self.keepsSymbols = keepsSymbols
        self.temporaryDirectory = temporaryDirectory
    }

    /// Whether what debuggers read is needed.
    var needsDebugInformation: Bool { keepsDebugInformation || sanitizer?.readsDebugInformation == true }

    /// The flags that `go list` and `go test` share.
    var flags: [String] {
        var flags: [String] = []
        if !tags.isEmpty { flags.append("-tags=\(tags)") }
        flags += sanitizer?.flags ?? []
        if let overlay { flags.append("-overlay=\(overlay)") }
        return flags
    }
}
