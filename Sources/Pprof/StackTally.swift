/// Adds profiles up by stack.
struct StackTally {
    private(set) var sums: [[Profile.Frame]: Cost] = [:]
    private let kind: StackCosts.Kind

    init(_ kind: StackCosts.Kind) { self.kind = kind }

    /// Adds the values of a profile, or takes them away.
    mutating func count(_ profile: Profile, _ combine: (inout Cost, Cost) -> Void) throws(ProfileError) {
        let (objects, bytes) = (try index(of: kind.objects, in: profile), try index(of: kind.bytes, in: profile))
        for sample in profile.samples {
            let cost = Cost(objects: Double(sample.values[objects]), bytes: Double(sample.values[bytes]))
            // Go lists stacks whose allocations it hasn't published yet, without any values.
            guard cost != .zero else { continue }
            combine(&sums[sample.stack, default: .zero], cost)
        }
    }

    private func index(of type: String, in profile: Profile) throws(ProfileError) -> Int {
        if let index = profile.index(of: type) { return index }
        let types = profile.sampleTypes.map { "“\($0.type)”" }.joined(separator: ", ")
        throw ProfileError(
            .missingSampleType, operation: "reading “\(type)” from the profile \(profile.place)",
            message: "\(profile.place) has no values of the type “\(type)”, but of \(types). Name a heap profile, "
                + "as Go's -test.memprofile writes it.")
    }
}
