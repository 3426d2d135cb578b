/// Who is who, as gitmailmap(5) describes it.
struct Mailmap {
    /// The name and the address to show; `nil` for what stays as it is.
    private struct Person {
        var name: String?
        var email: String?
    }

    private struct Entry {
        var person = Person()
        /// For commits with this address that have one of these names, too.
        var byName: [String: Person] = [:]
    }

    private var entries: [String: Entry] = [:]

    /// Adds the lines of a file, which count more than those before.
    mutating func add(_ text: [UInt8]) {
        for line in text.prefix(while: { $0 != 0 }).split(separator: UInt8(ascii: "\n"))
        where line.first != UInt8(ascii: "#") {
            var rest = line
            guard let new = Mailmap.person(&rest, allowsNoAddress: false) else { continue }
            let old = Mailmap.person(&rest, allowsNoAddress: true)
            let replacement = Person(name: new.name, email: old == nil ? nil : new.email)
            guard let address = (old ?? new).email?.lowercased() else { continue }
            if let name = old?.name {
                entries[address, default: Entry()].byName[name.lowercased()] = replacement
            } else {
                if let name = replacement.name { entries[address, default: Entry()].person.name = name }
                if let email = replacement.email { entries[address, default: Entry()].person.email = email }
                if entries[address] == nil { entries[address] = Entry() }
            }
        }
    }

    /// A signature with the name and the address to show.
    func shown(_ signature: Signature) -> Signature {
        guard let entry = entries[signature.email.lowercased()] else { return signature }
        let person = entry.byName[signature.name.lowercased()] ?? entry.person
        return Signature(
            name: person.name ?? signature.name, email: person.email ?? signature.email, time: signature.time,
            offsetMinutes: signature.offsetMinutes)
    }

    /// Reads `Name <address>` from the front of a line.
    private static func person(_ line: inout ArraySlice<UInt8>, allowsNoAddress: Bool) -> Person? {
        guard let left = line.firstIndex(of: UInt8(ascii: "<")),
            let right = line[(left + 1)...].firstIndex(of: UInt8(ascii: ">")), allowsNoAddress || right > left + 1
        else { return nil }
        let name = trimmed(String(decoding: line[..<left], as: UTF8.self)[...])
        let email = String(decoding: line[(left + 1)..<right], as: UTF8.self)
        line = line[(right + 1)...]
        return Person(name: name.isEmpty ? nil : name, email: email)
    }
}

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
