public import Git

/// The pages of a repository on the forge that hosts it, as its remote's URL tells: those of commits and of lines.
///
/// Public forges are known by their names, and others by how their hosts' names begin, as in `gitlab.example.org`.
public struct Forge: Sendable, Hashable {
    /// The address of the repository's page without its scheme, a user or a password: `github.com/owner/name`.
    public let name: String
    private var page: String { "https://" + name }
    package let kind: Kind

    /// The forges, by the shape of their URLs.
    package enum Kind { case gitHub, gitLab, bitbucket, gitea, sourcehut }

    /// The forge of a remote.
    ///
    /// - Parameter remote: A URL, or what scp takes, as in `git@github.com:owner/name.git`. Nil is returned for a path, and
    ///   for a host that is not known to be a forge.
    public init?(remote: String) {
        let scheme: String?
        var rest: Substring
        if let mark = remote.firstRange(of: "://") {
            (scheme, rest) = (remote[..<mark.lowerBound].lowercased(), remote[mark.upperBound...])
        } else {
            (scheme, rest) = (nil, remote[...])
        }
        guard ["https", "http", "ssh", "git", "git+ssh", nil].contains(scheme),
            let end = rest.firstIndex(of: scheme == nil ? ":" : "/")
        else { return nil }
        let authority = rest[..<end]
        var folders = rest[rest.index(after: end)...].split(separator: "/")
        // A user and a password come first; they end at the last @.
        rest = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        let parts = rest.lowercased().split(separator: ":", omittingEmptySubsequences: false)
        // Other ports than that of https say nothing about where the pages are.
        let isServed = scheme == "https" && parts.count == 2
        guard parts.count == 1 || isServed || scheme != "http" && parts.count == 2,
            !isServed || !parts[1].isEmpty && parts[1].allSatisfy(\.isDigit)
        else { return nil }
        // Forges offer ssh on the port of https at hosts of their own.
        let host =
            ["ssh.", "altssh."].first { parts[0].hasPrefix($0) }.map { parts[0].dropFirst($0.count) } ?? parts[0]
        guard let kind = Kind(host: host) else { return nil }
        if let last = folders.last, last.hasSuffix(".git") { folders[folders.count - 1] = last.dropLast(4) }
        guard folders.count >= 2, !folders.contains(where: { ["", ".", ".."].contains($0) }) else { return nil }
        self.kind = kind
        // What is in a URL is encoded already.
        let path = folders.joined(separator: "/").percentEncoded(keepsEncoded: scheme != nil)
        name = "\(host)\(isServed ? ":\(parts[1])" : "")/\(path)"
    }

    /// The page of a commit.
    public func url(of commit: ObjectID) -> String {
        switch kind {
        case .gitHub, .gitea, .sourcehut: "\(page)/commit/\(commit)"
        case .gitLab: "\(page)/-/commit/\(commit)"
        case .bitbucket: "\(page)/commits/\(commit)"
        }
    }

    /// The page of a file as it is at a commit, opened at a line.
    ///
    /// - Parameters:
    ///   - line: The line's number, from 1 on.
    ///   - file: The path, relative to the repository's root.
    public func url(ofLine line: Int, in file: String, at commit: ObjectID) -> String {
        let path = file.percentEncoded(keepsEncoded: false)
        return switch kind {
        case .gitHub: "\(page)/blob/\(commit)/\(path)#L\(line)"
        case .gitLab: "\(page)/-/blob/\(commit)/\(path)#L\(line)"
        case .bitbucket: "\(page)/src/\(commit)/\(path)#lines-\(line)"
        case .gitea: "\(page)/src/commit/\(commit)/\(path)#L\(line)"
        case .sourcehut: "\(page)/tree/\(commit)/item/\(path)#L\(line)"
        }
    }
}

/// Links to what a commit holds, for a document that is read elsewhere than on this machine; without a forge, what
/// would be linked stands alone.
struct CommitLinks {
    let forge: Forge?
    let commit: ObjectID

    /// A line of the commit; one of another module's file stands alone.
    func line(_ text: String, _ file: String, _ line: Int) -> String {
        guard let forge, line > 0, !file.hasPrefix("/") else { return text }
        return "[\(text)](\(forge.url(ofLine: line, in: file, at: commit)))"
    }

    /// Any commit, as a text or else as the first digits of its hash.
    func commit(_ id: ObjectID, as text: String? = nil) -> String {
        let text = text ?? "`\(id.short)`"
        return forge.map { "[\(text)](\($0.url(of: id)))" } ?? text
    }
}

extension Forge.Kind {
    /// The kind of forge at a host, in lower case; nil where there is none, or none that is known.
    fileprivate init?(host: Substring) {
        guard host.utf8.allSatisfy({ $0.isUnreserved && $0 != UInt8(ascii: "~") }) else { return nil }
        switch host {
        case "bitbucket.org": self = .bitbucket
        case "git.sr.ht": self = .sourcehut
        case "codeberg.org": self = .gitea
        default:
            switch host.prefix(while: { $0 != "." }) {
            case "github": self = .gitHub
            case "gitlab": self = .gitLab
            case "gitea", "forgejo": self = .gitea
            default: return nil
            }
        }
    }
}

extension String {
    /// The text as the path of a URL, whatever it holds. Source: RFC 3986, sections 2.3 and 3.3.
    ///
    /// - Parameter keepsEncoded: Whether `%` stays as it is.
    fileprivate func percentEncoded(keepsEncoded: Bool) -> String {
        let digits = Array("0123456789ABCDEF")
        return utf8.reduce(into: "") { text, byte in
            if byte.isUnreserved || byte == UInt8(ascii: "/") || keepsEncoded && byte == UInt8(ascii: "%") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}

extension UInt8 {
    /// Whether the byte stands for itself in any part of a URL.
    fileprivate var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}

extension Character {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
