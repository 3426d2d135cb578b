#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds symbolic links without asking for each file's attributes.
enum SymbolicLinks {
    /// The names of the symbolic links in a folder; none when it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        while let entry = readdir(directory) {
            guard Int(entry.pointee.d_type) == Int(DT_LNK) else { continue }
            // The name is as long as it needs to be, and not as the structure says.
            let name = UnsafeRawPointer(entry).advanced(by: nameOffset)
            names.append(String(cString: name.assumingMemoryBound(to: CChar.self)))
        }
        return names
    }
}
