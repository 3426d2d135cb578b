extension String {
    /// The text without what a URL in it says of its user, which may be a password or a token.
    ///
    /// A name alone stays unless it is for a web server, as in `ssh://git@host`.
    public var withoutPasswords: String {
        guard contains("://") else { return self }
        var result = ""
        var rest = self[...]
        while let mark = rest.firstRange(of: "://") {
            let scheme = rest[..<mark.lowerBound]
            result += rest[..<mark.upperBound]
            rest = rest[mark.upperBound...]
            let authority = rest.prefix { !$0.isWhitespace && !"/?#\"'“”<>".contains($0) }
            guard let at = authority.lastIndex(of: "@") else { continue }
            let user = authority[..<at]
            if user.contains(":") || scheme.hasSuffix("http") || scheme.hasSuffix("https") {
                result += "***"
                rest = rest[at...]
            }
        }
        return result + rest
    }
}
