private import SwiftProtobuf

extension Profile {
    /// The most bytes that a profile may unpack to. A hundred thousand stacks of forty calls take about 10 MiB.
    static let byteLimit = 1 << 28

    /// Reads a profile, packed with gzip as Go writes it or not packed.
    ///
    /// - Parameters:
    ///   - bytes: The contents of the file.
    ///   - place: Where they are from, for messages: a path, or “the profile of BenchmarkX”.
    ///   - isDifference: Whether it is what one profile has more than another, and so may hold negative values.
    /// - Throws: ``ProfileError`` when the bytes end too early, are not a profile, refer to what is not in them, or
    ///   unpack to more than 256 MiB.
    public init(_ bytes: [UInt8], from place: String, isDifference: Bool = false) throws(ProfileError) {
        let message = try Profile.message(Profile.unpacked(bytes, from: place), from: place)
        var tables = try ProfileTables(message, from: place)
        guard !message.sampleType.isEmpty else { throw .damaged(place, "it doesn't say what its samples mean") }
        var types: [SampleType] = []
        for type in message.sampleType { types.append(try tables.sampleType(type)) }
        var samples: [Sample] = []
        samples.reserveCapacity(message.sample.count)
        for sample in message.sample {
            guard isDifference || sample.value.allSatisfy({ $0 >= 0 }) else {
                throw .damaged(place, "a sample has a negative value")
            }
            samples.append(try tables.sample(sample, values: types.count))
        }
        self.init(from: place, sampleTypes: types, samples: samples)
    }

    /// The bytes of a profile's message.
    static func unpacked(_ bytes: [UInt8], from place: String) throws(ProfileError) -> [UInt8] {
        guard !bytes.isEmpty else { throw .truncated(place) }
        let unpacked = Gzip.packed(bytes) ? try Gzip.unpack(bytes, limit: byteLimit, from: place) : bytes
        guard unpacked.count <= byteLimit else { throw .tooLarge(place, "\(byteLimit >> 20) MiB") }
        guard !isText(unpacked) else { throw .damaged(place, "it is text, as Go writes it with debug=1") }
        return unpacked
    }

    /// Whether bytes begin as no profile does: its first fields have small numbers, which are control characters.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        !bytes.isEmpty && bytes.prefix(16).allSatisfy { 0x20...0x7e ~= $0 }
    }

    static func message(
        _ bytes: [UInt8], from place: String
    ) throws(ProfileError) -> Perftools_Profiles_Profile {
        var options = BinaryDecodingOptions()
        options.discardUnknownFields = true
        do {
            return try Perftools_Profiles_Profile(serializedBytes: bytes, options: options)
        } catch BinaryDecodingError.truncated {
            throw .truncated(place)
        } catch {
            throw .damaged(place, "it is neither gzip nor protobuf, or it is cut short")
        }
    }
}
