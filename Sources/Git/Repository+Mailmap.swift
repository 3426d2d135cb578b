extension Repository {
    /// The names to show, as `git log` shows them: from `.mailmap` in the work tree, `mailmap.blob` and `mailmap.file`.
    ///
    /// What cannot be read is passed over, as by git.
    func readMailmap() -> Mailmap {
        var mailmap = Mailmap()
        guard (try? setting("log.mailmap")).flatMap({ $0 }).map(Repository.isTrue) ?? true else { return mailmap }
        // A link is not followed: it comes with the repository, and may lead anywhere.
        if let workDirectory, FileSystem.kind(workDirectory + "/.mailmap") == .file {
            mailmap.add(FileSystem.read(workDirectory + "/.mailmap") ?? [])
        }
        let blob = (try? setting("mailmap.blob")).flatMap { $0 } ?? (isBare ? "HEAD:.mailmap" : nil)
        if let blob, let content = try? content(named: blob) { mailmap.add(content) }
        if let path = (try? path(setting: "mailmap.file")).flatMap({ $0 }) {
            mailmap.add(
                FileSystem.read(path.hasPrefix("/") ? path : (workDirectory ?? commonDirectory) + "/" + path) ?? [])
        }
        return mailmap
    }
}

/// A mailmap that is read when it is first needed.
final class LazyMailmap {
    private var mailmap: Mailmap?

    func value(_ read: () -> Mailmap) -> Mailmap {
        if let mailmap { return mailmap }
        let new = read()
        mailmap = new
        return new
    }
}
