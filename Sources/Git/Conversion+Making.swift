extension Conversion {
    /// The content to write for a file, with what is missing from it.
    ///
    /// - Parameter path: The path from the root, with a zero byte at its end.
    func make(
        _ content: [UInt8], _ item: TreeItem, at path: [CChar], _ rules: CheckoutRules
    ) throws(GitError) -> (content: [UInt8], reason: String?) {
        if isNone { return (content, nil) }
        let converted = try apply(content, id: item.id)
        let path = String(name: path)
        if let reason = reason(for: path, rules) { return (converted, reason) }
        guard filter == "lfs", let file = LargeFile(pointer: content) else { return (converted, nil) }
        if let large = file.content(in: rules.largeFiles) { return (large, nil) }
        return (
            converted, "\(path) is a Git LFS pointer, and its content is not here: git lfs fetch --all"
        )
    }

    /// What git would run for the file, or do to it, that is not done here.
    private func reason(for path: String, _ rules: CheckoutRules) -> String? {
        if let encoding { return "\(path) is to be written in the encoding \(encoding), which is not done" }
        guard let filter, filter != "lfs", let program = rules.filters.first(where: { $0.name == filter }),
            program.smudges || program.isRequired
        else { return nil }
        return "\(path) goes through the filter “\(filter)”, which is not run"
    }
}
