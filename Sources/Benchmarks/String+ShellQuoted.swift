extension String {
    /// The text as one word of a shell's command line.
    public var shellQuoted: String {
        let isPlain =
            !isEmpty && first != "~" && !contains("=~") && !contains(":~")
            && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+=:@,~^".contains($0)) }
        return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}
