public import Exchange
import Git

/// What was shared, as JSON documents.
public struct ShareJSON {
    /// A push as one JSON document.
    public static func text(of pushed: Sharing.Pushed) throws -> String {
        try JSONDocument.text(of: Push(measurements: pushed.measurements, isNew: pushed.isNew))
    }

    /// A pull as one JSON document.
    public static func text(of pulled: Sharing.Pulled) throws -> String {
        try JSONDocument.text(
            of: Pull(
                notes: pulled.notes, elsewhere: pulled.elsewhere, added: pulled.imported.added,
                known: pulled.imported.known, passing: pulled.imported.passing,
                machines: pulled.imported.machines.sorted(),
                warnings: pulled.imported.problems))
    }

    /// A comparison as one JSON document.
    public static func text(of status: Sharing.Status) throws -> String {
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
