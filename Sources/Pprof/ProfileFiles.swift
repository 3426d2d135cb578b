private import SwiftProtobuf

import struct Foundation.Data

/// A profile's bytes, of which only the names of source files are looked at.
public struct ProfileFiles {
    private var message: Perftools_Profiles_Profile

    /// Reads a profile, packed with gzip or not packed.
    ///
    /// - Parameter place: Where the bytes are from, for messages.
    /// - Throws: ``ProfileError`` as for reading a ``Profile``.
    public init(_ bytes: [UInt8], from place: String) throws(ProfileError) {
        message = try Profile.message(Profile.unpacked(bytes, from: place), from: place)
    }

    /// The files, as the compiler recorded them or as they were named since, each once.
    public var names: Set<String> { Set(message.function.map { name($0.filename) }) }

    /// Gives files other names.
    ///
    /// - Parameter name: A file's new name; nil for one that keeps its own.
    public mutating func rename(_ name: (String) -> String?) {
        var positions: [Int64: Int64] = [:]
        for index in message.function.indices {
            let old = message.function[index].filename
            if positions[old] == nil {
                positions[old] = old
                if let new = name(self.name(old)) {
                    positions[old] = Int64(message.stringTable.count)
                    message.stringTable.append(Data(new.utf8))
                }
            }
            message.function[index].filename = positions[old] ?? old
        }
    }

    /// The profile, not packed; all but the names of files is as it was.
    public var bytes: [UInt8] {
        get throws { try message.serializedBytes() }
    }

    private func name(_ position: Int64) -> String {
        let strings = message.stringTable
        return strings.indices.contains(Int(position)) ? String(decoding: strings[Int(position)], as: UTF8.self) : ""
    }
}
