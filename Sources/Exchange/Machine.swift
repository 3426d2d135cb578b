import class Foundation.ProcessInfo

/// The name by which this machine's measurements are known elsewhere.
public enum Machine {
    /// The host's name, on one line.
    public static var name: String {
        let name = ProcessInfo.processInfo.hostName.unicodeScalars.filter {
            !$0.properties.isWhitespace && $0.properties.generalCategory != .control
        }
        return name.isEmpty ? "unknown" : String(String.UnicodeScalarView(name))
    }
}
