import Benchmarks
import Git
import GoToolchain

/// The options of a measurement that decide its numbers, as they are sent to another machine.
///
/// What is a machine's own is left out: where its Go is, its results cache, how many commits it measures at once.
package struct PortableOptions: Codable, Hashable, Sendable {
    private let iterations: Int?
    private let isTimed: Bool
    private let countsInstructions: Bool
    private let cpu: Int
    private let tags: String
    private let gcflags: String
    private let sanitizer: String?
    private let sanitizesBeside: Bool
    private let seconds: Double
    private let memory: UInt64?
    private let environmentNames: [String]
    private let hasBox: Bool
    private let hasNetwork: Bool
    private let pinnedTests: String?
    private let testArguments: [String]
    private let beforeBuild: String?
    private let patch: [UInt8]?

    /// The options of a measurer.
    init(_ options: MeasuringOptions, hasBox: Bool, pinnedTests: ObjectID?) {
        iterations = options.iterations
        isTimed = options.isTimed
        countsInstructions = options.countsInstructions
        cpu = options.cpu
        tags = options.tags
        gcflags = options.gcflags
        sanitizer = options.sanitizer?.rawValue
        sanitizesBeside = options.sanitizesBeside
        seconds = options.limits.time.seconds
        memory = options.limits.memory
        environmentNames = options.environmentNames
        self.hasBox = hasBox
        hasNetwork = options.hasNetwork
        self.pinnedTests = pinnedTests?.description
        testArguments = options.testArguments
        beforeBuild = options.beforeBuild
        patch = options.patch?.text
    }

    /// Sets what they say.
    ///
    /// - Throws: `GitError` when the patch is none.
    package func apply(to options: inout MeasuringOptions) throws {
        options.iterations = iterations
        options.isTimed = isTimed
        options.countsInstructions = countsInstructions
        options.cpu = cpu
        options.tags = tags
        options.gcflags = gcflags
        options.sanitizer = sanitizer.flatMap(Sanitizer.init)
        options.sanitizesBeside = sanitizesBeside
        options.limits = Limits(time: .seconds(seconds), memory: memory)
        options.environmentNames = environmentNames
        if !hasBox { options.sandbox = .off }
        options.hasNetwork = hasNetwork
        options.testsFrom = pinnedTests
        options.testArguments = testArguments
        options.beforeBuild = beforeBuild
        options.patch = try patch.map { bytes throws(GitError) in try Patch(name: "the patch", text: bytes) }
    }
}
