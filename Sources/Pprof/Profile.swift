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
