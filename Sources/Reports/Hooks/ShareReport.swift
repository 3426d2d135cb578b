public import Exchange
import Git

/// What was shared, for people and as JSON.
public struct ShareReport {
    /// A push, as text.
    public static func text(of pushed: Sharing.Pushed, remote: String) -> String {
        pushed.isNew
            ? "\(remote.withoutPasswords.terminalSafe) now has \(counted(pushed.measurements, "measurement")) of this machine\n"
            : pushed.measurements == 0
                ? "there is nothing to share yet; measure something first, as with: allocbisect record\n"
                : "\(remote.withoutPasswords.terminalSafe) already had \(counted(pushed.measurements, "measurement")) of this machine\n"
    }

    /// A pull, as text.
    public static func text(of pulled: Sharing.Pulled, remote: String) -> String {
        if pulled.isEmpty { return "\(remote.withoutPasswords.terminalSafe) has no notes in \(Sharing.reference)\n" }
        let elsewhere = pulled.elsewhere > 0 ? ", and of \(pulled.elsewhere) that are not here" : ""
        let next = pulled.imported.added > 0 ? "next: search with --trust to let them count\n" : ""
        return "notes of \(counted(pulled.notes, "commit"))\(elsewhere)\n" + CacheReport.text(of: pulled.imported)
            + next
    }

    /// A comparison, as text.
    public static func text(of status: Sharing.Status, remote: String) -> String {
        var lines = [
            "notes of \(counted(status.notes, "commit")) here, of \(status.remoteNotes) at \(status.remote.withoutPasswords.terminalSafe)",
            "\(counted(status.toPush, "measurement")) to push, \(status.toPull) to pull",
        ]
        if status.toPull > 0 { lines.append("next: allocbisect share pull \(remote.withoutPasswords.terminalSafe)") }
        if status.toPush > 0 { lines.append("next: allocbisect share push \(remote.withoutPasswords.terminalSafe)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A push as one JSON document.
    public static func json(of pushed: Sharing.Pushed) throws -> String {
        try JSONDocument.text(of: Push(measurements: pushed.measurements, isNew: pushed.isNew))
    }

    /// A pull as one JSON document.
    public static func json(of pulled: Sharing.Pulled) throws -> String {
        try JSONDocument.text(
            of: Pull(
                notes: pulled.notes, elsewhere: pulled.elsewhere, added: pulled.imported.added,
                known: pulled.imported.known, passing: pulled.imported.passing,
                machines: pulled.imported.machines.sorted(),
                warnings: pulled.imported.problems))
    }

    /// A comparison as one JSON document.
    public static func json(of status: Sharing.Status) throws -> String {
        try JSONDocument.text(
            of: Compared(
                remote: status.remote.withoutPasswords, notes: status.notes, remoteNotes: status.remoteNotes,
                toPush: status.toPush,
                toPull: status.toPull))
    }

    private struct Push: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "share"
        let measurements: Int
        let isNew: Bool
    }

    private struct Pull: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "share"
        let notes, elsewhere, added, known, passing: Int
        let machines, warnings: [String]
    }

    private struct Compared: Encodable {
        let schemaVersion = JSONDocument.schemaVersion
        let command = "share"
        let remote: String
        let notes, remoteNotes, toPush, toPull: Int
    }
}
