private import CZlib

/// The one owner of a zlib stream that unpacks.
public struct InflateStream: ~Copyable {
    /// What lies around the packed bytes.
    public enum Wrapping: Sendable {
        /// The header and the checksum of gzip, as RFC 1952 describes them.
        case gzip
        /// Those of zlib, as RFC 1950 describes them.
        case zlib
    }

    /// What one step came to.
    public enum Step: Equatable, Sendable {
        /// The member goes on: there is more to read or to write.
        case going
        /// A member is complete, and its checksum is right.
        case ended
        /// There was nothing to read, or nothing to write.
        case stuck
        /// The bytes are not what zlib writes.
        case damaged(String)
        /// zlib failed by itself.
        case failed(String)
    }

    // zlib remembers the address of a stream, and refuses one that was moved.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Starts before the first byte of a member; nil when zlib has no memory left.
    public init?(_ wrapping: Wrapping) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // zlib takes 16 more than the size of its window for gzip.
        let window: Int32 = wrapping == .gzip ? 15 + 16 : 15
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(stream, window, ZLIB_VERSION, size) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Reads on at the start of another member.
    public mutating func reset() -> Bool { inflateReset(stream) == Z_OK }

    /// Unpacks from the front of `input` to the front of `output`, as much as fits.
    ///
    /// - Returns: How it ended, and the number of bytes read and written.
    public mutating func step(
        _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> (step: Step, read: Int, written: Int) {
        let available = (input: UInt32(clamping: input.count), output: UInt32(clamping: output.count))
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = available.input
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = available.output
        let step = InflateStream.step(inflate(stream, Z_NO_FLUSH), stream.pointee.msg)
        let read = Int(available.input - stream.pointee.avail_in)
        return (step, read, Int(available.output - stream.pointee.avail_out))
    }

    private static func step(_ status: Int32, _ message: UnsafeMutablePointer<CChar>?) -> Step {
        let text = message.map { String(cString: $0) } ?? "status \(status)"
        return switch status {
        case Z_OK: .going
        case Z_STREAM_END: .ended
        case Z_BUF_ERROR: .stuck
        case Z_DATA_ERROR, Z_NEED_DICT: .damaged(text)
        default: .failed(text)
        }
    }
}
