import CLinux

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds symbolic links without asking for each file's attributes.
enum SymbolicLinks {
    /// The names of the symbolic links in a folder; none when it cannot be read.
    static func names(in folder: String) -> [String] {
        var names: [String] = []
        forEachEntry(of: folder) { name, type in if type == DT_LNK { names.append(name) } }
        return names
    }

    /// The names of the folders and of the files in a folder, without symbolic links.
    static func entries(in folder: String) -> (folders: [String], files: [String]) {
        var (folders, files): ([String], [String]) = ([], [])
        forEachEntry(of: folder) { name, type in
            if type == DT_DIR { folders.append(name) } else if type == DT_REG { files.append(name) }
        }
        return (folders, files)
    }

    private static func forEachEntry(of folder: String, _ body: (String, Int) -> Void) {
        guard let directory = opendir(folder) else { return }
        defer { closedir(directory) }
        let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        while let entry = readdir(directory) {
            // The name is as long as it needs to be, and not as the structure says.
            let bytes = UnsafeRawPointer(entry).advanced(by: nameOffset)
            let name = String(cString: bytes.assumingMemoryBound(to: CChar.self))
            if name == "." || name == ".." { continue }
            var type = Int(entry.pointee.d_type)
            if type == DT_UNKNOWN {
                var status = stat()
                guard lstat("\(folder)/\(name)", &status) == 0 else { continue }
                type = Int(status.st_mode & S_IFMT) >> 12
            }
            body(name, type)
        }
    }
}
