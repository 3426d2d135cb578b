/// A profile as Go writes it: how much of something every call stack stands for.
///
/// Source of the format: https://github.com/google/pprof/blob/main/proto/README.md
///
///     let profile = try Profile(bytes, from: "heap.pprof")
///     let objects = profile.index(of: "alloc_objects")
public struct Profile: Sendable, Equatable {
    /// Where the profile is from, as messages name it.
    public let place: String
    /// What the values of every sample mean, in their order.
    public let sampleTypes: [SampleType]
    /// The samples in the order they were written. Several may have the same stack: Go keeps sizes apart.
    public let samples: [Sample]

    /// A profile whose contents are known.
    public init(from place: String, sampleTypes: [SampleType], samples: [Sample]) {
        self.place = place
        self.sampleTypes = sampleTypes
        self.samples = samples
    }

    /// The position in a sample's values of a type such as `alloc_objects`; nil when the profile has none of it.
    public func index(of type: String) -> Int? { sampleTypes.firstIndex { $0.type == type } }
}

extension Profile {
    /// One call on a stack.
    public struct Frame: Hashable, Sendable {
        /// The function as Go names it in a stack trace, with its package's path and without type arguments:
        /// `example.com/a.(*Set[...]).Add`. Empty when the profile names none.
        public let function: String
        /// The path of the source file as the compiler recorded it; empty when the profile names none.
        public let file: String
        /// The line of the call, counted from 1; 0 when the profile has none.
        public let line: Int

        /// A frame from its parts.
        public init(function: String, file: String, line: Int) {
            self.function = function
            self.file = file
            self.line = line
        }
    }
}

extension Profile {
    /// What was seen on one call stack.
    public struct Sample: Hashable, Sendable {
        /// The calls from the innermost outwards, with every inlined call as a frame of its own.
        public let stack: [Frame]
        /// One value for each of the profile's sample types, in that order and in their units. None is negative.
        public let values: [Int64]

        /// A sample from its parts.
        public init(stack: [Frame], values: [Int64]) {
            self.stack = stack
            self.values = values
        }
    }
}

extension Profile {
    /// What one of the values of every sample means.
    public struct SampleType: Hashable, Sendable {
        /// What is counted, e.g. `alloc_space`.
        public let type: String
        /// The unit it is counted in, e.g. `bytes`.
        public let unit: String

        /// A type by its two names.
        public init(type: String, unit: String) {
            self.type = type
            self.unit = unit
        }
    }
}
