import Pprof

/// Stacks and attributions as short as tests write them.
enum Stacks {
    /// A frame of `m.F /r/m.go:7`.
    static func frame(_ text: String) -> Profile.Frame {
        let parts = text.split(separator: " ").map(String.init)
        let position = parts[1].split(separator: ":").map(String.init)
        return Profile.Frame(function: parts[0], file: position[0], line: Int(position[1]) ?? 0)
    }

    /// A stack from the innermost call outwards.
    static func stack(_ frames: String...) -> [Profile.Frame] { frames.map(frame) }

    /// That many objects of 8 bytes.
    static func cost(_ objects: Double) -> Cost { Cost(objects: objects, bytes: 8 * objects) }

    /// The path of a frame below `/r`.
    static func path(_ frame: Profile.Frame) -> String? {
        frame.file.hasPrefix("/r/") ? String(frame.file.dropFirst(3)) : nil
    }

    /// A heap profile whose objects have 8 bytes; every second of them is still in use.
    static func profile(_ objects: [(stack: [Profile.Frame], count: Int64)], from place: String = "heap") -> Profile {
        let types = ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"]
        return Profile(
            from: place, sampleTypes: types.map { Profile.SampleType(type: $0, unit: "") },
            samples: objects.map {
                Profile.Sample(stack: $0.stack, values: [$0.count, 8 * $0.count, $0.count / 2, 4 * $0.count])
            })
    }

    /// An attribution of sites without functions.
    static func attribution(_ sites: [Site: Double]) -> Attribution {
        Attribution(sites: sites.mapValues(cost), functions: [], unattributed: .zero)
    }
}
