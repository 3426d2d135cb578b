public import Benchmarks
import Measuring

/// Why a series has another value at one commit than at another: evidence from profiles, the compiler and the diff.
///
/// It is kept in the results cache in this shape; a change of its shape is a new `Explanation.version`.
public struct Explanation: Codable, Sendable, Hashable {
    /// What sort of change it is.
    public var kind: Kind
    /// How the kind was determined, as a sentence.
    public var reason: String
    /// The part of the measured difference that the lines below account for, 1 for all of it; nil when nothing that
    /// is attributed belongs to the metric.
    public var share: Double?
    /// Where allocations changed, by line.
    public var sites: [SiteChange] = []
    /// Where allocations changed, by function.
    public var functions: [FunctionChange] = []
    /// Where what stays reachable was allocated, by line; only for the growth of the heap.
    public var retained: [SiteChange] = []
    /// The goroutines that stay; only for the growth of their number.
    public var goroutines: [GoroutineChange] = []
    /// Where more or fewer instructions are executed, the largest difference first; only for their number.
    public var instructions: [InstructionChange] = []
    /// What a sanitizer reports at the later commit only.
    public var reports: [SanitizerReport] = []
    /// What the compiler says differently of the heap.
    public var escapes: [Escape] = []
    /// The hunks of the change, those that touch these lines and functions first.
    public var hunks: [ExplainedHunk] = []
    /// Allocations per iteration at growing iteration counts; only when they grow with `b.N`.
    public var scaling: [ScalingPoint] = []
    /// The modules whose versions changed.
    public var modules: [ModuleChange] = []
    /// The values at the parents of a merge.
    public var parents: [ParentValue] = []
    /// Where the heap profiles of both commits are kept; nil where none were.
    public var profiles: Profiles?
    /// The kept CPU profiles; nil unless they were asked for.
    public var cpuProfiles: Profiles?
    /// The result of taking the change back on the bad end; nil when that was not asked for.
    public var proof: Proof?
    /// What the reader should know about the evidence.
    public var warnings: [String] = []

    /// The version of what is stored, which a change of this shape raises: older ones are made again.
    static let version = 7

    /// The kinds of cause; the raw values are those of the JSON document.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        /// The product's own code.
        case code
        /// The benchmark itself, with what it calls in test files.
        case benchmark
        /// A module that the code depends on.
        case dependency
        /// The go, toolchain or godebug lines of go.mod.
        case toolchain
        /// Files that are only read.
        case testdata
        /// It cannot be determined.
        case unknown
    }

    /// A number at both commits.
    public struct Change: Codable, Sendable, Hashable {
        /// At the earlier commit.
        public var before: Double
        /// At the later one.
        public var after: Double
        /// How much more there is at the later commit.
        public var difference: Double { after - before }
    }

    /// What one line costs an iteration at both commits.
    public struct SiteChange: Codable, Sendable, Hashable {
        /// The function, as Go names it.
        public var function: String
        /// The file, relative to the repository's root.
        public var file: String
        /// The line at the later commit; at the earlier one when it is gone.
        public var line: Int
        /// What the line pays for: a function outside of the repository, or a form of the language such as `append`.
        public var callee: String?
        /// The objects that the line allocates, or holds, an iteration.
        public var allocsPerOp: Change
        /// The bytes that these objects take an iteration.
        public var bytesPerOp: Change
        /// The package-level variable that the objects hang from, where that can be determined.
        public var heldBy: String?
    }

    /// What one function costs an iteration, in objects.
    public struct FunctionChange: Codable, Sendable, Hashable {
        public var function: String
        public var file: String
        /// By its own lines.
        public var flat: Change
        /// With all that it calls.
        public var cumulative: Change
    }

    /// The instructions of an iteration on one line of the repository, or in one function outside of it.
    public struct InstructionChange: Codable, Sendable, Hashable {
        /// The function, as Go names it.
        public var function: String
        /// The file, relative to the repository's root; nil for a function outside of it.
        public var file: String?
        /// The line at the later commit, or at the earlier one when it is gone; nil for a function outside.
        public var line: Int?
        /// The instructions that the line executes an iteration.
        public var perOp: Change
    }

    /// Goroutines with one stack that stay.
    public struct GoroutineChange: Codable, Sendable, Hashable {
        /// How many more an iteration leaves at the later commit.
        public var perOp: Double
        /// What they wait for, as Go puts it.
        public var state: String
        /// Whether Go can tell that they will wait forever.
        public var isLeaked: Bool
        public var function: String
        /// The innermost place inside the repository, or else the innermost one.
        public var file: String
        public var line: Int
        /// Where they were started.
        public var createdBy: Place?
    }

    /// Whether all lines that make the difference are in test files.
    func isOfTests(_ metric: Metric, sign: FloatingPointSign) -> Bool {
        let files: [String]
        if metric == .goroutines {
            files = goroutines.filter { ($0.perOp < 0) == (sign == .minus) }.map { $0.createdBy?.file ?? $0.file }
        } else {
            let sites = (metric.isRetained ? retained : self.sites).filter {
                let difference = (metric.isInBytes ? $0.bytesPerOp : $0.allocsPerOp).difference
                return difference != 0 && difference.sign == sign
            }
            files = sites.map(\.file)
        }
        return !files.isEmpty && files.allSatisfy(\.isTest)
    }

    /// A place in the code.
    public struct Place: Codable, Sendable, Hashable {
        public var function: String
        public var file: String
        public var line: Int
    }

    /// Something that the compiler says of one commit only.
    public struct Escape: Codable, Sendable, Hashable {
        public var file: String
        public var line: Int
        /// Which commit it applies to: `added` for the later one, `removed` for the earlier one.
        public var change: String
        public var text: String
    }

    /// Allocations per iteration at one iteration count.
    public struct ScalingPoint: Codable, Sendable, Hashable {
        public var n: Int
        public var value: Double
    }

    /// A module's version at both commits; nil where it is not required.
    public struct ModuleChange: Codable, Sendable, Hashable {
        public var path: String
        public var before: String?
        public var after: String?
    }

    /// The value at one parent of a merge.
    public struct ParentValue: Codable, Sendable, Hashable {
        public var commit: String
        public var value: Double?
        /// Whether the merge has the same value.
        public var agrees: Bool
    }

    /// The kept profiles of both commits.
    public struct Profiles: Codable, Sendable, Hashable {
        /// The absolute paths of the profiles, in the format of pprof.
        public var before, after: String
        /// The command that opens their difference with `go tool pprof`, from any directory.
        public var command: String
        /// The command of this program that does the same, and is shorter; nil where there is none.
        public var opening: String?

        /// What is kept of them, and what documents have.
        enum CodingKeys: CodingKey { case before, after, command }
    }

    /// The result of taking the change back on the bad end.
    public enum Proof: Codable, Sendable, Hashable {
        /// The value of the bad end, and its value without the change; and the test files that had to be left out, since
        /// they do not build without it.
        case reverted(with: Double, without: Double, leavingOut: [String])
        /// Why it could not be tried.
        case notPossible(String)
    }
}

/// A hunk of the change, with what its lines cost.
public struct ExplainedHunk: Codable, Sendable, Hashable {
    /// The file, relative to the repository's root, at the later commit; at the earlier one when it is gone.
    public var file: String
    /// The function that the line is in which costs most, or else the first changed one; nil outside of functions.
    public var function: String?
    /// The lines in order.
    public var lines: [Line]

    /// A line of a hunk.
    public struct Line: Codable, Sendable, Hashable {
        /// A blank, `+` or `-`.
        public var mark: String
        /// Its number at the later commit, or at the earlier one when it was removed.
        public var number: Int
        public var text: String
        /// Objects an iteration that the line allocates on its side of the change; nil for none.
        public var allocsPerOp: Double?
    }
}

extension ExplainedHunk {
    /// The hunk with lines that cost nothing, where what they cost was counted in something else than objects.
    var withoutCosts: ExplainedHunk {
        var hunk = self
        for index in hunk.lines.indices { hunk.lines[index].allocsPerOp = nil }
        return hunk
    }
}
