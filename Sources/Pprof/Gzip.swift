import Inflate

/// Unpacking what gzip packed, as RFC 1952 describes it.
enum Gzip {
    /// Whether bytes begin as gzip does. No protobuf message begins this way: wire type 7 does not exist.
    static func packed(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1f, 0x8b]) }

    /// The contents of all members, one after another.
    ///
    /// - Parameters:
    ///   - limit: The most bytes that are handed out.
    ///   - place: Where the bytes are from, for the message.
    /// - Throws: ``ProfileError`` when the bytes end too early, are damaged, or unpack to more than `limit`.
    static func unpack(_ bytes: [UInt8], limit: Int, from place: String) throws(ProfileError) -> [UInt8] {
        guard var stream = InflateStream(.gzip) else { throw .library(place, "insufficient memory") }
        var unpacked: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var position = 0
        while true {
            let (step, read, written) = bytes.withUnsafeBufferPointer { input in
                chunk.withUnsafeMutableBufferPointer { output in
                    stream.step(UnsafeBufferPointer(rebasing: input[position...]), into: output)
                }
            }
            position += read
            guard unpacked.count + written <= limit else { throw .tooLarge(place, "\(limit >> 20) MiB") }
            unpacked += chunk[..<written]
            switch step {
            case .going: break
            case .ended:
                if position == bytes.count { return unpacked }
                guard stream.reset() else { throw .library(place, "the stream cannot be reset") }
            case .stuck: throw .truncated(place)
            case .damaged(let text): throw .damaged(place, "zlib says “\(text)”")
            case .failed(let text): throw .library(place, text)
            }
        }
    }
}
