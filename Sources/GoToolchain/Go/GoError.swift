/// Something that keeps Go from being used at all, worded so that the user can act on it.
public struct GoError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble.
    public enum Code: Sendable { case notFound, tooOld, cannotRun, list, probe, heapDump, machine, sandbox }

    /// The kind of trouble, by which callers tell what to do about it.
    public let code: Code
    /// What happened, where, and what to do: a whole sentence.
    public let description: String

    /// Something failed for the machine's sake as often as it was tried.
    init(_ what: String, _ fault: MachineFault) {
        self.init(
            .machine,
            "\(what) in \(MachineFault.tries) tries, which says nothing about the commit: "
                + "\(fault.what.firstLines(3)). \(fault.remedy)")
    }

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
