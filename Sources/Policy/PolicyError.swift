/// Why a policy cannot be used, and where in its file.
public struct PolicyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, as it is named to the user.
    public let file: String
    /// The line and the column, from 1 on; nil when the file as a whole is meant.
    public let line, column: Int?
    /// What is wrong and what to write instead: whole sentences.
    public let message: String

    init(file: String, line: Int? = nil, column: Int? = nil, _ message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    public var description: String {
        ([file] + [line, column].compactMap { $0 }.map(String.init)).joined(separator: ":") + ": " + message
    }
}
