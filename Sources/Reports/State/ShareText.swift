public import Exchange
import Git

/// What was shared, for people.
public struct ShareText {
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
        return "notes of \(counted(pulled.notes, "commit"))\(elsewhere)\n" + CacheText.text(of: pulled.imported)
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
}
