extension Toolchain {
    /// The folders in which the go.mod of a package pattern can lie, relative to the tree's root, nearest first.
    public static func foldersOfModule(for pattern: String, from folder: String) -> [String] {
        ModuleLayout.ancestors(of: split(pattern, from: folder).folder)
    }
}
