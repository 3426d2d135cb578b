import class Foundation.ProcessInfo

/// The name by which this machine's measurements are known elsewhere.
public enum Machine {
    /// The host's name, on one line; in a job of Slurm's the node's, which may be one of several on a host.
    public static var name: String {
        let node = ProcessInfo.processInfo.environment["SLURMD_NODENAME"] ?? ""
        let name = (node.isEmpty ? ProcessInfo.processInfo.hostName : node).unicodeScalars.filter {
            !$0.properties.isWhitespace && $0.properties.generalCategory != .control
        }
        return name.isEmpty ? "unknown" : String(String.UnicodeScalarView(name))
    }
}
