import Foundation

/// What the recorder says, in a file that is put aside once it is large.
struct HookLog: Sendable {
    let path: String
    /// The size at which the file is put aside, in bytes.
    private static let limit = 1 << 20

    /// Adds a line, if there is room for it: without a log, the work goes on.
    func write(_ line: String) {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        if size > HookLog.limit { rename(path, path + ".1") }
        guard let file = fopen(path, "ae") else { return }
        // What comes from a repository must neither break the line nor steer the terminal of a reader.
        let text = line.map { $0.unicodeScalars.contains(where: HookLog.steers) ? " " : $0 }
        fputs("\(Date.now.formatted(.iso8601)) [\(getpid())] \(String(text))\n", file)
        fclose(file)
    }

    /// Whether it is a control character, a direction mark or a line break of whatever kind.
    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
}
