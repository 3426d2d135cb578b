/// The tables that samples refer to, and the refusal of every reference that leads nowhere.
struct ProfileTables {
    /// The most frames that all stacks of a profile may have together: a small file can ask for any number of them.
    static let frameLimit = 1 << 24

    private let place: String
    private let strings: [String]
    private var functions: [UInt64: (name: String, file: String)] = [:]
    private var locations: [UInt64: [Profile.Frame]] = [:]
    private var frameCount = 0

    init(_ message: Perftools_Profiles_Profile, from place: String) throws(ProfileError) {
        self.place = place
        strings = message.stringTable.map { String(decoding: $0, as: UTF8.self) }
        guard strings.first == "" else { throw .damaged(place, "its string table doesn't begin with an empty string") }
        functions.reserveCapacity(message.function.count)
        for function in message.function {
            guard function.id != 0 else { throw .damaged(place, "a function has no id") }
            let (name, file) = (try string(function.name), try string(function.filename))
            let known = functions.updateValue((GoName.withoutTypeArguments(name), file), forKey: function.id)
            guard known == nil else { throw .damaged(place, "two functions have the same id") }
        }
        locations.reserveCapacity(message.location.count)
        for location in message.location {
            guard location.id != 0 else { throw .damaged(place, "a location has no id") }
            let known = locations.updateValue(try frames(of: location), forKey: location.id)
            guard known == nil else { throw .damaged(place, "two locations have the same id") }
        }
    }

    func sampleType(_ type: Perftools_Profiles_ValueType) throws(ProfileError) -> Profile.SampleType {
        Profile.SampleType(type: try string(type.type), unit: try string(type.unit))
    }

    /// A sample that has as many values as the profile has sample types.
    mutating func sample(
        _ sample: Perftools_Profiles_Sample, values count: Int
    ) throws(ProfileError) -> Profile.Sample {
        guard sample.value.count == count else {
            throw .damaged(place, "a sample has \(sample.value.count) values where \(count) are announced")
        }
        var stack: [Profile.Frame] = []
        stack.reserveCapacity(sample.locationID.count)
        for id in sample.locationID {
            guard let frames = locations[id] else { throw .damaged(place, "a sample refers to no location") }
            frameCount += frames.count
            guard frameCount <= ProfileTables.frameLimit else {
                throw .tooLarge(place, "\(ProfileTables.frameLimit) calls")
            }
            stack += frames
        }
        return Profile.Sample(stack: stack, values: sample.value)
    }

    private func frames(of location: Perftools_Profiles_Location) throws(ProfileError) -> [Profile.Frame] {
        guard !location.line.isEmpty else { return [Profile.Frame(function: "", file: "", line: 0)] }
        var frames: [Profile.Frame] = []
        frames.reserveCapacity(location.line.count)
        for line in location.line {
            guard let function = line.functionID == 0 ? ("", "") : functions[line.functionID] else {
                throw .damaged(place, "a location refers to no function")
            }
            guard line.line >= 0 else { throw .damaged(place, "a location has a negative line") }
            frames.append(Profile.Frame(function: function.0, file: function.1, line: Int(line.line)))
        }
        return frames
    }

    private func string(_ position: Int64) throws(ProfileError) -> String {
        guard position >= 0, position < strings.count else {
            throw .damaged(place, "it refers to a string it doesn't have")
        }
        return strings[Int(position)]
    }
}
