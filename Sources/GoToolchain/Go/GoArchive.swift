import Foundation

/// A compiled package as the linker reads it.
struct GoArchive {
    private(set) var bytes: [UInt8]
    private let start: Int

    /// Reads an archive; nil when it has no object of the linker's format.
    init?(_ path: String) {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        // A zero byte, "go1", two digits, "ld": the head of the package's own object, the archive's first.
        var position = data.startIndex
        while let found = data[position...].firstRange(of: Data([0] + Array("go1".utf8)))?.lowerBound {
            let end = found + 8
            if end + 8 <= data.endIndex, data[(end - 2)..<end].elementsEqual("ld".utf8) {
                bytes = [UInt8](data)
                start = end
                return
            }
            position = found + 1
        }
        return nil
    }

    /// The eight bytes by which the linker tells whether packages were compiled against this one.
    var mark: [UInt8] {
        get { Array(bytes[start..<start + 8]) }
        set { bytes.replaceSubrange(start..<start + 8, with: newValue) }
    }
}
