/// A pointer that Git LFS stores instead of a file's content.
struct LargeFile {
    /// The SHA-256 of the content, in hexadecimal digits.
    let digits: String
    /// The size of the content in bytes.
    let size: Int

    /// Reads a pointer; `nil` for what is none, which is then the content itself.
    init?(pointer: [UInt8]) {
        guard pointer.count < 1_024 else { return nil }
        let lines = String(decoding: pointer, as: UTF8.self).split(separator: "\n")
        guard let first = lines.first, LargeFile.versions.contains(String(first)) else { return nil }
        var values: [Substring: Substring] = [:]
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 1)
            if words.count == 2 { values[words[0]] = words[1] }
        }
        guard let id = values["oid"], id.hasPrefix("sha256:"), let size = values["size"].flatMap({ Int($0) }) else {
            return nil
        }
        digits = String(id.dropFirst("sha256:".count))
        guard digits.utf8.count == 64, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        self.size = size
    }

    private static let versions = [
        "version https://git-lfs.github.com/spec/v1", "version https://hawser.github.com/spec/v1",
        "version http://git-media.io/v/2",
    ]

    /// The content, where it is at hand.
    ///
    /// - Parameter directory: The folder that contents are in.
    func content(in directory: String) -> [UInt8]? {
        let content = FileSystem.read("\(directory)/\(digits.prefix(2))/\(digits.dropFirst(2).prefix(2))/\(digits)")
        return content?.count == size ? content : nil
    }
}
