import Foundation

/// What another program says to this one.
enum StandardInput {
    /// What it says, line by line. A thread waits for that, which nothing else has to wait for.
    static var lines: AsyncStream<String> {
        AsyncStream { continuation in
            Thread.detachNewThread {
                var pending = Data()
                while case let data = FileHandle.standardInput.availableData, !data.isEmpty {
                    var lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                    let rest = lines.removeLast()
                    for line in lines {
                        continuation.yield(String(decoding: pending + line, as: UTF8.self))
                        pending = Data()
                    }
                    pending += rest
                }
                continuation.finish()
            }
        }
    }
}
